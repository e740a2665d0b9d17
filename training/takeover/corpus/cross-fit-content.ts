import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { contentDigest } from '../../../service/features/digest.ts'
import type { Manifest } from '../../../service/models/manifest.ts'
import { contentDefaults, fitContent } from '../../content/fit-content.ts'
import { weighExamples } from '../../content/content-example.ts'
import { loadContentCorpus } from '../../content/load-content-corpus.ts'
import { contentInputs, contentShape, sourceShares } from '../../content/train-content.ts'
import { exportModel } from '../../export-model.ts'
import type { Progress } from '../../progress.ts'
import { assignFolds, bucketOf } from '../../split/assign-folds.ts'
import { openContentModel, type OpenContentModel, type ReaderFor } from './observe-training-mail.ts'

export interface CrossFitOptions {
  readonly data: string | null
  readonly seed: number
  /** Of the model that will read at the installation: the halves answer on its scale. */
  readonly calibration: Manifest['calibration']
  readonly progress: Progress
}

/**
 * Two content models, each from the mail of half of all origins; a message is read by the one that has not learned from its origin.
 * A model is much surer of what it was trained on: a takeover network that learned from such readings would trust them too much.
 */
export async function crossFitContent(options: CrossFitOptions): Promise<ReaderFor> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-cross-fit-'))
  try {
    const halves = [await fitHalf(0, directory, options), await fitHalf(1, directory, options)]
    return (origin) => halves[halfOf(origin, options.seed)] ?? null
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** Knows the other half only. */
async function fitHalf(
  half: number,
  directory: string,
  { data, seed, calibration, progress }: CrossFitOptions
): Promise<OpenContentModel> {
  const { examples, passages } = await loadContentCorpus({
    data,
    seed,
    takes: ({ group, id }) => halfOf(group || id, seed) !== half,
    progress
  })
  const { cluster } = assignFolds(examples, 2, seed)
  const weights = weighExamples(examples, cluster, sourceShares)
  const { model } = fitContent(examples, weights, {
    ...contentDefaults,
    shape: contentShape,
    seed,
    passages,
    progress
  })
  const out = path.join(directory, String(half))
  await exportModel({
    directory: out,
    model,
    eightBit: ['wide/table', 'bag/table'],
    manifest: {
      name: 'content', version: `half-${half}`, kind: 'content-network', createdAt: '2026-01-01T00:00:00Z', seed,
      featureDigest: contentDigest, inputs: contentInputs, neutralRow: [], calibration, thresholds: [], metrics: {}, data: [], command: 'cross-fit'
    },
    files: {}
  }) // prettier-ignore
  model.dispose()
  return openContentModel(out)
}

function halfOf(origin: string, seed: number): number {
  return bucketOf(origin, 2, seed + 31)
}
