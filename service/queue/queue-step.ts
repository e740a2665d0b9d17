import type { HoldDecision, HoldRecord, QueuedMessage } from './records/queued-message.ts'
import type { AttemptOutcome } from './records/settle.ts'

/** What happened to a message; `message` is as it stands after it. */
export type QueueStep =
  | { readonly kind: 'accepted'; readonly message: QueuedMessage }
  | { readonly kind: 'held'; readonly message: QueuedMessage; readonly hold: HoldRecord }
  /** Held on, for other reasons or longer. */
  | {
      readonly kind: 'held-on'
      readonly message: QueuedMessage
      readonly hold: HoldRecord
      readonly at: number
    }
  | {
      readonly kind: 'decided'
      readonly message: QueuedMessage
      readonly hold: HoldRecord
      readonly decision: HoldDecision
    }
  /** Some of its recipients were tried; those who are still `pending` are deferred. */
  | { readonly kind: 'tried'; readonly message: QueuedMessage; readonly outcome: AttemptOutcome }
  /** The recipients that were still open are given up. */
  | {
      readonly kind: 'cancelled'
      readonly message: QueuedMessage
      readonly recipients: QueuedMessage['recipients']
    }

/** Told of each step inside the transaction that makes it. */
export type OnStep = (step: QueueStep) => void
