import { createRateMeter, type Rate } from './rate-meter.ts'
import type { Limits, ThrottleScope } from './throttle-rules.ts'

export interface AllowanceOptions {
  readonly per: ThrottleScope
  readonly key: string
  readonly limits: Limits
  /** At once, where no rule says less; Infinity: no bound. */
  readonly maxActive: number
  /** In (0, 1]: what is left of it for a destination that asked us to slow down. */
  readonly share?: () => number
}

/** So little went that a share of it is no rate; messages a minute. */
const leastBefore = 10
/** Mail must trickle, or nobody notices that the limit is gone. */
const leastRate = 1
/** What went before is not known any more after a restart: one a second is nobody's flood. */
const restartRate = 60
const minuteMs = 60_000
const hourMs = 3_600_000
/** After a silence a tenth of a minute's messages may go at once, or a sixtieth of an hour's: even enough for who counts by the minute. */
const shareAtOnce = { minute: 1 / 10, hour: 1 / 60 }

/** What one destination, route or sender may have of us at the moment. */
export class Allowance {
  readonly per: ThrottleScope
  readonly key: string
  readonly limits: Limits
  readonly maxActive: number
  active = 0
  /** Somebody holds it still, until it is let go. */
  isStill = false
  readonly #share: () => number
  readonly #byMinute = createRateMeter()
  readonly #byHour = createRateMeter()
  /** What went when it first asked us to slow down, a minute. */
  #before: number | null = null
  readonly #byPace = createRateMeter()
  #minute = { since: 0, count: 0, before: 0 }

  constructor({ per, key, limits, maxActive, share = () => 1 }: AllowanceOptions) {
    this.per = per
    this.key = key
    this.limits = limits
    this.maxActive = Math.min(maxActive, limits.maxConnections ?? Infinity)
    this.#share = share
    if (share() < 1) this.#before = restartRate
  }

  /** Epoch ms at which one more may begin; not after `now`: at once; Infinity: when another has ended. */
  freeAt(now: number): number {
    if (this.isStill || this.active >= this.maxActive) return Infinity
    const { messagesPerMinute, messagesPerHour } = this.limits
    const times = [
      messagesPerMinute === undefined ? 0 : this.#byMinute.freeAt(now, perMinute(messagesPerMinute)),
      messagesPerHour === undefined ? 0 : this.#byHour.freeAt(now, perHour(messagesPerHour)),
      this.#pacedAt(now)
    ]
    return Math.max(...times)
  }

  take(now: number): void {
    this.active += 1
    const { messagesPerMinute, messagesPerHour } = this.limits
    if (messagesPerMinute !== undefined) this.#byMinute.take(now, perMinute(messagesPerMinute))
    if (messagesPerHour !== undefined) this.#byHour.take(now, perHour(messagesPerHour))
    const pace = this.#pace(now)
    if (pace !== null) this.#byPace.take(now, evenly(pace))
    this.#turn(now)
    this.#minute.count += 1
  }

  give(): void {
    this.active -= 1
  }

  /** Messages a minute that are let through; null: no bound. */
  perMinute(now: number): number | null {
    const { messagesPerMinute, messagesPerHour } = this.limits
    const rates = [messagesPerMinute, messagesPerHour === undefined ? undefined : messagesPerHour / 60]
    const least = Math.min(...rates.map((rate) => rate ?? Infinity), this.#pace(now) ?? Infinity)
    return least === Infinity ? null : least
  }

  /** It asked us to slow down, and is still approached with care. */
  isPaced(now: number): boolean {
    return this.#pace(now) !== null
  }

  /** Messages that went in the last whole minute, or in this one. */
  recent(now: number): number {
    this.#turn(now)
    return Math.max(this.#minute.before, this.#minute.count)
  }

  /** Nothing of it has to be remembered. */
  isIdle(now: number): boolean {
    return this.active === 0 && !this.isStill && this.freeAt(now) <= now && this.recent(now) === 0
  }

  /** Messages a minute of a destination that asked us to slow down; null: it did not. */
  #pace(now: number): number | null {
    const share = this.#share()
    if (share >= 1) {
      this.#before = null
      return null
    }
    this.#before ??= Math.max(this.recent(now), leastBefore)
    return Math.max(this.#before * share, leastRate)
  }

  #pacedAt(now: number): number {
    const pace = this.#pace(now)
    return pace === null ? 0 : this.#byPace.freeAt(now, evenly(pace))
  }

  #turn(now: number): void {
    const passed = now - this.#minute.since
    if (passed >= 0 && passed < minuteMs) return
    const before = passed >= 0 && passed < 2 * minuteMs ? this.#minute.count : 0
    this.#minute = { since: now, count: 0, before }
  }
}

function perMinute(count: number): Rate {
  return { count, perMs: minuteMs, burst: Math.max(1, Math.floor(count * shareAtOnce.minute)) }
}

function perHour(count: number): Rate {
  return { count, perMs: hourMs, burst: Math.max(1, Math.floor(count * shareAtOnce.hour)) }
}

/** Who asked us to slow down gets no bursts. */
function evenly(count: number): Rate {
  return { count, perMs: minuteMs, burst: 1 }
}
