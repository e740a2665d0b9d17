import { scoreForest } from '../../service/models/forest/forest.ts'
import { noProgress, type Progress } from '../progress.ts'
import type { BehaviourRow } from './behaviour-rows.ts'
import { folds } from './build-rows.ts'
import { fitForest } from './fit-forest.ts'
import { fitTakeover, scoreTakeover, type FitTakeoverOptions } from './fit-takeover.ts'

/** Learns from rows; answers raw logits for others. */
export type TakeoverLearner = (
  rows: readonly BehaviourRow[],
  fold: number
) => (unseen: readonly BehaviourRow[]) => readonly number[]

/** Networks and trees as one learner, joined as the service joins them; the networks are freed after they scored. */
export function ensembleLearner(options: FitTakeoverOptions): TakeoverLearner {
  const { progress = noProgress } = options
  return (rows, fold) => {
    const seed = options.seed + fold
    const { model } = fitTakeover(rows, { ...options, seed })
    const forest = fitForest(rows, seed, progress)
    return (unseen) => {
      try {
        const dense = scoreTakeover(model, unseen)
        return unseen.map(({ row }, index) => ((dense[index] ?? Number.NaN) + scoreForest(forest, row)) / 2)
      } finally {
        model.dispose()
      }
    }
  }
}

/** Raw logit of each row from a learner that never saw its sender, nor the impostor or the bad mail in it. `fold` is by sender. */
export function scoreOutOfFold(
  rows: readonly BehaviourRow[],
  fold: readonly number[],
  learn: TakeoverLearner,
  progress: Progress
): Float64Array {
  const scores = new Float64Array(rows.length).fill(Number.NaN)
  for (let held = 0; held < folds; held += 1) {
    const isHeld = ({ sender }: BehaviourRow): boolean => fold[sender] === held
    const outside = rows.flatMap((row, index) => (isHeld(row) ? [{ row, index }] : []))
    const inside = rows.filter((row) => !isHeld(row))
    if (outside.length > 0 && inside.length > 0) {
      const logits = learn(inside, held)(outside.map(({ row }) => row))
      for (const [at, { index }] of outside.entries()) scores[index] = logits[at] ?? Number.NaN
    }
    progress('cross-validate', held + 1, folds)
  }
  return scores
}
