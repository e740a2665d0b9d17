import { writeFile } from 'node:fs/promises'
import { pathToFileURL, fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { behaviourDigest } from '../../service/features/digest.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { loadTakeoverModel } from '../../service/models/network/takeover-model.ts'
import { profileBounds, type ProfileBounds } from '../../service/profile/profile-bounds.ts'
import { balancedCalibrationError, balancedLogLoss } from '../measure/calibration-error.ts'
import { drawReliability } from '../reliability-picture.ts'
import { noProgress, type Progress } from '../progress.ts'
import { withWorkers } from '../workers/with-workers.ts'
import { buildRows, foldOf } from './build-rows.ts'
import { ensembleLearner, scoreOutOfFold, type TakeoverLearner } from './cross-validate.ts'
import { businessTable } from './evaluation/evaluate-business.ts'
import { evaluateGroups, treeLearner } from './evaluation/evaluate-groups.ts'
import { approachTable, historyTable, ruleTable, senderTable } from './evaluation/evaluation-slices.ts'
import { falseHoldTable, recallTable, type Thresholds } from './evaluation/evaluation-tables.ts'
import { takeoverDefaults } from './fit-takeover.ts'
import { isKeptForTheEnd } from '../split/kept-for-the-end.ts'
import {
  balanced,
  beatsConstant,
  thresholdsByFold,
  toScoredRow,
  type HoldRates,
  type ScoredRow
} from './evaluation/measure-takeover.ts'
import { openContentIfAny } from './corpus/observe-training-mail.ts'
import { sourceNames, type SenderHistory } from './corpus/sender-history.ts'
import { fullCorpus, loadTakeoverCorpus, type TakeoverCorpus } from './corpus/takeover-corpus.ts'
import {
  attackRate,
  budgetThresholds,
  bundledContent,
  calibrateOutOfFold,
  observers,
  prior
} from './train-takeover.ts'

export interface EvaluateTakeoverOptions {
  readonly seed: number
  readonly learn: TakeoverLearner
  readonly progress: Progress
  /** Called with each finished part of the report, in Markdown. */
  readonly report: (text: string) => void
}

/** Cross-validation over the training senders: tables and calibration. */
export function evaluateOutOfFold(
  corpus: TakeoverCorpus,
  { seed, learn, progress, report }: EvaluateTakeoverOptions
): readonly ScoredRow[] {
  const histories = trainingSenders(corpus)
  const { rows, fold } = foldsOf(corpus, seed, progress)
  const { scored } = calibrateOutOfFold(rows, scoreOutOfFold(rows, fold, learn, progress), fold)
  const thresholds = {
    takeover: thresholdsByFold(scored, 'takeover'),
    risk: thresholdsByFold(scored, 'risk')
  }
  const spam = scored.map(({ row }) => row.spamLogit ?? 0)
  report(`## Out of fold, ${histories.length} senders, thresholds from the other folds\n`)
  report(
    `${recallTable(scored, thresholds)}\n\n${falseHoldTable(scored, thresholds)}\n\n${calibrationLine(scored)}\n`
  )
  report(
    `### What senders notice\n\n${senderTable(scored, thresholds)}\n\n### By length of history (recall of risk at 0.1 % / 1 %)\n\n${historyTable(scored, thresholds)}\n`
  )
  const approaches = [
    { name: 'content alone', scores: spam },
    { name: 'takeover', scores: scored.map((one) => one.takeover) },
    { name: 'risk', scores: scored.map((one) => one.risk) }
  ]
  report(`### Beside other ways\n\n${approachTable(scored, approaches)}\n\n${ruleTable(scored)}\n`)
  const manifest = budgetThresholds(scored, [])
  for (const source of sourceNames) {
    const own = scored.filter(({ row }) => row.source === source)
    if (own.length > 0)
      report(
        `### ${source}\n\n${recallTable(own, thresholds)}\n\n${senderTable(own, thresholds)}\n\nWith the budget window on this traffic:\n\n${businessTable(own, manifest)}\n`
      )
  }
  return scored
}

/** The folds again, as far as the groups of features go: without each in turn. */
export function evaluateFeatureGroups(
  corpus: TakeoverCorpus,
  { seed, progress, report }: EvaluateTakeoverOptions
): void {
  const { rows, fold } = foldsOf(corpus, seed, progress)
  report(`## Without each group of features (trees alone)\n\n${evaluateGroups(rows, fold, seed, progress)}\n`)
}

function foldsOf(corpus: TakeoverCorpus, seed: number, progress: Progress, bounds?: ProfileBounds) {
  return buildRows({
    histories: trainingSenders(corpus),
    badMail: corpus.badMail,
    seed,
    attackRate,
    keepFolds: true,
    progress,
    ...(bounds && { bounds })
  })
}

/** The folds with smaller and larger profiles: what the bound on a profile costs. */
export function evaluateProfileSizes(
  corpus: TakeoverCorpus,
  { seed, progress, report }: EvaluateTakeoverOptions
): void {
  for (const scale of profileScales) {
    const { rows, fold } = foldsOf(corpus, seed, progress, profileBounds(scale))
    const scores = scoreOutOfFold(rows, fold, treeLearner(seed), progress)
    const scored = rows.map((row) => toScoredRow(row, 0, fold[row.sender] ?? 0))
    report(
      `## Profiles of ${scale} times the usual size (trees alone)\n\n${approachTable(scored, [{ name: `${scale}`, scores }])}\n`
    )
  }
}

const profileScales = [0.25, 0.5, 1, 2]

/** Trained without one source, background included; thresholds from held-out senders of the others; tested on the source. */
export function evaluateWithoutSource(
  corpus: TakeoverCorpus,
  { seed, learn, progress, report }: EvaluateTakeoverOptions
): void {
  const histories = trainingSenders(corpus)
  for (const source of sourceNames) {
    const others = histories.filter((one) => one.source !== source)
    const left = histories.filter((one) => one.source === source)
    if (others.length === 0 || left.length === 0) continue
    const { rows, background, fold } = buildRows({
      histories: others,
      badMail: corpus.badMail,
      seed,
      attackRate,
      keepFolds: true,
      progress
    })
    const heldBad = corpus.badMail.filter(({ group }) => foldOf(group, seed) === 0)
    const test = buildRows({
      histories: left,
      badMail: heldBad,
      seed,
      attackRate,
      keepFolds: false,
      background,
      progress
    })
    const model = learn(rows.filter(({ sender }) => fold[sender] !== 0), 0) // prettier-ignore
    const known = rows.filter(({ sender }) => fold[sender] === 0)
    const logits = model([...known, ...test.rows])
    const scored = [...known, ...test.rows].map((row, index) =>
      toScoredRow(row, (logits[index] ?? 0) + Math.log(prior / (1 - prior)), index < known.length ? 0 : 1)
    )
    const setting = scored.filter(({ fold: part }) => part === 0)
    const tested = scored.filter(({ fold: part }) => part === 1)
    const manifest = budgetThresholds(setting, [])
    const thresholds = {
      takeover: thresholdsByFold(tested, 'takeover', setting),
      risk: thresholdsByFold(tested, 'risk', setting)
    }
    report(
      `## Trained without ${source}, tested on it\n\n${falseHoldTable(tested, thresholds)}\n\nWith the budget window on this traffic:\n\n${businessTable(tested, manifest)}\n\n${recallTable(tested, thresholds)}\n`
    )
  }
}

/** The senders kept out of everything, scored by a finished model at its own thresholds, attacked with real phishing where there is some. */
export async function evaluateFinal(
  corpus: TakeoverCorpus,
  directory: string,
  { seed, progress, report }: EvaluateTakeoverOptions
): Promise<void> {
  const histories = corpus.histories.filter(({ sender }) => isKeptForTheEnd(sender))
  if (histories.length === 0) return
  const model = loadTakeoverModel(await readModelDirectory(directory, 'takeover', behaviourDigest))
  const badMail = corpus.phishing.length > 0 ? corpus.phishing : corpus.badMail
  const { rows } = buildRows({
    histories,
    badMail,
    seed,
    attackRate,
    keepFolds: false,
    background: model.background,
    progress
  })
  const logits = await model.predict(rows.map(({ row }) => row))
  const scored = rows.map((row, index) => toScoredRow(row, logits[index] ?? 0, 0))
  const at = (budget: number): number =>
    logitOf(model.thresholds.find(({ budgetPer10k }) => budgetPer10k === budget)?.hold ?? 1)
  const shipped: HoldRates = { tenth: at(10), one: at(100) }
  const thresholds: Thresholds = { takeover: new Map([[0, shipped]]), risk: new Map([[0, shipped]]) }
  report(
    `## Senders kept out of everything (${histories.length}), model ${model.version}, at its own thresholds\n`
  )
  const pooled = {
    takeover: thresholdsByFold(scored, 'takeover', scored),
    risk: thresholdsByFold(scored, 'risk', scored)
  }
  report(`At thresholds pooled over these senders (optimistic):\n\n${recallTable(scored, pooled)}\n`)
  report(
    `Both columns at the thresholds of risk.\n\n${recallTable(scored, thresholds)}\n\n${falseHoldTable(scored, thresholds)}\n\n${calibrationLine(scored)}\n`
  )
  for (const source of sourceNames) {
    const own = scored.filter(({ row }) => row.source === source)
    if (own.length > 0) report(`### ${source}\n\n${recallTable(own, thresholds)}\n`)
  }
}

function trainingSenders({ histories }: TakeoverCorpus): readonly SenderHistory[] {
  return histories.filter(({ sender }) => !isKeptForTheEnd(sender))
}

function logitOf(probability: number): number {
  return Math.log(probability / (1 - probability))
}

function calibrationLine(scored: readonly ScoredRow[]): string {
  const even = balanced(scored, prior)
  return `Takeover alone: class-balanced calibration error ${balancedCalibrationError(even).toFixed(4)}, log-loss ${balancedLogLoss(even).toFixed(4)} (a constant: 0.693).`
}

export const bundledTakeover = fileURLToPath(
  new URL('../../service/models/bundled/takeover', import.meta.url)
)

/** `node training/takeover/evaluate-takeover.ts --data DIR [--only folds,groups,sizes,sources,final] [--picture FILE.svg]`. Exit code 1: no better than a constant. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      model: { type: 'string', default: bundledTakeover },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      picture: { type: 'string' }
    }
  })
  const seed = Number(values.seed)
  await selectBackend('wasm')
  const content = await openContentIfAny(bundledContent)
  const corpus = await loadTakeoverCorpus({
    data: values.data ?? null,
    seed,
    limits: fullCorpus,
    progress: noProgress,
    ...(await withWorkers({}, (workers) =>
      observers(content, { data: values.data ?? null, seed, workers, progress: noProgress })
    ))
  })
  const learn = ensembleLearner({ ...takeoverDefaults, seed })
  const options = { seed, learn, progress: noProgress, report: printPart }
  printPart(`Content model: ${content?.version ?? 'none'}\n`)
  const wanted = (part: string): boolean => values.only === undefined || values.only.split(',').includes(part)
  if (wanted('folds')) {
    const scored = evaluateOutOfFold(corpus, options)
    if (!beatsConstant(scored, prior)) process.exitCode = 1
    const picture = drawReliability('Takeover model, out of fold', balanced(scored, prior))
    if (values.picture !== undefined) await writeFile(values.picture, picture)
  }
  if (wanted('groups')) evaluateFeatureGroups(corpus, options)
  if (wanted('sizes')) evaluateProfileSizes(corpus, options)
  if (wanted('sources')) evaluateWithoutSource(corpus, options)
  if (wanted('final')) await evaluateFinal(corpus, values.model, options)
}

function printPart(text: string): void {
  process.stdout.write(`${text}\n`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
