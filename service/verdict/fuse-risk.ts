/**
 * The log-odds of the noisy-or of two calibrated log-odds: the message is bad if the account was taken over or the text is spam. The
 * takeover model has read the text too, so beside it content counts only as far as it is sure by itself. A missing model says nothing and
 * leaves the other alone; with neither there is no risk to state and the answer is -Infinity.
 *
 * p = 1 - (1 - p1)(1 - p2), so odds(p) = o1 + o2 + o1·o2: worked in logs, exact where the probabilities round to 0 or 1.
 */
export function fuseRisk(takeoverLogit: number | null, spamLogit: number | null): number {
  const a = takeoverLogit ?? -Infinity
  const b = (spamLogit ?? -Infinity) - (takeoverLogit === null ? 0 : alreadyHeard)
  return logSumExp(logSumExp(a, b), a + b)
}

/**
 * Log-odds. Without it the noise of the content model costs up to 5 points of recall at the same budget, with it nothing (measured out of
 * fold; docs/decisions/0010).
 */
export const alreadyHeard = 2

/** The probability of a log-odds. */
export function probabilityOf(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit))
}

function logSumExp(a: number, b: number): number {
  const high = Math.max(a, b)
  if (!Number.isFinite(high)) return high
  return high + Math.log(Math.exp(a - high) + Math.exp(b - high))
}
