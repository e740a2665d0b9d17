import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { ScoreSubmission } from '../../scoring/scoring-ports.ts'
import type { FeedbackRecords } from '../../senders/feedback-records.ts'
import type { LimitedHold, LimitedHolds } from '../../senders/limited-holds.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { isAccused } from '../senders/is-accused.ts'
import { chargeHeld, hasRoom, roomAt, type RoomOptions } from './charge-held.ts'
import { isLimited } from './is-limited.ts'
import { judgeAgain } from './judge-again.ts'
import type { ObserveHeld } from './observe-held.ts'
import { teachHeld } from './teach-held.ts'

export interface QuotaReleaseOptions extends RoomOptions {
  readonly queue: Queue
  readonly limitedHolds: LimitedHolds
  readonly senders: Pick<
    SenderStore,
    'keyOf' | 'snapshot' | 'charge' | 'freeAt' | 'containment' | 'confirm' | 'learn'
  >
  readonly records: Pick<FeedbackRecords, 'standing'>
  readonly score: ScoreSubmission
  readonly observeHeld: ObserveHeld
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
  /** How often due holds are looked at. */
  readonly intervalMs?: number
}

export interface QuotaRelease {
  /** Looks at what is due; gives how many messages left. */
  releaseDue(): Promise<number>
  /** Stops the timer and waits for the round under way. */
  close(): Promise<void>
}

/** A minute's limit is the shortest that anybody waits for. */
const defaultIntervalMs = 5_000
/** A round is bounded; what is left waits for the next. */
const maxARound = 100
/** Room is asked for again after this long where nothing tells when there will be any: somebody restores the sender, or raises its limit. */
const patienceMs = 600_000

/**
 * What only a limit held back leaves by itself once its sender's quota has recovered: judged again by what is known now, and only in state
 * `normal` (DESIGN.md section 4). It is charged when it leaves, in the transaction that releases it: a thousand of them leave as fast as the
 * limit lets them.
 */
export function createQuotaRelease(options: QuotaReleaseOptions): QuotaRelease {
  const { limitedHolds, clock, log, intervalMs = defaultIntervalMs } = options
  let round: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    round = round.then(releaseDue).catch((error: unknown) => {
      log.error('operations.quota_release_failed', { error })
    })
  }, intervalMs)
  timer.unref()
  return { releaseDue, close }

  async function releaseDue(): Promise<number> {
    let released = 0
    for (const hold of limitedHolds.due(clock(), maxARound))
      if ((await lookAt(hold, options)) === 'released') released += 1
    return released
  }

  async function close(): Promise<void> {
    clearInterval(timer)
    await round
  }
}

type Fate =
  | 'released'
  /** Something else ended it, or only a decision can. */
  | 'over'
  | { readonly waitUntil: number }

async function lookAt(hold: LimitedHold, options: QuotaReleaseOptions): Promise<Fate> {
  const { queue, limitedHolds, accept } = options
  const message = queue.get(hold.id)
  const fate =
    message === undefined || message.state !== 'held' || !isLimited(message)
      ? 'over'
      : await fateOf(message, options)
  if (fate !== 'released')
    await accept(() => {
      if (fate === 'over') limitedHolds.forget(hold)
      else limitedHolds.postpone(hold, fate.waitUntil)
    })
  return fate === 'released' ? await release(hold, message, options) : fate
}

/** `released`: it may be. */
async function fateOf(message: QueuedMessage, options: QuotaReleaseOptions): Promise<Fate> {
  const { senders, records, clock, log } = options
  const now = clock()
  const later = { waitUntil: now + patienceMs }
  const sender = senders.keyOf(message.senderId)
  if (senders.containment(sender) !== 'normal' || isAccused(records, sender, message.verdictId)) return later
  // Before its content is read: of a thousand most wait on
  if (!hasRoom(message, null, options, now)) return waiting(message, options, now)
  const judged = await judgeAgain(message, options)
  if (judged === null) return later
  if (judged.verdict === 'allow' && judged.sender.containment === 'normal') return 'released'
  // More of what is on its way has used the room meanwhile
  if (judged.reasons.some(({ code }) => code.startsWith('LIMIT_'))) return waiting(message, options, now)
  log.info('operations.hold_outlives_limit', {
    id: message.id,
    reasons: judged.reasons.map(({ code }) => code)
  })
  return 'over'
}

/** Until its limits have room, if nothing else leaves first. At least a moment: a round must not meet it twice. */
function waiting(message: QueuedMessage, options: QuotaReleaseOptions, now: number): Fate {
  const room = roomAt(message, options, now)
  return { waitUntil: room === null ? now + patienceMs : Math.max(room, now + 1_000) }
}

async function release(
  hold: LimitedHold,
  message: QueuedMessage | undefined,
  options: QuotaReleaseOptions
): Promise<Fate> {
  if (message === undefined) return 'over'
  const { queue, limitedHolds, senders, observeHeld, accept, clock, log, metrics } = options
  const observation = await observeHeld(message)
  const sender = senders.keyOf(message.senderId)
  const fate = await accept((): Fate => {
    const at = clock()
    if (!hasRoom(message, observation, options, at)) {
      const wait = waiting(message, options, at)
      if (typeof wait === 'object') limitedHolds.postpone(hold, wait.waitUntil)
      return wait
    }
    limitedHolds.forget(hold)
    const decided = queue.decide(message.id, { ...decider, kind: 'released', at })
    if (decided.kind !== 'done') return 'over'
    chargeHeld(message, observation, senders, at)
    teachHeld(senders, sender, message.submissionId, observation)
    return 'released'
  })
  if (fate !== 'released') return fate
  queue.wake()
  metrics.count('sluice_holds_decided_total', { decision: 'released' })
  log.info('operations.hold_decided', { id: message.id, decision: 'released', ...decider })
  return fate
}

const decider = { by: 'quota', note: 'the sending limit has room again' }
