import { scoreForest } from '../../service/models/forest/forest.ts'
import { weightsOf, type ModelWeights } from '../model-weights.ts'
import type { GrownForest } from '../trees/forest.ts'
import type { ShareDone } from '../progress.ts'
import { fitForest } from './fit-forest.ts'
import { fitTakeover, scoreTakeover, type FitTakeoverOptions } from './fit-takeover.ts'
import { rowsOf, type RowTable } from './row-table.ts'

/** One fit on some rows of a table, and others that it is to score. */
export interface TakeoverFit {
  readonly table: RowTable
  readonly known: Int32Array
  readonly unseen: Int32Array
  readonly options: Omit<FitTakeoverOptions, 'progress'>
}

export interface FittedNetworkPart {
  readonly weights: ModelWeights
  /** Mean weighted loss per epoch. */
  readonly losses: readonly number[]
  /** Raw logits of what was unseen, in order. */
  readonly logits: Float64Array
}

export interface FittedForestPart {
  readonly forest: GrownForest
  readonly logits: Float64Array
}

export function fitNetworkPart(
  { table, known, unseen, options }: TakeoverFit,
  progress: ShareDone
): FittedNetworkPart {
  const { model, losses } = fitTakeover(rowsOf(table, known), {
    ...options,
    progress: (_, done, total) => progress(done / total)
  })
  try {
    const logits = Float64Array.from(scoreTakeover(model, rowsOf(table, unseen)))
    return { weights: weightsOf(model), losses, logits }
  } finally {
    model.dispose()
  }
}

export function fitForestPart(
  { table, known, unseen, options }: TakeoverFit,
  progress: ShareDone
): FittedForestPart {
  const forest = fitForest(rowsOf(table, known), options.seed, (_, done, total) => progress(done / total))
  return { forest, logits: Float64Array.from(rowsOf(table, unseen), ({ row }) => scoreForest(forest, row)) }
}
