import { behaviourFeatureNames, behaviourGroups } from '../../../service/features/behaviour.ts'
import { scoreForest } from '../../../service/models/forest/forest.ts'
import type { Progress } from '../../progress.ts'
import type { BehaviourRow } from '../behaviour-rows.ts'
import { scoreOutOfFold, type TakeoverLearner } from '../cross-validate.ts'
import { approachTable, type Approach } from './evaluation-slices.ts'
import { fitForest } from '../fit-forest.ts'
import { toScoredRow } from './measure-takeover.ts'

/**
 * What each group of features carries: trees learned again without it, on the same folds. Trees alone, as they take a tenth of the
 * networks' time; the first column is the trees with everything.
 */
export function evaluateGroups(
  rows: readonly BehaviourRow[],
  fold: readonly number[],
  seed: number,
  progress: Progress
): string {
  const scoredWithout = (group: string | null): Approach => {
    const kept = behaviourFeatureNames.flatMap((name, column) => (groupOf(name) === group ? [] : [column]))
    const scores = scoreOutOfFold(
      rows.map((row) => onlyColumns(row, kept)),
      fold,
      treeLearner(seed),
      progress
    )
    return { name: group === null ? 'everything' : `without ${group}`, scores }
  }
  const approaches = [scoredWithout(null), ...Object.keys(behaviourGroups).map(scoredWithout)]
  const scored = rows.map((row) => toScoredRow(row, 0, fold[row.sender] ?? 0))
  return approachTable(scored, approaches)
}

function groupOf(feature: string): string {
  return feature.slice(0, feature.indexOf('.'))
}

function onlyColumns(row: BehaviourRow, columns: readonly number[]): BehaviourRow {
  return { ...row, row: Float32Array.from(columns, (column) => row.row[column] ?? 0) }
}

/** Trees alone, for comparisons that learn many times. */
export function treeLearner(seed: number): TakeoverLearner {
  return (rows, fold) => {
    const forest = fitForest(rows, seed + fold, () => undefined)
    return (unseen) => unseen.map(({ row }) => scoreForest(forest, row))
  }
}
