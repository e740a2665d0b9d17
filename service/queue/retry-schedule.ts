export interface RetryScheduleOptions {
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  readonly maxAgeMs: number
  /** Returns a number in [0, 1). Injected so that tests see exact delays. */
  readonly random: () => number
}

export type RetryDecision = { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'expire' }
export type NextRetry = (attempts: number, ageMs: number) => RetryDecision

/** More doublings than this overflow nothing and change nothing: the ceiling is long reached. */
const maxDoublings = 30

/**
 * Doubles from the first delay up to the ceiling, with up to 10 % added so that retries spread out. The last try is made at the
 * maximum age itself (RFC 5321 section 4.5.4.1: give up after 4-5 days, not before).
 */
export function createRetrySchedule({
  firstDelayMs,
  maxDelayMs,
  maxAgeMs,
  random
}: RetryScheduleOptions): NextRetry {
  return function nextRetry(attempts, ageMs) {
    if (ageMs >= maxAgeMs) return { kind: 'expire' }
    const doublings = Math.min(Math.max(attempts - 1, 0), maxDoublings)
    const base = Math.min(firstDelayMs * 2 ** doublings, maxDelayMs)
    const delayMs = Math.round(base * (1 + 0.1 * random()))
    return { kind: 'retry', delayMs: Math.min(delayMs, maxAgeMs - ageMs) }
  }
}
