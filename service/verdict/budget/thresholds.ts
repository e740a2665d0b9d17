import type { BudgetThreshold } from '../../models/model-ports.ts'
import { probabilityOf } from '../fuse-risk.ts'
import { logit } from '../log-odds.ts'
import type { Policy } from '../policy.ts'

/** Probabilities. `suspicious` ≤ `hold` ≤ `block`. */
export interface Thresholds {
  /** Ten times the hold budget: held softly at most (`policy.softHoldMinutes`), and never urgent. */
  readonly suspicious: number
  /** The fused risk is compared with it. */
  readonly hold: number
  /** The content model's probability alone is compared with it. */
  readonly block: number
}

/** The least risk (a probability) that holds a message, softly or not. */
export function leastHeld({ suspicious, hold }: Thresholds, { softHoldMinutes }: Policy): number {
  return softHoldMinutes > 0 ? suspicious : hold
}

/** Used while no model brings measured ones: even odds hold, and only near certainty blocks. */
const unmeasured: BudgetThreshold = { budgetPer10k: 10, hold: 0.5, block: 0.97 }

/** Thresholds for the policy's budgets, from a manifest's list (ascending by budget; empty = none measured). */
export function thresholdsFor(measured: readonly BudgetThreshold[], policy: Policy): Thresholds {
  const points = pointsOf(measured)
  const hold = interpolate(points, policy.holdBudgetPer10k, 'hold')
  const block = interpolate(points, policy.blockBudgetPer10k, 'block')
  const suspicious = interpolate(points, 10 * policy.holdBudgetPer10k, 'hold')
  return { suspicious: Math.min(suspicious, hold), hold, block: Math.max(hold, block) }
}

/** What a manifest measured, never nothing. */
export function pointsOf(measured: readonly BudgetThreshold[]): readonly BudgetThreshold[] {
  return measured.length === 0 ? [unmeasured] : measured
}

/**
 * Linear in log-odds over the logarithm of the budget: a quantile of a roughly exponential tail is a straight line there. Outside the
 * measured budgets the nearest measured threshold holds; nothing is extrapolated.
 */
function interpolate(
  points: readonly BudgetThreshold[],
  budgetPer10k: number,
  which: 'hold' | 'block'
): number {
  const above = points.findIndex((point) => point.budgetPer10k >= budgetPer10k)
  const right = points.at(above)
  const left = points[above - 1]
  if (right === undefined) return unmeasured[which]
  if (above === -1 || left === undefined) return right[which]
  const span = Math.log(right.budgetPer10k / left.budgetPer10k)
  const share = span === 0 ? 0 : Math.log(budgetPer10k / left.budgetPer10k) / span
  return probabilityOf(logit(left[which]) * (1 - share) + logit(right[which]) * share)
}
