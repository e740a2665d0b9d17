import type { DecideOutcome, Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { ContainmentLedger } from '../../senders/containment-ledger.ts'
import type { FeedbackRecords } from '../../senders/feedback-records.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { chargeHeld } from './charge-held.ts'
import type { ObserveHeld } from './observe-held.ts'
import type { OnActed } from '../history/remember-feedback.ts'
import { teachHeld } from './teach-held.ts'

/** Who decides, and why. */
export interface Decider {
  readonly by: string
  readonly note: string | null
}

export type DecideHold = (id: string, decider: Decider) => Promise<DecideOutcome>

export interface DecideHoldOptions {
  readonly queue: Queue
  readonly senders: SenderStore
  readonly records: FeedbackRecords
  readonly ledger: ContainmentLedger
  readonly observeHeld: ObserveHeld
  /** The sender's other holds are looked at again. */
  readonly vouched: (senderId: string) => void
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly newId: () => string
  /** Who else remembers a label: called inside the transaction. */
  readonly onActed?: OnActed
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
}

/**
 * Lets a held message go. A release vouches for what the message shows: it is observed again from the spool and learned as confirmed by
 * its sender's profile, counts as a label, takes back what the hold said against the sender, and charges what a limit had held back;
 * all in the transaction that moves it to the queue. Rejects if its body cannot be read or the store fails.
 */
export function createReleaseHold(options: DecideHoldOptions): DecideHold {
  const { queue, accept, clock, observeHeld, vouched } = options
  return async function releaseHold(id, decider) {
    const message = queue.get(id)
    const observation = message?.state === 'held' ? await observeHeld(message) : null
    const outcome = await accept(() => {
      const decided = queue.decide(id, { ...decider, kind: 'released', at: clock() })
      if (decided.kind === 'done') learnFrom(decided.message, observation, decider, options)
      return decided
    })
    if (outcome.kind === 'done') {
      queue.wake()
      vouched(outcome.message.senderId)
    }
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

/** Inside the transaction of the release. */
function learnFrom(
  message: QueuedMessage,
  observation: Awaited<ReturnType<ObserveHeld>>,
  { by, note }: Decider,
  { senders, records, ledger, clock, newId, onActed }: DecideHoldOptions
): void {
  const { senderId, submissionId, verdictId } = message
  const sender = senders.keyOf(senderId)
  const at = clock()
  chargeHeld(message, observation, senders, at)
  teachHeld(senders, sender, submissionId, observation, { confirmed: true })
  ledger.vouch(sender, verdictId, at)
  const label = { label: 'legitimate', source: 'operator', stands: true } as const
  const record = { id: newId(), verdictId, submissionId, sender, ...label, by, note, at }
  records.add(record)
  const verdict = senders.verdict(verdictId)
  if (verdict !== undefined) onActed?.(verdict, record, true)
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
