import { createThresholdsInForce } from '../../../service/scoring/thresholds-in-force.ts'
import { createMemoryScoreWindow } from '../../../service/senders/score-window/memory-score-window.ts'
import type { BudgetState, BudgetWindowOptions } from '../../../service/verdict/budget/budget-window.ts'
import { probabilityOf } from '../../../service/verdict/fuse-risk.ts'
import { poissonInterval, type Interval } from '../../measure/intervals.ts'
import type { HistoryScore } from './history-score.ts'
import type { TestedModels } from './tested-models.ts'

/** What the budget window would have made of the span, had these models judged it from its beginning. */
export interface HeldOverTime {
  /** Probabilities that hold, at the first and the last message. */
  readonly first: number
  readonly last: number
  readonly honest: number
  readonly held: number
  readonly per10k: number | null
  /** 95 %, Poisson. */
  readonly per10kInterval: Interval | null
}

/** Message after message in the order of time, the window beginning empty: as the service keeps its budget (service/verdict/budget). */
export function heldOverTime(
  scores: readonly HistoryScore[],
  { models, policy }: Pick<TestedModels, 'models' | 'policy'>,
  options: BudgetWindowOptions
): HeldOverTime {
  let now = 0
  const inForce = createThresholdsInForce({
    models,
    policy,
    budgetWindow: { window: createMemoryScoreWindow<BudgetState>(), options },
    clock: () => now,
    metrics: { gauge: () => undefined },
    log: { warn: () => undefined }
  })
  const first = inForce.now().hold
  const found = { honest: 0, held: 0 }
  for (const { sender, at, logit, truth } of scores.toSorted((one, other) => one.at - other.at)) {
    now = at
    const isHeld = probabilityOf(logit) >= inForce.now().hold
    if (truth === 'honest') {
      found.honest += 1
      found.held += Number(isHeld)
    }
    if (truth !== 'bad') inForce.count({ sender, at, logit, isHeld })
  }
  return { first, last: inForce.now().hold, ...found, ...rateOf(found) }
}

function rateOf({ honest, held }: Pick<HeldOverTime, 'honest' | 'held'>) {
  if (honest === 0) return { per10k: null, per10kInterval: null }
  const { low, high } = poissonInterval(held)
  const per10k = (events: number): number => (10_000 * events) / honest
  return { per10k: per10k(held), per10kInterval: { low: per10k(low), high: per10k(high) } }
}
