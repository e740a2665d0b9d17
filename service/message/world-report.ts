import type { EnhancedStatus } from './enhanced-status.ts'

/** Whom mail to a signed address of ours is about: nobody else can have made the address. */
export type SignedRecipient =
  /** What comes back of one message. `recipient`: its place in the envelope; null: any of those of one transaction. */
  | { readonly kind: 'message'; readonly messageId: string; readonly recipient: number | null }
  /** A feedback loop that we registered under this name. */
  | { readonly kind: 'reporter'; readonly name: string }

/** What somebody out there tells us of a message that left through us. */
export type WorldReport =
  | BounceReport
  | ComplaintReport
  /** A vacation notice, a receipt: for a person. */
  | { readonly kind: 'automatic' }
  /** Mail that nobody asked for. */
  | { readonly kind: 'other' }

/** The Action field (RFC 3464 section 2.3.3). */
export type RemoteAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'

/** What became of one recipient behind the host that took the message. */
export interface RemoteOutcome {
  /** As the report names it: first as it was given to that host, then as it was when it failed. Empty: it does not say. */
  readonly addresses: readonly string[]
  readonly action: RemoteAction
  readonly status: EnhancedStatus | null
  /** What was said, on one line. */
  readonly diagnostic: string
  /** Who said it; null: the report does not say. */
  readonly host: string | null
}

export interface BounceReport {
  readonly kind: 'bounce'
  readonly recipients: readonly RemoteOutcome[]
  /** The header of our message as it came back; empty: none did. */
  readonly header: Uint8Array
}

/** RFC 5965 section 7.3 and the IANA list of feedback types; whatever else is `other`. */
export const complaintTypes = ['abuse', 'fraud', 'virus', 'not-spam', 'opt-out', 'other'] as const
export type ComplaintType = (typeof complaintTypes)[number]

export interface ComplaintReport {
  readonly kind: 'complaint'
  readonly type: ComplaintType
  /** Envelope senders that the report names, best evidence first: signed ones prove which message is meant. */
  readonly returnPaths: readonly string[]
  /** Who complains, as far as it is said. */
  readonly recipients: readonly string[]
  readonly messageId: string | null
  readonly sourceIp: string | null
}
