import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeBackground } from '../../service/features/background-codec.ts'
import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import { encodeForest } from '../../service/models/forest/forest-codec.ts'
import { calibrate, type Calibration } from '../../service/models/calibration.ts'
import type { Manifest } from '../../service/models/manifest.ts'
import type { BudgetThreshold } from '../../service/models/model-ports.ts'
import type { NetworkLookup } from '../../service/scoring/networks/network-lookup.ts'
import { openTemporaryNetworks } from '../../service/scoring/networks/temporary-networks.ts'
import type { TrainRunOptions } from '../train-run-options.ts'
import { exportModel } from '../export-model.ts'
import { fitPlatt } from '../fit-calibration.ts'
import { drawCurves } from '../learning-curve.ts'
import { startBackend } from '../accelerator/choose-backend.ts'
import { takeoverWork } from '../accelerator/fit-work.ts'
import { noProgress } from '../progress.ts'
import { withWorkers } from '../workers/with-workers.ts'
import type { Workers } from '../workers/open-workers.ts'
import { drawReliability } from '../reliability-picture.ts'
import { thresholdsByBudget } from '../thresholds.ts'
import type { BehaviourRow } from './behaviour-rows.ts'
import { buildRows } from './build-rows.ts'
import { crossFitContent, type CrossFitOptions } from './corpus/cross-fit-content.ts'
import { fitEnsemble } from './fit-ensemble.ts'
import { takeoverDefaults } from './fit-takeover.ts'
import { isKeptForTheEnd } from '../split/kept-for-the-end.ts'
import {
  balanced,
  countsAsHonest,
  takeoverMetrics,
  toScoredRow,
  type ScoredRow
} from './evaluation/measure-takeover.ts'
import { neutralRowOf } from './neutral-row.ts'
import { createObserve, openContentIfAny, type OpenContentModel } from './corpus/observe-training-mail.ts'
import { provenanceOf } from './corpus/provenance.ts'
import { takeoverCard } from './takeover-card.ts'
import {
  fullCorpus,
  loadTakeoverCorpus,
  type CorpusLimits,
  type CorpusOptions,
  type TakeoverCorpus
} from './corpus/takeover-corpus.ts'

export interface TrainTakeoverOptions extends TrainRunOptions {
  /** Directory of the content model that risk is fused with. Default: the bundled one; where none loads, risk is the takeover model's alone. */
  readonly contentDirectory?: string
  readonly limits?: CorpusLimits
}

/** Composed attacks per honest message; with the thread attacks there are about as many attacks as honest messages. */
export const attackRate = 0.8
/** DESIGN.md section 4: the share of bad mail that calibrated scores assume. */
export const prior = 0.001

export const bundledContent = fileURLToPath(new URL('../../service/models/bundled/content', import.meta.url))

/** Out-of-fold scores → calibration, thresholds and measures; then one fit on all training senders, written as a model directory. */
export async function trainTakeover(options: TrainTakeoverOptions): Promise<Manifest> {
  const {
    data,
    seed,
    contentDirectory = bundledContent,
    limits = fullCorpus,
    progress = noProgress
  } = options
  await startBackend(options, takeoverWork(takeoverDefaults))
  const content = await openContentIfAny(contentDirectory)
  return withWorkers(options, async (workers) => {
    const observed = await observers(content, { data, seed, workers, progress })
    const corpus = await loadTakeoverCorpus({ data, seed, limits, progress, ...observed })
    return trainOnCorpus(corpus, { ...options, content, workers })
  })
}

/** What training mail is read by, and mail that training must not see. */
export async function observers(
  content: OpenContentModel | null,
  options: Omit<CrossFitOptions, 'calibration'>
): Promise<Pick<CorpusOptions, 'observe' | 'observeKept'>> {
  if (content === null) return unreadObservers()
  const originOf = await networksOfToday()
  const crossFitted = await crossFitContent({ ...options, calibration: content.calibration })
  return {
    observe: createObserve(crossFitted, originOf),
    observeKept: createObserve(() => content, originOf)
  }
}

/** Of mail that nothing reads. */
export async function unreadObservers(): Promise<Pick<CorpusOptions, 'observe' | 'observeKept'>> {
  const unread = createObserve(() => null, await networksOfToday())
  return { observe: unread, observeKept: unread }
}

