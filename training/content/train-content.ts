import path from 'node:path'
import { contentDigest } from '../../service/features/digest.ts'
import { calibrate, type Calibration } from '../../service/models/calibration.ts'
import type { Manifest } from '../../service/models/manifest.ts'
import { exportModel } from '../export-model.ts'
import { fitPlatt } from '../fit-calibration.ts'
import { drawCurves } from '../learning-curve.ts'
import { startBackend } from '../accelerator/choose-backend.ts'
import { contentWork } from '../accelerator/fit-work.ts'
import { noProgress } from '../progress.ts'
import { assignFolds } from '../split/assign-folds.ts'
import { thresholdsByBudget } from '../thresholds.ts'
import { contentCard } from './content-card.ts'
import { contentInputs, contentShape, sourceShares } from './content-network-choices.ts'
import type { ContentExample } from './content-example.ts'
import {
  contentDefaults,
  fitContent,
  scoreContent,
  type FitContentOptions,
  type FittedContent
} from './fit-content.ts'
import { loadContentCorpus, loadPhishing, type ContentCorpus } from './load-content-corpus.ts'
import { drawReliability } from '../reliability-picture.ts'
import type { TrainRunOptions } from '../train-run-options.ts'
import { sliceMetrics } from './content-metrics.ts'
import { observeIn, withWorkers } from '../workers/with-workers.ts'
import type { Workers } from '../workers/open-workers.ts'
import { fitContentFolds } from './fit-content-folds.ts'
import type { Learner } from './out-of-fold.ts'

const calibrationFolds = 3
/** DESIGN.md section 4: the share of bad mail that calibrated scores assume. */
export const prior = 0.001

/** Out-of-fold scores → calibration and thresholds; then one fit on everything, written as a model directory. */
export async function trainContent(options: TrainRunOptions): Promise<Manifest> {
  const { data, seed, progress = noProgress } = options
  await startBackend(options, contentWork({ ...contentDefaults, shape: contentShape }))
  return withWorkers(options, async (workers) =>
    trainOnContent(await loadContentCorpus({ data, seed, progress, observe: observeIn(workers) }), {
      ...options,
      workers
    })
  )
}

export interface TrainOnContentOptions extends TrainRunOptions {
  readonly workers: Workers
  /** What the card says at its end. */
  readonly cardMore?: string
}

/** The run after everything has been observed. */
export async function trainOnContent(
  corpus: ContentCorpus,
  options: TrainOnContentOptions
): Promise<Manifest> {
  const { data, seed, cardMore = '', progress = noProgress, workers } = options
  const split = { ...assignFolds(corpus.examples, calibrationFolds, seed), folds: calibrationFolds }
  const fit = { ...contentDefaults, shape: contentShape, seed }
  const { raw, model, losses } = await fitContentFolds(corpus, split, {
    fit,
    shares: sourceShares,
    workers,
    progress
  })
  const { calibration, logits } = calibrateOutOfFold(corpus.examples, raw)
  try {
    const phishing = data === null ? null : await loadPhishing(data, progress)
    const phishingLogits = scoreContent(model, phishing?.examples ?? []).map((one) =>
      calibrate(one, calibration)
    )
    const metrics = sliceMetrics({ examples: corpus.examples, logits, phishingLogits, prior })
    return await write(options, {
      corpus,
      phishing,
      final: { model, losses },
      calibration,
      logits,
      metrics,
      cardMore
    })
  } finally {
    model.dispose()
  }
}

interface Calibrated {
  readonly calibration: Calibration
  /** Calibrated, out of fold, beside the examples. */
  readonly logits: readonly number[]
}

function calibrateOutOfFold(examples: readonly ContentExample[], raw: Float64Array): Calibrated {
  const scored = examples.map(({ isBad }, index) => ({ score: raw[index] ?? 0, isBad }))
  const calibration = { method: 'platt' as const, ...fitPlatt(scored), prior }
  return { calibration, logits: Array.from(raw, (score) => calibrate(score, calibration)) }
}

interface Trained extends Calibrated {
  readonly corpus: ContentCorpus
  readonly phishing: ContentCorpus | null
  readonly final: FittedContent
  readonly metrics: Manifest['metrics']
  readonly cardMore: string
}

function write(options: TrainRunOptions, trained: Trained): Promise<Manifest> {
  const { version, createdAt, command, seed } = options
  const { corpus, phishing, final, calibration, logits, metrics, cardMore } = trained
  const honest = logits.filter((_, index) => corpus.examples[index]?.isBad === false)
  const thresholds = thresholdsByBudget({ risk: honest, spam: honest })
  const facts = { version, createdAt, command, metrics, calibration, thresholds }
  return exportModel({
    directory: path.join(options.out, 'content'),
    model: final.model,
    eightBit: ['wide/table', 'bag/table'],
    manifest: {
      ...facts, name: 'content', kind: 'content-network', seed, featureDigest: contentDigest, inputs: contentInputs, neutralRow: [],
      data: provenanceOf(corpus, phishing)
    },
    files: {
      'MODEL_CARD.md': contentCard({ ...facts, examples: corpus.examples }) + cardMore,
      'reliability.svg': drawReliability('Content model, out of fold', logits.map((score, index) => ({ score, isBad: corpus.examples[index]?.isBad === true }))),
      'learning-curve.svg': drawCurves('Content model: training loss', [{ name: 'weighted log-loss', values: final.losses }])
    }
  }) // prettier-ignore
}

/** The network as a learner; every model is freed after it scored. */
export function networkLearner(options: FitContentOptions): Learner {
  return (examples, weights) => {
    const { model } = fitContent(examples, weights, options)
    return (unseen) => {
      try {
        return scoreContent(model, unseen)
      } finally {
        model.dispose()
      }
    }
  }
}

function provenanceOf(corpus: ContentCorpus, phishing: ContentCorpus | null): Manifest['data'] {
  return [...sourcesOf(corpus, 'train'), ...(phishing === null ? [] : sourcesOf(phishing, 'measure'))]
}

function sourcesOf({ provenance, examples }: ContentCorpus, use: 'train' | 'measure'): Manifest['data'] {
  return provenance.map(({ source, ...more }) => ({ source, ...more, use, ...countOf(examples, source) }))
}

function countOf(examples: readonly ContentExample[], name: string): { honest: number; bad: number } {
  const own = examples.filter(({ source }) => source === name)
  const bad = own.filter(({ isBad }) => isBad).length
  return { honest: own.length - bad, bad }
}
