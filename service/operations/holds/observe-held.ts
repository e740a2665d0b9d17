import { isProven } from '../../message/sender-identity.ts'
import type { Submission } from '../../message/submission.ts'
import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { showsOwnHabit } from '../../scoring/learn.ts'
import type { Observer, ObserveOutcome } from '../../scoring/scoring-ports.ts'
import type { ResolveSender } from '../../senders/identity.ts'
import { isCharged } from './is-limited.ts'

type Observation = Extract<ObserveOutcome, { kind: 'observed' }>['observation']

/**
 * What a message that lies in the spool shows, for its sender's profile. null where nothing may be learned: unreadable, sent under an
 * identity that nobody proved, or not the sender's own choice of words. Rejects if the body is gone.
 */
export type ObserveHeld = (message: QueuedMessage) => Promise<Observation | null>

export function createObserveHeld({
  queue,
  observer,
  resolveSender
}: {
  readonly queue: Pick<Queue, 'body'>
  readonly resolveSender: ResolveSender
  readonly observer: Observer
}): ObserveHeld {
  return async function observeHeld(message) {
    const submission = toSubmission(message, await queue.body(message))
    if (!isProven(resolveSender(submission))) return null
    const observed = await observer.observe(submission)
    return observed.kind === 'observed' && showsOwnHabit(observed.observation) ? observed.observation : null
  }
}

/** The submission as it was when the message came. `learn: never`: what is done with it again must leave no second trace. */
export function toSubmission(message: QueuedMessage, raw: Uint8Array): Submission {
  const { client, auth, sender, receivedAt } = message.origin
  return {
    id: message.submissionId,
    requestId: null,
    caller: 'operations',
    receivedAt,
    sender,
    client,
    auth,
    envelope: message.envelope,
    raw,
    sizeBytes: raw.length,
    learn: 'never',
    explain: false,
    isSentByUs: true,
    isCharged: isCharged(message)
  }
}
