import { probabilityOf } from '../service/verdict/fuse-risk.ts'
import { thresholdAt } from './measure/ranking.ts'

/** Honest messages per 10,000 that an operator may allow to be held. */
export const budgets = [1, 2, 5, 10, 20, 50, 100] as const

/** A refusal needs certainty, whatever the budget allows: below this probability a message is held, so that a person can look. */
const leastCertainty = 0.9

export interface HonestLogits {
  /** What is held is compared with this: risk, calibrated. */
  readonly risk: readonly number[]
  /** What is blocked is compared with this: the content model alone, calibrated. */
  readonly spam: readonly number[]
}

/** Probabilities just above what the budget's share of honest messages reaches. Give it scores of models that did not see the messages. */
export function thresholdsByBudget({ risk, spam }: HonestLogits) {
  const certain = Math.log(leastCertainty / (1 - leastCertainty))
  return budgets.map((budgetPer10k) => ({
    budgetPer10k,
    hold: justAbove(thresholdAt(risk, budgetPer10k / 10_000)),
    block: justAbove(Math.max(certain, thresholdAt(spam, budgetPer10k / 10_000)))
  }))
}

/** A verdict holds at the threshold and above; the message that set it must pass. */
function justAbove(logit: number): number {
  return Math.min(1, probabilityOf(logit + 1e-6))
}
