import type { LayersModel } from '@tensorflow/tfjs-layers'
import { setWeightsOf } from '../model-weights.ts'
import type { Progress } from '../progress.ts'
import type { Workers } from '../workers/open-workers.ts'
import { buildContentNetwork } from './build-content-network.ts'
import { weighExamples, type SourceShares } from './content-example.ts'
import { toExampleTable } from './example-table.ts'
import type { FitContentOptions } from './fit-content.ts'
import type { ContentFit } from './fit-content-part.ts'
import type { ContentCorpus } from './load-content-corpus.ts'
import type { Split } from './out-of-fold.ts'

export interface FittedFolds {
  /** Every example's raw logit, from a network that saw neither it nor anything that belongs to it. */
  readonly raw: Float64Array
  /** Learned from everything. The caller disposes the model. */
  readonly model: LayersModel
  readonly losses: readonly number[]
}

export interface FitContentFoldsOptions {
  readonly fit: ContentFit['options'] & Pick<FitContentOptions, 'shape'>
  readonly shares: SourceShares
  readonly workers: Workers
  readonly progress: Progress
}

/** One fit on all examples, and one without each fold; all are jobs of their own, the longest first. */
export async function fitContentFolds(
  { examples, passages }: ContentCorpus,
  { fold, cluster, folds }: Split,
  { fit, shares, workers, progress }: FitContentFoldsOptions
): Promise<FittedFolds> {
  const table = toExampleTable(examples, passages)
  const numbers = Int32Array.from(examples.keys())
  const jobOf = (held: number | null): ContentFit => {
    const known = numbers.filter((index) => fold[index] !== held)
    const weights = weighExamples(
      Array.from(known, (index) => examples[index] ?? missing()),
      known.map((index) => cluster[index] ?? -1),
      shares
    )
    return { table, known, weights, unseen: numbers.filter((index) => fold[index] === held), options: fit }
  }
  const jobs = [null, ...Array.from({ length: folds }, (_, held) => held)].map(jobOf)
  const fitted = await workers.run('content network', jobs, progress)
  const raw = new Float64Array(examples.length).fill(Number.NaN)
  for (const [job, { unseen }] of jobs.entries())
    for (const [at, index] of unseen.entries()) raw[index] = fitted[job]?.logits[at] ?? Number.NaN
  const { weights, losses } = fitted[0] ?? missing()
  const { whole: model, deep } = buildContentNetwork(fit.shape, fit.seed)
  deep.dispose()
  setWeightsOf(model, weights)
  return { raw, model, losses }
}

function missing(): never {
  throw new RangeError('every example and every fit has its place')
}
