import path from 'node:path'
import { contentDigest } from '../../service/features/digest.ts'
import { calibrate, type Calibration } from '../../service/models/calibration.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import type { Manifest } from '../../service/models/manifest.ts'
import { contentBuckets, structureNames } from '../../service/observation/observation.ts'
import { exportModel } from '../export-model.ts'
import { fitPlatt } from '../fit-calibration.ts'
import { drawCurves } from '../learning-curve.ts'
import { noProgress } from '../progress.ts'
import { assignFolds } from '../split/assign-folds.ts'
import { thresholdsByBudget } from '../thresholds.ts'
import { contentCard } from './content-card.ts'
import { weighExamples, type ContentExample, type SourceShares } from './content-example.ts'
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
import { scoreOutOfFold, type Learner, type Split } from './out-of-fold.ts'

/** How much each source may say within its class, whatever its size. */
export const sourceShares: SourceShares = {
  'spam-assassin': 4,
  'ling-spam': 1,
  enron: 2,
  histories: 1.5,
  synthetic: 4,
  carriers: 2,
  installation: 4
}

export const contentShape = {
  buckets: contentBuckets,
  bagRows: 65_536,
  bagUnits: 8,
  hiddenUnits: 16,
  structure: structureNames.length
}

const calibrationFolds = 3
/** DESIGN.md section 4: the share of bad mail that calibrated scores assume. */
export const prior = 0.001

/** Out-of-fold scores → calibration and thresholds; then one fit on everything, written as a model directory. */
export async function trainContent(options: TrainRunOptions): Promise<Manifest> {
  const { data, seed, progress = noProgress } = options
  await selectBackend('wasm')
  return trainOnContent(await loadContentCorpus({ data, seed, progress }), options)
}

/** The run after everything has been observed. `cardMore`: what the card says at its end. */
export async function trainOnContent(
  corpus: ContentCorpus,
  options: TrainRunOptions,
  cardMore = ''
): Promise<Manifest> {
  const { data, seed, progress = noProgress } = options
  const split = { ...assignFolds(corpus.examples, calibrationFolds, seed), folds: calibrationFolds }
  const fitOptions: FitContentOptions = {
    ...contentDefaults,
    shape: contentShape,
    seed,
    passages: corpus.passages,
    progress
  }
  const { calibration, logits } = calibrateOutOfFold(corpus.examples, split, fitOptions)
  const weights = weighExamples(corpus.examples, split.cluster, sourceShares)
  const final = fitContent(corpus.examples, weights, fitOptions)
  const phishing = data === null ? null : await loadPhishing(data, progress)
  const phishingLogits = scoreContent(final.model, phishing?.examples ?? []).map((raw) =>
    calibrate(raw, calibration)
  )
  const metrics = sliceMetrics({ examples: corpus.examples, logits, phishingLogits, prior })
  try {
    return await write(options, { corpus, phishing, final, calibration, logits, metrics, cardMore })
  } finally {
    final.model.dispose()
  }
}

interface Calibrated {
  readonly calibration: Calibration
  /** Calibrated, out of fold, beside the examples. */
  readonly logits: readonly number[]
}

function calibrateOutOfFold(
  examples: readonly ContentExample[],
  split: Split,
  options: FitContentOptions
): Calibrated {
  const raw = [...scoreOutOfFold(examples, split, sourceShares, networkLearner(options), options.progress)]
  const scored = examples.map(({ isBad }, index) => ({ score: raw[index] ?? 0, isBad }))
  const calibration = { method: 'platt' as const, ...fitPlatt(scored), prior }
  return { calibration, logits: raw.map((score) => calibrate(score, calibration)) }
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

export const contentInputs = [
  { name: 'tokens', shape: [null, null], dtype: 'int32' },
  { name: 'structure', shape: [null, structureNames.length], dtype: 'float32' }
]

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
