import { calibrate } from '../../service/models/calibration.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { fitPlatt } from '../fit-calibration.ts'
import { balancedCalibrationError, balancedLogLoss } from '../measure/calibration-error.ts'
import { bootstrapShare, poissonInterval, type Interval } from '../measure/intervals.ts'
import { areaUnderCurve, averagePrecision, shareAbove, thresholdAt } from '../measure/ranking.ts'
import { noProgress, type Progress } from '../progress.ts'
import { assignFolds, dropDuplicates } from '../split/assign-folds.ts'
import { percent, textTable } from '../text-table.ts'
import type { ContentExample } from './content-example.ts'
import { contentDefaults } from './fit-content.ts'
import { loadContentCorpus, loadSpamAssassinAlone } from './load-content-corpus.ts'
import { fitLogistic } from './logistic-baseline.ts'
import { scoreOutOfFold, type Learner, type Split } from './out-of-fold.ts'
import { contentShape, sourceShares } from './content-network-choices.ts'
import { networkLearner } from './train-content.ts'

export interface CompareOptions {
  /** Directory of the optional sets; null: the SpamAssassin corpus alone. */
  readonly data: string | null
  readonly seed: number
  readonly folds: number
  readonly progress?: Progress
}

/** What one learner reached on one part of the mail. */
export interface ContentResult {
  readonly learner: string
  readonly slice: string
  readonly honest: number
  readonly bad: number
  readonly recall: Readonly<Record<RateName, { share: number; low: number; high: number }>>
  /** Honest messages above thresholds that the other folds set. */
  readonly falseAlarms: Readonly<Record<RateName, { count: number; low: number; high: number }>>
  readonly pooledRecall: Readonly<Record<RateName, number>>
  readonly oneMinusAuc: number
  readonly averagePrecision: number
  readonly calibrationError: number
  readonly logLoss: number
}

const rates = { tenth: 0.001, one: 0.01 } as const
type RateName = keyof typeof rates

/**
 * The content network beside plain hashed logistic regression: the same messages, tokens, folds and weights. SpamAssassin by itself first; with
 * `data` also everything together, told by source. Duplicates are dropped; near-duplicates, threads and campaigns never cross folds.
 */
export async function compareLearners({
  data,
  seed,
  folds,
  progress = noProgress
}: CompareOptions): Promise<readonly ContentResult[]> {
  const { examples, passages } =
    data === null ? await loadSpamAssassinAlone(progress) : await loadContentCorpus({ data, seed, progress })
  const learners: Readonly<Record<string, Learner>> = {
    'hashed logistic': (known, weights) => {
      const logit = fitLogistic(known, weights, { buckets: contentShape.buckets, epochs: 12, l2: 1e-5, seed })
      return (unseen) => unseen.map(({ tokens }) => logit(tokens))
    },
    'content network': networkLearner({ ...contentDefaults, shape: contentShape, seed, passages })
  }
  const results: ContentResult[] = []
  for (const [learner, learn] of Object.entries(learners)) {
    const own = dropDuplicates(examples.filter(({ source }) => source === 'spam-assassin'))
    results.push(...evaluate(own, { learner, learn, slices: ['spam-assassin'], seed, folds, progress }))
    if (data === null) continue
    const all = dropDuplicates(examples)
    const slices = ['all', ...new Set(all.map(({ source }) => source))]
    results.push(
      ...evaluate(all, { learner: `${learner}, all sources`, learn, slices, seed, folds, progress })
    )
  }
  return results
}

interface Run {
  readonly learner: string
  readonly learn: Learner
  readonly slices: readonly string[]
  readonly seed: number
  readonly folds: number
  readonly progress: Progress
}

interface Outcome {
  readonly example: ContentExample
  readonly score: number
  readonly logit: number
  readonly fold: number
  readonly cluster: number
}

function evaluate(
  examples: readonly ContentExample[],
  { learner, learn, slices, seed, folds, progress }: Run
): ContentResult[] {
  const split: Split = { ...assignFolds(examples, folds, seed), folds }
  const scores = scoreOutOfFold(examples, split, sourceShares, learn, (step, done, total) =>
    progress(`${learner}: ${step}`, done, total)
  )
  const outcomes = calibrateByFold(examples, scores, split)
  const thresholds = thresholdsByFold(outcomes, folds)
  return slices.map((slice) => ({
    learner,
    slice,
    ...measure(
      outcomes.filter(({ example }) => slice === 'all' || example.source === slice),
      thresholds,
      seed
    )
  }))
}

