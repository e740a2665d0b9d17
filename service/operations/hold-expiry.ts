import type { Queue } from '../queue/queue.ts'
import type { QueuedMessage } from '../queue/queued-message.ts'
import type { ScoreSubmission } from '../scoring/scoring-ports.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { toSubmission } from './decide-hold.ts'

export interface HoldExpiryOptions {
  readonly queue: Queue
  readonly score: ScoreSubmission
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** `return`: back to the sender with a report. `release`: sent, if it would be allowed by now; else returned. */
  readonly onHoldExpiry: 'return' | 'release'
  readonly clock: () => number
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
  /** How often deadlines are looked at. */
  readonly intervalMs?: number
}

export interface HoldExpiry {
  /** Ends the holds whose deadline has passed; gives how many. */
  expireHolds(): Promise<number>
  /** Stops the timer and waits for the round under way. */
  close(): Promise<void>
}

const defaultIntervalMs = 30_000
/** A round is bounded; what is left waits for the next. */
const maxARound = 200

/** No hold is a dead end: at its deadline each is returned or released. Also forgets finished messages past their time. */
export function createHoldExpiry(options: HoldExpiryOptions): HoldExpiry {
  const { queue, clock, log, intervalMs = defaultIntervalMs } = options
  let round: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    round = round.then(tidy)
  }, intervalMs)
  timer.unref()
  return { expireHolds, close }

  async function tidy(): Promise<void> {
    try {
      await expireHolds()
      await queue.forget(clock(), maxARound)
    } catch (error) {
      log.error('operations.hold_expiry_failed', { error })
    }
  }

  async function expireHolds(): Promise<number> {
    let ended = 0
    for (const id of queue.expiredHolds(clock(), maxARound)) {
      const message = queue.get(id)
      if (message !== undefined && (await expire(message, options))) ended += 1
    }
    return ended
  }

  async function close(): Promise<void> {
    clearInterval(timer)
    await round
  }
}

const decider = { by: 'deadline', note: null }

/** False: it could not be judged now, and waits for the next round. */
async function expire(message: QueuedMessage, options: HoldExpiryOptions): Promise<boolean> {
  const { queue, accept, clock, log, metrics } = options
  const kind = await decisionOn(message, options)
  if (kind === null) return false
  // Delivery finds an expired decision in the queue and writes the report
  const outcome = await accept(() => queue.decide(message.id, { ...decider, kind, at: clock() }))
  if (outcome.kind !== 'done') return false
  queue.wake()
  metrics.count('sluice_holds_decided_total', { decision: kind })
  log.info('operations.hold_decided', { id: message.id, decision: kind, by: decider.by })
  return true
}

/** A timeout releases only after a new look, and only a sender in good standing. Nobody vouches for it: nothing is learned. */
async function decisionOn(
  message: QueuedMessage,
  { queue, score, onHoldExpiry, log }: HoldExpiryOptions
): Promise<'released' | 'expired' | null> {
  if (onHoldExpiry === 'return') return 'expired'
  try {
    const outcome = await score(toSubmission(message, await queue.body(message)))
    if (outcome.kind !== 'scored') return null
    const { verdict, sender } = outcome.verdict
    return verdict === 'allow' && sender.containment === 'normal' ? 'released' : 'expired'
  } catch (error) {
    log.error('operations.hold_not_judged', { id: message.id, error })
    return null
  }
}
