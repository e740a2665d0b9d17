import type { BounceKind } from '../message/bounce-kind.ts'

export interface RetryScheduleOptions {
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  readonly maxAgeMs: number
  /** Returns a number in [0, 1). Injected so that tests see exact delays. */
  readonly random: () => number
}

/** What the last attempt says about the next. */
export interface RetryCause {
  /** Why the recipients were put off, where it is the same for all. */
  readonly kind?: BounceKind | undefined
  /** It looks as if the host puts off everybody whom it does not know (RFC 6647). */
  readonly isGreylisted?: boolean | undefined
}

export type RetryDecision = { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'expire' }
export type NextRetry = (attempts: number, ageMs: number, cause?: RetryCause) => RetryDecision

/** More doublings than this overflow nothing and change nothing: the ceiling is long reached. */
const maxDoublings = 30
/** RFC 6647 section 5 finds one to five minutes usual: one early try catches the short ones, the schedule follows as ever. */
const greylistedDelayMs = 65_000
/**
 * How many times the usual delay is waited. Nobody empties a mailbox or leaves a blocklist within minutes, and asking makes it worse; a host
 * that limits rates has its lane slowed already.
 */
const patience: Readonly<Partial<Record<BounceKind, number>>> = {
  'mailbox-full': 4,
  reputation: 4,
  'spam-suspected': 2,
  policy: 2
}

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
  return function nextRetry(attempts, ageMs, { kind, isGreylisted = false } = {}) {
    if (ageMs >= maxAgeMs) return { kind: 'expire' }
    const isEarly = isGreylisted && attempts <= 1
    const doublings = Math.min(Math.max(attempts - 1, 0), maxDoublings)
    const usual = firstDelayMs * 2 ** doublings * (kind === undefined ? 1 : (patience[kind] ?? 1))
    const base = Math.min(isEarly ? Math.min(greylistedDelayMs, firstDelayMs) : usual, maxDelayMs)
    const delayMs = Math.round(base * (1 + 0.1 * random()))
    return { kind: 'retry', delayMs: Math.max(0, Math.min(delayMs, maxAgeMs - ageMs)) }
  }
}

/** Statuses of hosts that greylist; anything else that is temporary says why. */
const greylistStatuses = new Set(['4.2.0', '4.7.0', '4.7.1', '4.0.0'])

/** Whether a temporary refusal of a first contact looks like greylisting: by its words, or by a code and status that say nothing else. */
export function looksGreylisted(reply: string, status: string | null): boolean {
  if (/gr[ea]y-?list/iu.test(reply)) return true
  return /^45[01][ -]/u.test(reply) && status !== null && greylistStatuses.has(status)
}
