import type { BounceKind } from '../../message/bounce-kind.ts'
import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import type { Envelope } from '../../message/envelope.ts'
import type { MailParameters } from '../../message/mail-parameters.ts'
import type { Authentication, Client } from '../../message/submission.ts'
import type { PriorityLabel } from '../../verdict/verdict.ts'

export type RecipientState = 'pending' | 'delivered' | 'bounced' | 'expired' | 'cancelled'

/** The latest reply of the last host asked, as delivery understood it. */
export interface RecipientOutcome {
  readonly address: string
  readonly state: RecipientState
  readonly reply: string | null
  readonly status: EnhancedStatus | null
  readonly mx: string | null
  /** Epoch ms of the last attempt, null before the first. */
  readonly at: number | null
  /** Why the host refused or put it off; absent: it did not. */
  readonly bounceKind?: BounceKind
}

/** `held` waits for a decision; `queued` for its next attempt; `done` is kept as history until it expires. */
export type MessageState = 'queued' | 'held' | 'done' | 'rejected'

/** One accepted message. The body lies in the spool under the same id. */
export interface QueuedMessage {
  readonly id: string
  readonly submissionId: string
  readonly verdictId: string
  readonly senderId: string
  readonly state: MessageState
  readonly envelope: Envelope
  /** Absent: nothing was asked for (`noParameters`). */
  readonly parameters?: MailParameters
  readonly label: PriorityLabel
  readonly recipients: readonly RecipientOutcome[]
  readonly attempts: number
  /** Epoch ms. */
  readonly acceptedAt: number
  readonly nextAttemptAt: number
  readonly sizeBytes: number
  /** CRC-32 of the body as it was accepted; absent in records of earlier versions. */
  readonly bodyCrc?: number
  readonly messageId: string | null
  readonly subject: string
  /** ISO 639 code of the language that it is written in; absent or '': unknown. */
  readonly language?: string
  /** Epoch ms at which its sender was told that it takes long; absent: not yet. */
  readonly delayToldAt?: number
  readonly hold: HoldRecord | null
  readonly origin: MessageOrigin
  /** The last attempts, oldest first, at most `maxAttemptsKept`. */
  readonly attemptLog: readonly AttemptRecord[]
  /** Epoch ms at which the last recipient was settled or the message refused; null before. */
  readonly finishedAt: number | null
}

/** Where the message came from, kept so that it can be observed again when its hold is released. */
export interface MessageOrigin {
  readonly client: Client
  readonly auth: Authentication | null
  /** An identity that the caller named explicitly. */
  readonly sender: string | null
  /** Epoch ms. */
  readonly receivedAt: number
  /** Header fields that go before the message when it leaves: Received, and what was missing. CRLF after each. */
  readonly trace: string
}

export interface AttemptRecord {
  /** Epoch ms at which it began. */
  readonly at: number
  readonly durationMs: number
  readonly route: string
  readonly mx: string | null
  readonly recipients: number
  readonly reply: string
  /** What was signed, or why nothing was; absent: it did not come to that. */
  readonly signing?: string
  /** How the connection was encrypted, and who proved that it led to the right host; null: not at all; absent: it did not come to that. */
  readonly tls?: { readonly version: string; readonly verified: 'dane' | 'sts' | 'pkix' | 'none' } | null
  /** Of `reply`. */
  readonly bounceKind?: BounceKind
  /** Why this route; absent: there was no other. */
  readonly why?: string
  /** `path`: the other side was not reached, or fell silent. */
  readonly fault?: 'path'
}

export const maxAttemptsKept = 20

export interface HoldRecord {
  readonly reasons: readonly string[]
  readonly risk: number
  readonly heldAt: number
  readonly deadline: number
  /** At its deadline it is looked at again and leaves, unless something has come to light. */
  readonly isSoft?: boolean
  readonly decision: HoldDecision | null
}

/** Who decided what, when and why. A decision is final. */
export interface HoldDecision {
  readonly kind: 'released' | 'rejected' | 'expired'
  readonly by: string
  readonly at: number
  readonly note: string | null
}
