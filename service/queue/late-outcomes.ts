import type { OnStep } from './queue-step.ts'
import type { MessageShelf } from './records/message-shelf.ts'
import {
  maxAttemptsKept,
  type AttemptRecord,
  type QueuedMessage,
  type RecipientOutcome
} from './records/queued-message.ts'

/** News of recipients that another host had taken. */
export interface LateNews {
  /** Those that are `bounced` after all; of others the record is left as it is. */
  readonly recipients: readonly RecipientOutcome[]
  /** How it came, for the story. */
  readonly attempt: AttemptRecord
  /** The sender is told, in the same transaction, that it takes long. */
  readonly toldOfDelay?: boolean
}

/** `changed`: those for whom it was news; told twice, nothing changes. */
export type LateOutcome =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known'
      readonly message: QueuedMessage
      readonly changed: readonly RecipientOutcome[]
    }

export interface LateOutcomesOptions {
  readonly shelf: MessageShelf
  readonly clock: () => number
  readonly onStep: OnStep
}

/** Inside a transaction. A delivery that was believed in turns out to have failed: what the queue knows of the message follows. */
export type RecordLate = (id: string, news: LateNews) => LateOutcome

export function createRecordLate({ shelf, clock, onStep }: LateOutcomesOptions): RecordLate {
  return function recordLate(id, news) {
    const known = shelf.messages.get(id)
    if (known === undefined) return { kind: 'unknown' }
    const { message, changed } = withNews(known, news, clock())
    shelf.replace(known, message)
    const { attempt } = news
    if (changed.length > 0) {
      const outcome = { round: known.attempts, recipients: changed, attempt, nextAttemptAt: null }
      onStep({ kind: 'tried', message, outcome })
    }
    return { kind: 'known', message, changed }
  }
}

/** Pure. Only what was delivered can turn out to have failed; whoever is still tried is not given up for a stranger's word. */
export function withNews(
  message: QueuedMessage,
  { recipients, attempt, toldOfDelay }: LateNews,
  now: number
): { readonly message: QueuedMessage; readonly changed: readonly RecipientOutcome[] } {
  const news = new Map(recipients.map((one) => [one.address, one]))
  const changed: RecipientOutcome[] = []
  const next = message.recipients.map((known) => {
    const late = news.get(known.address)
    if (late?.state !== 'bounced' || known.state !== 'delivered') return known
    changed.push(late)
    return late
  })
  return {
    changed,
    message: {
      ...message,
      recipients: next,
      attemptLog: [...message.attemptLog, attempt].slice(-maxAttemptsKept),
      ...(toldOfDelay === true && { delayToldAt: now })
    }
  }
}
