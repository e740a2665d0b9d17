import type { Progress } from '../progress.ts'
import type { GrownForest } from '../trees/forest.ts'
import { fitTrees } from '../trees/fit-trees.ts'
import type { LearnedRow } from './row-table.ts'
import { weighRows } from './weigh-rows.ts'

/** Chosen on the folds: deeper or more trees gain nothing there and lose on sources left out. */
export const forestOptions = {
  trees: 250,
  depth: 5,
  shrinkage: 0.08,
  rowShare: 0.8,
  columnShare: 0.5,
  lambda: 5,
  minChildWeight: 5
}

/** Boosted trees on the same rows and weights as the networks. */
export function fitForest(rows: readonly LearnedRow[], seed: number, progress: Progress): GrownForest {
  const labels = Float32Array.from(rows, ({ family }) => Number(family !== 'honest'))
  const weights = weighRows(rows)
  return fitTrees(
    rows.map(({ row }) => row),
    labels,
    { ...forestOptions, seed, weights, progress }
  )
}
