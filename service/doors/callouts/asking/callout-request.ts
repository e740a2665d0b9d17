import type { Client } from '../../../message/submission.ts'
import type { CalloutProtocol } from '../clients/client-kinds.ts'

/** What a mail server asks, whatever protocol it speaks. Addresses are text as it came: `<a@b>`, `a@b`, `` for the null sender. */
export interface CalloutRequest {
  readonly protocol: CalloutProtocol
  /** The mail server's own address; null: it came over a unix socket. */
  readonly peer: string | null
  /** How the mail server introduces itself: chooses its profile beside `protocol` and `peer`. */
  readonly introduction: Introduction
  /** The SMTP client that handed the message to the mail server. */
  readonly client: Client
  /** Who authenticated, or null. */
  readonly user: string | null
  readonly authMethod: string | null
  readonly mailFrom: string
  readonly rcptTo: readonly string[]
  /** The mail server's name of the message, the same for all of its questions about it; null: it gave none. */
  readonly queueId: string | null
  /** RFC 5322 bytes; null: the protocol shows none, or they are more than we read. */
  readonly raw: Uint8Array | null
  /** Too much is being received at once, and these bytes found no room: nobody judges it, and the profile's `onFailure` is the answer. */
  readonly isUnread?: boolean
  readonly sizeBytes: number
}

export interface Introduction {
  /** rspamd's `Settings-ID`, or what the protocol has in its place. */
  readonly settingsId: string | null
  readonly userAgent: string | null
  /** rspamd's `Password`, or the bearer token of an HTTP hook. */
  readonly password: string | null
  /** What the protocol itself tells of the program, if it does: chooses the kind where no profile is configured. */
  readonly kind: string | null
  /** The token of scope `score` that an HTTP hook showed: its mail may teach, whatever profile it has. Absent: none. */
  readonly tokenId?: string
}

export const noIntroduction: Introduction = { settingsId: null, userAgent: null, password: null, kind: null }
