import type { LayersModel } from '@tensorflow/tfjs-layers'
import { setWeightsOf } from '../model-weights.ts'
import type { Progress } from '../progress.ts'
import type { GrownForest } from '../trees/forest.ts'
import type { Workers } from '../workers/open-workers.ts'
import { folds } from './build-rows.ts'
import type { BehaviourRow } from './behaviour-rows.ts'
import { buildTakeoverNetwork } from './build-takeover-network.ts'
import type { FitTakeoverOptions } from './fit-takeover.ts'
import type { TakeoverFit } from './fit-takeover-part.ts'
import { toRowTable } from './row-table.ts'

export interface FittedEnsemble {
  /** Of each row, from networks and trees that never saw its sender, nor the impostor or the bad mail in it; NaN: there are none. */
  readonly raw: Float64Array
  /** Learned from all rows. The caller disposes the model. */
  readonly model: LayersModel
  readonly losses: readonly number[]
  readonly forest: GrownForest
}

export interface FitEnsembleOptions {
  readonly fit: Omit<FitTakeoverOptions, 'progress'>
  readonly workers: Workers
  readonly progress: Progress
}

/**
 * Networks and trees, joined as the service joins them: once on all rows, and once without each fold for scores that calibrate. `fold` is by
 * sender. All fits are jobs of their own, the longest first.
 */
export async function fitEnsemble(
  rows: readonly BehaviourRow[],
  fold: readonly number[],
  { fit, workers, progress }: FitEnsembleOptions
): Promise<FittedEnsemble> {
  const table = toRowTable(rows)
  const jobs = jobsOf(rows, fold).map(({ held, known, unseen }): TakeoverFit => {
    const seed = held === null ? fit.seed : fit.seed + held
    return { table, known, unseen, options: { ...fit, seed } }
  })
  const [networks, forests] = await Promise.all([
    workers.run('takeover network', jobs, progress),
    workers.run('takeover forest', jobs, progress)
  ])
  const raw = new Float64Array(rows.length).fill(Number.NaN)
  for (const [job, { unseen }] of jobs.entries())
    for (const [at, index] of unseen.entries())
      raw[index] = ((networks[job]?.logits[at] ?? Number.NaN) + (forests[job]?.logits[at] ?? Number.NaN)) / 2
  const [network] = networks
  const [last] = forests
  if (network === undefined || last === undefined) throw new RangeError('there are no rows to learn from')
  const model = buildTakeoverNetwork({ ...fit, features: table.columns }, fit.seed)
  setWeightsOf(model, network.weights)
  return { raw, model, losses: network.losses, forest: last.forest }
}

interface Job {
  /** The fold that is scored; null: none, for good. */
  readonly held: number | null
  readonly known: Int32Array
  readonly unseen: Int32Array
}

function jobsOf(rows: readonly BehaviourRow[], fold: readonly number[]): readonly Job[] {
  const numbers = Int32Array.from(rows.keys())
  const whole: Job = { held: null, known: numbers, unseen: new Int32Array() }
  const parts = Array.from({ length: folds }, (_, held): Job => {
    const isHeld = (row: number): boolean => fold[rows[row]?.sender ?? -1] === held
    return { held, known: numbers.filter((row) => !isHeld(row)), unseen: numbers.filter(isHeld) }
  })
  return [whole, ...parts.filter(({ known, unseen }) => known.length > 0 && unseen.length > 0)]
}
