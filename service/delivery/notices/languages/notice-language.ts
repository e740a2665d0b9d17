/** Why a recipient has no mail, as a person understands it. Follows from the enhanced status (RFC 3463). */
export type Cause =
  | 'address-unknown'
  | 'domain-unknown'
  | 'mailbox-full'
  | 'too-large'
  | 'refused'
  | 'held'
  | 'not-reached'
  | 'expired'
  | 'characters'
  | 'insecure'
  | 'other'

/** What a report says to people, in one language. Names, addresses, replies and dates are put in by the caller. */
export interface NoticeLanguage {
  /** BCP 47, for the Content-Language field and for dates; the calendar is the common one. */
  readonly code: string
  readonly subject: Readonly<Record<'failed' | 'delayed' | 'success', string>>
  /** The first sentence names this host. */
  readonly from: (host: string) => string
  readonly failed: string
  /** Why nothing has to be done. */
  readonly delayed: (until: string) => string
  readonly delivered: string
  /** The next host promises no report of its own (RFC 3461 section 5.2.2). */
  readonly relayed: string
  readonly causes: Readonly<Record<Cause, string>>
  readonly said: (host: string) => string
  /** About the message that this is about. */
  readonly about: {
    readonly title: string
    readonly subject: string
    readonly received: string
    readonly queueId: string
  }
}
