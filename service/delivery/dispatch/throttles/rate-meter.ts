export interface Rate {
  readonly count: number
  readonly perMs: number
  /** How many may go at once after a silence. */
  readonly burst: number
}

/** Meters out a rate. */
export interface RateMeter {
  /** Epoch ms at which the next one may go; not after `now`: at once. */
  freeAt(now: number, rate: Rate): number
  take(now: number, rate: Rate): void
}

/**
 * A token bucket in one number, the time at which it would be full again (the generic cell rate algorithm, ITU-T I.371 annex A). The rate is
 * an argument: it may change between two calls.
 */
export function createRateMeter(): RateMeter {
  let fullAt = 0
  return { freeAt, take }

  function freeAt(now: number, { count, perMs, burst }: Rate): number {
    const interval = perMs / count
    // A clock that was set back must not stop the mail for as long
    fullAt = Math.min(fullAt, now + Math.max(perMs, interval * burst) + interval)
    return fullAt - interval * (burst - 1)
  }

  function take(now: number, { count, perMs }: Rate): void {
    fullAt = Math.max(fullAt, now) + perMs / count
  }
}
