import { probabilityOf } from '../../service/verdict/fuse-risk.ts'
import type { Scored } from './ranking.ts'

/**
 * Expected calibration error with both classes weighing the same, over 15 bins of equal weight. `score` is a log-odds at balanced
 * classes. Else, with one bad message in a thousand, calling everything honest would look well calibrated.
 */
export function balancedCalibrationError(scored: readonly Scored[], bins = 15): number {
  const weights = classWeights(scored)
  const sorted = scored.toSorted((a, b) => a.score - b.score)
  let error = 0
  let bin = { weight: 0, bad: 0, predicted: 0 }
  const close = (): void => {
    error += Math.abs(bin.bad - bin.predicted)
    bin = { weight: 0, bad: 0, predicted: 0 }
  }
  for (const { score, isBad } of sorted) {
    const weight = isBad ? weights.bad : weights.honest
    bin.weight += weight
    bin.bad += isBad ? weight : 0
    bin.predicted += weight * probabilityOf(score)
    if (bin.weight >= 1 / bins) close()
  }
  close()
  return error
}

/** Log-loss with balanced classes, in nats; a constant reaches ln 2 = 0.693. */
export function balancedLogLoss(scored: readonly Scored[]): number {
  const weights = classWeights(scored)
  return scored.reduce(
    (sum, { score, isBad }) =>
      sum + (isBad ? weights.bad * softplus(-score) : weights.honest * softplus(score)),
    0
  )
}

/** Each class sums to one half. */
export function classWeights(scored: readonly Scored[]): { bad: number; honest: number } {
  const bad = scored.filter(({ isBad }) => isBad).length
  return { bad: 0.5 / Math.max(1, bad), honest: 0.5 / Math.max(1, scored.length - bad) }
}

export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}
