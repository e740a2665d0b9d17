import type { NewHold } from '../../queue/records/new-message.ts'
import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import type { Scored, ScoreSubmission } from '../../scoring/scoring-ports.ts'
import type { FeedbackRecords } from '../../senders/feedback-records.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { chargeHeld, hasRoom, type RoomOptions } from './charge-held.ts'
import { isAccused } from '../senders/is-accused.ts'
import { judgeAgain } from './judge-again.ts'

type Verdict = Scored['verdict']

export interface HoldExpiryOptions extends RoomOptions {
  readonly queue: Queue
  readonly senders: Pick<SenderStore, 'keyOf' | 'snapshot' | 'charge'>
  readonly records: Pick<FeedbackRecords, 'standing'>
  readonly score: ScoreSubmission
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** `return`: back to the sender with a report. `release`: sent, if it would be allowed by now; else returned. */
  readonly onHoldExpiry: 'return' | 'release'
  /** How long a hold waits for a decision that began as a soft one. */
  readonly holdHours: number
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

/** No hold is a dead end: at its deadline each is returned or released, or, after a soft hold, waits for a decision. Also forgets finished messages past their time. */
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

/** False: it goes on waiting. */
async function expire(message: QueuedMessage, options: HoldExpiryOptions): Promise<boolean> {
  const { queue, senders, accept, clock, log, metrics } = options
  const wanted = await endingOf(message, options)
  if (wanted === null) return false
  if (typeof wanted === 'object') return await harden(message, wanted, options)
  let ending = wanted
  // Delivery finds an expired decision in the queue and writes the report
  const outcome = await accept(() => {
    if (!hasRoom(message, null, options, clock())) ending = 'expired'
    const decided = queue.decide(message.id, { ...decider, kind: ending, at: clock() })
    if (decided.kind === 'done' && ending === 'released') chargeHeld(decided.message, null, senders, clock())
    return decided
  })
  if (outcome.kind !== 'done') return false
  queue.wake()
  metrics.count('sluice_holds_decided_total', { decision: ending })
  log.info('operations.hold_decided', { id: message.id, decision: ending, by: decider.by })
  return true
}

/** A soft hold that its second look does not end becomes a hard one, and waits for a decision. */
async function harden(
  { id }: QueuedMessage,
  hold: NewHold,
  { queue, accept, log }: HoldExpiryOptions
): Promise<false> {
  const outcome = await accept(() => queue.holdOn(id, hold))
  if (outcome.kind === 'done') log.info('operations.hold_hardened', { id, reasons: hold.reasons })
  return false
}

/** What becomes of a message at its deadline; null: it could not be judged now, and waits for the next round. */
async function endingOf(
  message: QueuedMessage,
  options: HoldExpiryOptions
): Promise<'released' | 'expired' | NewHold | null> {
  const isSoft = message.hold?.isSoft === true
  if (!isSoft && options.onHoldExpiry === 'return') return 'expired'
  const verdict = await judgeAgain(message, options)
  if (verdict === null) return null
  const sender = options.senders.keyOf(message.senderId)
  if (isHarmless(verdict, isSoft) && !isAccused(options.records, sender, message.verdictId)) return 'released'
  return isSoft ? hardHold(verdict, options) : 'expired'
}

/** A timeout releases only after a new look, and only a sender in good standing. Nobody vouches for it: nothing is learned. */
function isHarmless({ verdict, hold, sender }: Verdict, isSoft: boolean): boolean {
  return sender.containment === 'normal' && (verdict === 'allow' || (isSoft && hold?.kind === 'soft'))
}

function hardHold({ reasons, risk }: Verdict, { clock, holdHours }: HoldExpiryOptions): NewHold {
  return { reasons: reasons.map(({ code }) => code), risk, deadline: clock() + holdHours * hourMs }
}

const hourMs = 3_600_000
