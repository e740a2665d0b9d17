import { probabilityOf } from '../service/verdict/fuse-risk.ts'
import { classWeights, softplus } from './measure/calibration-error.ts'
import type { Scored } from './measure/ranking.ts'

export interface PlattScaling {
  readonly slope: number
  readonly intercept: number
}

/**
 * Platt scaling of raw logits: slope and intercept that minimise the log-loss with balanced classes, by Newton's method with step
 * halving. Give it out-of-fold scores only. Targets are smoothed by the class sizes (Platt 1999), so that separable scores keep a finite slope.
 */
export function fitPlatt(scored: readonly Scored[]): PlattScaling {
  const objective = objectiveOf(scored)
  let at: PlattScaling = { slope: 1, intercept: 0 }
  let loss = objective(at).loss
  for (let round = 0; round < 100; round += 1) {
    const { gradient, curvature } = objective(at)
    const determinant = curvature.slope * curvature.intercept - curvature.both ** 2
    if (!(determinant > 1e-18)) return at
    const slopeStep =
      (curvature.intercept * gradient.slope - curvature.both * gradient.intercept) / determinant
    const interceptStep =
      (curvature.slope * gradient.intercept - curvature.both * gradient.slope) / determinant
    let share = 1
    let next = at
    let nextLoss = Infinity
    for (; share > 1e-4 && !(nextLoss < loss); share /= 2) {
      next = { slope: at.slope - share * slopeStep, intercept: at.intercept - share * interceptStep }
      nextLoss = next.slope > 0 ? objective(next).loss : Infinity
    }
    if (!(nextLoss < loss)) return at
    const gain = loss - nextLoss
    at = next
    loss = nextLoss
    if (gain < 1e-10) return at
  }
  return at
}

function objectiveOf(scored: readonly Scored[]) {
  const weights = classWeights(scored)
  const targets = { bad: 1 - weights.bad, honest: weights.honest }
  return ({ slope, intercept }: PlattScaling) => {
    const gradient = { slope: 0, intercept: 0 }
    const curvature = { slope: 1e-9, intercept: 1e-9, both: 0 }
    let loss = 0
    for (const { score, isBad } of scored) {
      const weight = isBad ? weights.bad : weights.honest
      const target = isBad ? targets.bad : targets.honest
      const logit = slope * score + intercept
      const p = probabilityOf(logit)
      loss += weight * (softplus(logit) - target * logit)
      gradient.slope += weight * (p - target) * score
      gradient.intercept += weight * (p - target)
      curvature.slope += weight * p * (1 - p) * score * score
      curvature.intercept += weight * p * (1 - p)
      curvature.both += weight * p * (1 - p) * score
    }
    return { loss, gradient, curvature }
  }
}
