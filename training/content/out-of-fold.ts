import type { Progress } from '../progress.ts'
import { weighExamples, type ContentExample, type SourceShares } from './content-example.ts'

export interface Split {
  readonly fold: Int32Array
  readonly cluster: Int32Array
  readonly folds: number
}

/** Learns from examples and their weights; answers raw logits for others. */
export type Learner = (
  examples: readonly ContentExample[],
  weights: Float32Array
) => (unseen: readonly ContentExample[]) => readonly number[]

/** Every example's raw logit from a learner that saw neither it nor anything that belongs to it. */
export function scoreOutOfFold(
  examples: readonly ContentExample[],
  { fold, cluster, folds }: Split,
  shares: SourceShares,
  learn: Learner,
  progress?: Progress
): Float64Array {
  const scores = new Float64Array(examples.length).fill(Number.NaN)
  for (let held = 0; held < folds; held += 1) {
    const inside = examples.flatMap((_, index) => (fold[index] === held ? [] : [index]))
    const outside = examples.flatMap((_, index) => (fold[index] === held ? [index] : []))
    const known = pick(examples, inside)
    const weights = weighExamples(
      known,
      Int32Array.from(inside, (index) => cluster[index] ?? -1),
      shares
    )
    const logits = learn(known, weights)(pick(examples, outside))
    for (const [at, index] of outside.entries()) scores[index] = logits[at] ?? Number.NaN
    progress?.('cross-validate', held + 1, folds)
  }
  return scores
}

function pick<T>(list: readonly T[], indices: readonly number[]): T[] {
  return indices.flatMap((index) => {
    const item = list[index]
    return item === undefined ? [] : [item]
  })
}
