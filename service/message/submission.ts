import type { Envelope } from './envelope.ts'
import type { MailParameters } from './mail-parameters.ts'

/** `auto`: the message teaches if its verdict and its caller allow it. `never`: score only, nothing is changed by it. */
export type LearnMode = 'auto' | 'never'

/** The SMTP client that handed the message in. `null`: not known to us. */
export interface Client {
  readonly ip: string | null
  readonly helo: string | null
  readonly port: number | null
  readonly tls: { readonly version: string; readonly cipher: string | null } | null
}

export interface Authentication {
  readonly user: string
  readonly method: string | null
  /** Patterns of addresses that it may write as, where the authentication back-end says so; null or absent: as the configuration says. */
  readonly identities?: readonly string[] | null
}

/** One message handed to us for sending. Every door turns its protocol into this. */
export interface Submission {
  /** Ours, unique: every effect of the message is recorded under it. */
  readonly id: string
  /** The caller's idempotency key, if it gave one. */
  readonly requestId: string | null
  /** Whom the idempotency key belongs to: a token's id, `smtp`, `loopback`. */
  readonly caller: string
  /** Epoch milliseconds. */
  readonly receivedAt: number
  /** An identity that the caller names explicitly; else it follows from `auth` or the envelope. */
  readonly sender: string | null
  readonly client: Client
  readonly auth: Authentication | null
  readonly envelope: Envelope
  /** What else the client asked of us as a mail transfer agent. Default: nothing. */
  readonly parameters?: MailParameters
  /** RFC 5322 bytes. */
  readonly raw: Uint8Array
  readonly sizeBytes: number
  readonly learn: LearnMode
  readonly explain: boolean
  /**
   * `id` (default): `requestId` names one message for good. `queue`: it is a mail server's queue id, under which the same message may come
   * again with more recipients, or with its content after its envelope.
   */
  readonly requestKind?: 'id' | 'queue'
  /** `envelope`: the caller shows no content. What is missing counts as unread, never as clean. Default `whole`. */
  readonly shows?: 'whole' | 'envelope'
  /** What becomes of it at the caller if it is held. Default `kept`. */
  readonly onHold?: HoldFate
  /** The caller lets it pass whatever we say: it is judged and recorded, and answered with `allow`. */
  readonly shadow?: boolean
  /** Epoch ms: judged again, it is measured by the limits of this moment. Default: those of `receivedAt`. */
  readonly measuredAt?: number
  /** Judged again: its sender was charged for it, so that no limit speaks against it any more. */
  readonly isCharged?: boolean
  /** It leaves through our own delivery: what receivers will see of it can be foretold. */
  readonly isSentByUs?: boolean
  /** Verdict id: it was held when a mail server asked about it, which was told to hand it to us. */
  readonly heldBefore?: string
}

/**
 * `kept`: the caller keeps it until somebody decides. `refused`: the client is told to come again, or that it is not taken: nothing is
 * charged. `rerouted`: it comes to us again by SMTP, where it is judged, charged and kept: here nothing is counted.
 */
export type HoldFate = 'kept' | 'refused' | 'rerouted'