/** Platt scaling for each fold from the other folds' scores. */
function calibrateByFold(
  examples: readonly ContentExample[],
  scores: Float64Array,
  { fold, cluster, folds }: Split
): Outcome[] {
  const scored = examples.map(({ isBad }, index) => ({
    isBad,
    score: scores[index] ?? 0,
    fold: fold[index] ?? 0
  }))
  const platts = Array.from({ length: folds }, (_, held) =>
    fitPlatt(scored.filter((one) => one.fold !== held))
  )
  return examples.map((example, index) => {
    const own = fold[index] ?? 0
    const platt = platts[own] ?? { slope: 1, intercept: 0 }
    const score = scores[index] ?? 0
    return {
      example,
      score,
      logit: calibrate(score, { method: 'platt', ...platt, prior: 0.5 }),
      fold: own,
      cluster: cluster[index] ?? -1
    }
  })
}

type Thresholds = Readonly<Record<RateName, readonly number[]>>

/** Per fold, the calibrated logit that the other folds' honest mail exceeds at each rate. */
function thresholdsByFold(outcomes: readonly Outcome[], folds: number): Thresholds {
  const at = (rate: number): number[] =>
    Array.from({ length: folds }, (_, held) =>
      thresholdAt(
        outcomes.filter(({ fold, example }) => fold !== held && !example.isBad).map(({ logit }) => logit),
        rate
      )
    )
  return { tenth: at(rates.tenth), one: at(rates.one) }
}

function measure(outcomes: readonly Outcome[], thresholds: Thresholds, seed: number): Omit<ContentResult, 'learner' | 'slice'> {
  const honest = outcomes.filter(({ example }) => !example.isBad)
  const bad = outcomes.filter(({ example }) => example.isBad)
  const isAbove = ({ logit, fold }: Outcome, rate: RateName): boolean => logit > (thresholds[rate][fold] ?? Infinity)
  const scored = outcomes.map(({ logit, example }) => ({ score: logit, isBad: example.isBad }))
  const recall = (rate: RateName) => {
    const campaigns = [...Map.groupBy(bad, ({ cluster }) => cluster).values()]
    const groups = campaigns.map((own) => ({ hits: own.filter((one) => isAbove(one, rate)).length, trials: own.length }))
    return { share: bad.filter((one) => isAbove(one, rate)).length / bad.length, ...bootstrapShare(groups, createRandom(seed)) }
  }
  const falseAlarms = (rate: RateName) => {
    const count = honest.filter((one) => isAbove(one, rate)).length
    return { count, ...poissonInterval(count) }
  }
  const pooled = (rate: number): number => shareAbove(bad.map(({ logit }) => logit), thresholdAt(honest.map(({ logit }) => logit), rate))
  return {
    honest: honest.length,
    bad: bad.length,
    recall: { tenth: recall('tenth'), one: recall('one') },
    falseAlarms: { tenth: falseAlarms('tenth'), one: falseAlarms('one') },
    pooledRecall: { tenth: pooled(rates.tenth), one: pooled(rates.one) },
    oneMinusAuc: 1 - areaUnderCurve(scored),
    averagePrecision: averagePrecision(scored),
    calibrationError: balancedCalibrationError(scored),
    logLoss: balancedLogLoss(scored)
  }
} // prettier-ignore

/** The results as a table for people. */
export function contentTable(results: readonly ContentResult[]): string {
  return textTable(
    ['learner', 'mail', 'honest', 'bad', 'recall % at 0.1 %', 'recall % at 1 %', 'false % at 0.1 %', 'false % at 1 %', 'pooled 0.1 / 1 %', '1-AUC %', 'AP', 'ECE', 'log-loss'],
    results.map((one) => [
      one.learner, one.slice, String(one.honest), String(one.bad), recallText(one.recall.tenth), recallText(one.recall.one),
      alarmText(one.falseAlarms.tenth, one.honest), alarmText(one.falseAlarms.one, one.honest),
      `${percent(one.pooledRecall.tenth)} / ${percent(one.pooledRecall.one)}`, percent(one.oneMinusAuc, 3), one.averagePrecision.toFixed(4),
      one.calibrationError.toFixed(4), one.logLoss.toFixed(4)
    ])
  ) // prettier-ignore
}

function recallText({ share, low, high }: Interval & { readonly share: number }): string {
  return `${percent(share)} (${percent(low)}-${percent(high)})`
}

function alarmText({ count, low, high }: Interval & { readonly count: number }, honest: number): string {
  return `${percent(count / honest, 2)} (${percent(low / honest, 2)}-${percent(high / honest, 2)})`
}
