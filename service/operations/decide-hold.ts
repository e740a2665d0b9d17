import type { Submission } from '../message/submission.ts'
import type { DecideOutcome, Queue } from '../queue/queue.ts'
import type { QueuedMessage } from '../queue/queued-message.ts'
import type { Observer } from '../scoring/scoring-ports.ts'
import { resolveSender } from '../senders/identity.ts'
import type { SenderStore } from '../senders/sender-store.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** Who decides, and why. */
export interface Decider {
  readonly by: string
  readonly note: string | null
}

export type DecideHold = (id: string, decider: Decider) => Promise<DecideOutcome>

export interface DecideHoldOptions {
  readonly queue: Queue
  readonly senders: SenderStore
  readonly observer: Observer
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
}

/**
 * Lets a held message go. A release vouches for what the message shows: it is observed again from the spool and learned by the
 * sender's profile in the transaction that moves it to the queue. Rejects if its body cannot be read or the store fails.
 */
export function createReleaseHold(options: DecideHoldOptions): DecideHold {
  const { queue, senders, accept, clock } = options
  return async function releaseHold(id, decider) {
    const message = queue.get(id)
    const observation = message?.state === 'held' ? await observeAgain(message, options) : null
    const outcome = await accept(() => {
      const decided = queue.decide(id, { ...decider, kind: 'released', at: clock() })
      if (decided.kind === 'done' && observation !== null) {
        senders.learn(senders.keyOf(decided.message.senderId), decided.message.submissionId, observation)
      }
      return decided
    })
    if (outcome.kind === 'done') queue.wake()
    return tell(outcome, 'released', decider, options)
  }
}

/** Ends a held message: it is not sent and its sender is told nothing. Kept as a label that it was rightly held. */
export function createRejectHold(
  options: Pick<DecideHoldOptions, 'queue' | 'accept' | 'clock' | 'log' | 'metrics'>
): DecideHold {
  const { queue, accept, clock } = options
  return async function rejectHold(id, decider) {
    const outcome = await accept(() => queue.decide(id, { ...decider, kind: 'rejected', at: clock() }))
    if (outcome.kind === 'done') await queue.clearBody(outcome.message)
    return tell(outcome, 'rejected', decider, options)
  }
}

/** null where nothing may be learned: unreadable, or sent under an identity that nobody proved. */
async function observeAgain(message: QueuedMessage, { queue, observer }: DecideHoldOptions) {
  const submission = toSubmission(message, await queue.body(message))
  const { strength } = resolveSender(submission)
  if (strength !== 'authenticated' && strength !== 'asserted') return null
  const observed = await observer.observe(submission)
  return observed.kind === 'observed' ? observed.observation : null
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
    explain: false
  }
}

function tell(
  outcome: DecideOutcome,
  decision: string,
  { by, note }: Decider,
  { log, metrics }: Pick<DecideHoldOptions, 'log' | 'metrics'>
): DecideOutcome {
  if (outcome.kind !== 'done') return outcome
  metrics.count('sluice_holds_decided_total', { decision })
  log.info('operations.hold_decided', { id: outcome.message.id, decision, by, note })
  return outcome
}
