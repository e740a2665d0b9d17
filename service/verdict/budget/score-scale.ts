import { logit } from '../log-odds.ts'
import type { Thresholds } from './thresholds.ts'
import type { VerdictKind } from '../verdict.ts'

/** rspamd's scale, on which filters and people already agree: 6 = held (rspamd's `add header`), 15 = refused (`reject`). */
export const holdScore = 6
export const blockScore = 15

const lowest = -10
const highest = 30
/** Two thresholds that fall together would make a step; half a unit of log-odds keeps the line a line. */
const leastSpan = 0.5

/**
 * Risk (log-odds) on the rspamd scale: piecewise linear through (prior, 0), (hold threshold, 6) and (block threshold, 15). A verdict that
 * policy raised above what the risk alone says gets at least the score of that verdict.
 */
export function scoreOf(
  riskLogit: number,
  thresholds: Thresholds,
  badPrior: number,
  verdict: VerdictKind
): number {
  const hold = logit(thresholds.hold)
  const zero = Math.min(logit(badPrior), hold - leastSpan)
  const block = Math.max(logit(thresholds.block), hold + leastSpan)
  const raw =
    riskLogit < hold
      ? (holdScore * (riskLogit - zero)) / (hold - zero)
      : holdScore + ((blockScore - holdScore) * (riskLogit - hold)) / (block - hold)
  const bounded = Math.min(highest, Math.max(lowest, raw, leastFor(verdict)))
  return Math.round(bounded * 100) / 100
}

function leastFor(verdict: VerdictKind): number {
  switch (verdict) {
    case 'allow':
      return lowest
    case 'hold':
      return holdScore
    case 'block':
      return blockScore
  }
}
