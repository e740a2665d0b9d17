import {
  maxAttemptsKept,
  type AttemptRecord,
  type QueuedMessage,
  type RecipientOutcome
} from './queued-message.ts'

/** What one delivery attempt found out about some of a message's recipients. */
export interface AttemptOutcome {
  /** Which round of attempts this belongs to, from 1. A message to several destinations makes several attempts a round. */
  readonly round: number
  /** As they stand now; those still `pending` are tried again. */
  readonly recipients: readonly RecipientOutcome[]
  readonly attempt: AttemptRecord
  /** Epoch ms; null if none of these recipients stays `pending`. */
  readonly nextAttemptAt: number | null
  /** The sender is told, in the same transaction, that it takes long. */
  readonly toldOfDelay?: boolean
}

/** The message after the attempt. Pure: the caller writes it. */
export function settle(message: QueuedMessage, outcome: AttemptOutcome, now: number): QueuedMessage {
  const news = new Map(outcome.recipients.map((recipient) => [recipient.address, recipient]))
  const recipients = message.recipients.map((known) => merge(known, news.get(known.address)))
  const open = recipients.some(({ state }) => state === 'pending')
  // Recalled while it was on its way: what has left is not held any more
  const finished = !open && (message.state === 'queued' || message.state === 'held')
  return {
    ...message,
    recipients,
    state: finished ? 'done' : message.state,
    attempts: Math.max(message.attempts, outcome.round),
    nextAttemptAt: laterOf(message.nextAttemptAt, outcome.nextAttemptAt, now),
    attemptLog: [...message.attemptLog, outcome.attempt].slice(-maxAttemptsKept),
    finishedAt: finished ? now : message.finishedAt,
    ...(outcome.toldOfDelay === true && { delayToldAt: now })
  }
}

/** A settled recipient stays as it is; only a delivery that happened after all overrides a cancellation. */
function merge(known: RecipientOutcome, news: RecipientOutcome | undefined): RecipientOutcome {
  if (news === undefined) return known
  return known.state === 'pending' || news.state === 'delivered' ? news : known
}

/** The first attempt of a round moves a due message into the future; the others of that round may only bring it nearer. */
function laterOf(known: number, proposed: number | null, now: number): number {
  if (proposed === null) return known
  return known <= now ? proposed : Math.min(known, proposed)
}
