import type { BudgetThreshold } from '../service/models/model-ports.ts'
import { textTable } from './text-table.ts'

/** Thresholds as a model card shows them. */
export function budgetTable(thresholds: readonly BudgetThreshold[]): string {
  return textTable(
    ['budget per 10,000', 'hold', 'block'],
    thresholds.map(({ budgetPer10k, hold, block }) => [
      String(budgetPer10k),
      hold.toPrecision(3),
      block.toPrecision(3)
    ])
  )
}