/** Whose an address is now, as the service would say; what an old archive's address was then nobody knows. */
async function networksOfToday(): Promise<NetworkLookup['originOf']> {
  const lookup = await openTemporaryNetworks(null)
  await lookup.ready()
  await lookup.close()
  return lookup.originOf
}

export interface TrainOnCorpusOptions extends Omit<
  TrainTakeoverOptions,
  'data' | 'contentDirectory' | 'limits'
> {
  /** Whose scores the corpus holds; null: none. */
  readonly content: Pick<OpenContentModel, 'version' | 'thresholds'> | null
  readonly workers: Workers
  /** What the card says at its end. */
  readonly cardMore?: string
}

/** The run after everything has been observed. */
export async function trainOnCorpus(
  corpus: TakeoverCorpus,
  options: TrainOnCorpusOptions
): Promise<Manifest> {
  const { seed, out, version, createdAt, command, content, workers } = options
  const { cardMore = '', progress = noProgress } = options
  const histories = corpus.histories.filter(({ sender }) => !isKeptForTheEnd(sender))
  const { rows, background, fold } = buildRows({
    histories,
    badMail: corpus.badMail,
    seed,
    attackRate,
    keepFolds: true,
    progress
  })
  const fitted = await fitEnsemble(rows, fold, { fit: { ...takeoverDefaults, seed }, workers, progress })
  const { raw, model, losses, forest } = fitted
  const { calibration, scored } = calibrateOutOfFold(rows, raw, fold)
  const thresholds = budgetThresholds(scored, content?.thresholds ?? [])
  const metrics = takeoverMetrics(scored, prior)
  const facts = {
    version,
    createdAt,
    command,
    calibration,
    thresholds,
    metrics,
    data: provenanceOf(corpus, histories, rows)
  }
  const manifest = await exportModel({
    directory: path.join(out, 'takeover'),
    model,
    eightBit: [],
    manifest: {
      ...facts, name: 'takeover', kind: 'behaviour-network', seed, featureDigest: behaviourDigest,
      inputs: [{ name: 'row', shape: [null, behaviourFeatureNames.length], dtype: 'float32' }],
      neutralRow: neutralRowOf(rows)
    },
    files: {
      'background.bin': encodeBackground(background),
      'forest.bin': encodeForest(forest),
      'MODEL_CARD.md': takeoverCard({ ...facts, contentVersion: content?.version ?? null, senders: histories.length, rows: rows.length }) + cardMore,
      'reliability.svg': drawReliability('Takeover model, out of fold', balanced(scored, prior)),
      'learning-curve.svg': drawCurves('Takeover model: training loss', [{ name: 'weighted log-loss', values: losses }])
    }
  }) // prettier-ignore
  model.dispose()
  return manifest
}

/** Platt scaling on the whole walks, with balanced classes; then every row at the prior. */
export function calibrateOutOfFold(
  rows: readonly BehaviourRow[],
  raw: Float64Array,
  fold: readonly number[]
): { calibration: Calibration; scored: readonly ScoredRow[] } {
  const usable = rows.flatMap((row, index) => {
    const score = raw[index] ?? Number.NaN
    return Number.isFinite(score) ? [{ row, score, isBad: row.family !== 'honest' }] : []
  })
  const calibration = {
    method: 'platt' as const,
    ...fitPlatt(usable.filter(({ row }) => !row.repeated)),
    prior
  }
  return {
    calibration,
    scored: usable.map(({ row, score }) =>
      toScoredRow(row, calibrate(score, calibration), fold[row.sender] ?? 0)
    )
  }
}

/** Hold: what honest risk exceeds. Block: what honest content alone exceeds, here and on the content model's own mail. */
export function budgetThresholds(
  scored: readonly ScoredRow[],
  ofContent: readonly BudgetThreshold[]
): Manifest['thresholds'] {
  const honest = scored.filter(countsAsHonest)
  const points = thresholdsByBudget({
    risk: honest.map(({ risk }) => risk),
    spam: honest.flatMap(({ row }) => row.spamLogit ?? [])
  })
  return points.map((point) => {
    const own = ofContent.find(({ budgetPer10k }) => budgetPer10k === point.budgetPer10k)
    return { ...point, block: Math.max(point.hold, point.block, own?.block ?? 0) }
  })
}
