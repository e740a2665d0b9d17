import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { ScoreSubmission } from '../../scoring/scoring-ports.ts'
import type { ContainmentLedger } from '../../senders/containment-ledger.ts'
import type { FeedbackRecords } from '../../senders/feedback-records.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { chargeHeld, hasRoom, type RoomOptions } from './charge-held.ts'
import { isAccused } from '../senders/is-accused.ts'
import { judgeAgain } from './judge-again.ts'
import type { ObserveHeld } from './observe-held.ts'
import { teachHeld } from './teach-held.ts'

/**
 * After somebody vouched for one held message, its sender's other holds are judged again, and those that would be allowed by now leave
 * too. Runs beside the act that vouched, one sender once at a time; what a crash cuts short stays held, as it was.
 */
export interface Vouching {
  readonly vouched: (senderId: string) => void
  /** Resolves once nothing is under way. */
  settled(): Promise<void>
}

export interface VouchingOptions extends RoomOptions {
  readonly queue: Queue
  readonly senders: SenderStore
  readonly ledger: ContainmentLedger
  readonly records: Pick<FeedbackRecords, 'standing'>
  readonly score: ScoreSubmission
  readonly observeHeld: ObserveHeld
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
}

/** Holds judged again for one act. */
const maxAnAct = 50

export function createVouching(options: VouchingOptions): Vouching {
  const running = new Map<string, Promise<void>>()
  const again = new Set<string>()
  return { vouched, settled }

  function vouched(senderId: string): void {
    if (running.has(senderId)) again.add(senderId)
    else running.set(senderId, run(senderId))
  }

  /** Several acts at once (a batch of releases) need one look after the last of them. */
  async function run(senderId: string): Promise<void> {
    do {
      again.delete(senderId)
      await lookAgain(senderId, options).catch((error: unknown) =>
        options.log.error('operations.vouching_failed', { error })
      )
    } while (again.has(senderId))
    running.delete(senderId)
  }

  async function settled(): Promise<void> {
    while (running.size > 0) await Promise.all(running.values())
  }
}

async function lookAgain(senderId: string, options: VouchingOptions): Promise<void> {
  const { queue, senders, records } = options
  const sender = senders.keyOf(senderId)
  if (senders.containment(sender) !== 'normal') return
  const page = queue.page({ state: 'held', sender: senderId, limit: maxAnAct })
  if (page.kind !== 'page') return
  for (const message of page.items) {
    if (isAccused(records, sender, message.verdictId)) continue
    if (await isAllowedNow(message, options)) await release(message, options)
  }
}

async function isAllowedNow(message: QueuedMessage, options: VouchingOptions): Promise<boolean> {
  if (options.queue.get(message.id)?.state !== 'held') return false
  const judged = await judgeAgain(message, options)
  return judged !== null && judged.verdict === 'allow' && judged.sender.containment === 'normal'
}

/** It is learned like any allowed message: nobody vouched for this one itself. */
async function release(message: QueuedMessage, options: VouchingOptions): Promise<void> {
  const { queue, senders, ledger, observeHeld, accept, clock, log, metrics } = options
  const observation = await observeHeld(message)
  const sender = senders.keyOf(message.senderId)
  const outcome = await accept(() => {
    if (!hasRoom(message, observation, options, clock())) return null
    const decided = queue.decide(message.id, { ...decider, kind: 'released', at: clock() })
    if (decided.kind !== 'done') return decided
    chargeHeld(message, observation, senders, clock())
    teachHeld(senders, sender, message.submissionId, observation)
    ledger.vouch(sender, message.verdictId, clock())
    return decided
  })
  if (outcome?.kind !== 'done') return
  queue.wake()
  metrics.count('sluice_holds_decided_total', { decision: 'released' })
  log.info('operations.hold_decided', { id: message.id, decision: 'released', ...decider })
}

const decider = { by: 'vouching', note: 'allowed by now: another hold of this sender was released' }
