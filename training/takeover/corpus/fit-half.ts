import path from 'node:path'
import { contentDigest } from '../../../service/features/digest.ts'
import type { Manifest } from '../../../service/models/manifest.ts'
import { weighExamples } from '../../content/content-example.ts'
import { contentInputs, contentShape, sourceShares } from '../../content/content-network-choices.ts'
import { contentDefaults, fitContent } from '../../content/fit-content.ts'
import { loadContentCorpus } from '../../content/load-content-corpus.ts'
import { exportModel } from '../../export-model.ts'
import type { ShareDone } from '../../progress.ts'
import { assignFolds, bucketOf } from '../../split/assign-folds.ts'

/** A job for a thread: values only. */
export interface HalfToFit {
  readonly data: string | null
  readonly seed: number
  /** Of the model that will read at the installation: the halves answer on its scale. */
  readonly calibration: Manifest['calibration']
  readonly half: number
  readonly directory: string
}

/** Knows the other half only. Answers the directory of the model. */
export async function fitHalf(
  { half, directory, data, seed, calibration }: HalfToFit,
  progress: ShareDone
): Promise<string> {
  const { examples, passages } = await loadContentCorpus({
    data,
    seed,
    takes: ({ group, id }) => halfOf(group || id, seed) !== half,
    progress: (_, done, total) => progress(done / total / 2)
  })
  const { cluster } = assignFolds(examples, 2, seed)
  const weights = weighExamples(examples, cluster, sourceShares)
  const { model } = fitContent(examples, weights, {
    ...contentDefaults,
    shape: contentShape,
    seed,
    passages,
    progress: (_, done, total) => progress((1 + done / total) / 2)
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
  return out
}

/** 0 or 1: of the two models, the one that has not learned from this origin. */
export function halfOf(origin: string, seed: number): number {
  return bucketOf(origin, 2, seed + 31)
}
