import { weightsOf, type ModelWeights } from '../model-weights.ts'
import type { ShareDone } from '../progress.ts'
import { examplesOf, type ExampleTable } from './example-table.ts'
import { fitContent, scoreContent, type FitContentOptions } from './fit-content.ts'

/** One fit on some messages of a table, and others that it is to score. */
export interface ContentFit {
  readonly table: ExampleTable
  readonly known: Int32Array
  /** Beside `known`. */
  readonly weights: Float32Array
  readonly unseen: Int32Array
  readonly options: Omit<FitContentOptions, 'progress' | 'passages'>
}

export interface FittedContentPart {
  readonly weights: ModelWeights
  /** Mean weighted loss per epoch. */
  readonly losses: readonly number[]
  /** Raw logits of what was unseen, in order. */
  readonly logits: Float64Array
}

export function fitContentPart(
  { table, known, weights, unseen, options }: ContentFit,
  progress: ShareDone
): FittedContentPart {
  const { examples, passages } = examplesOf(table, known)
  const { model, losses } = fitContent(examples, weights, {
    ...options,
    passages,
    progress: (_, done, total) => progress(done / total)
  })
  try {
    const logits = Float64Array.from(scoreContent(model, examplesOf(table, unseen).examples))
    return { weights: weightsOf(model), losses, logits }
  } finally {
    model.dispose()
  }
}
