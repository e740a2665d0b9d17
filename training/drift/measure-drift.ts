import type { DriftReport, ModelDrift } from '../../service/contracts/drift.ts'
import type {
  DriftReader,
  JudgedMessage,
  JudgingVersions
} from '../../service/history/reader/drift-reader.ts'
import type { EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import type { RowSpan } from '../../service/history/reader/stream-rows.ts'
import type { ModelName } from '../../service/models/model-directory.ts'
import { readLabels, type Labels } from '../history/labels.ts'
import { noProgress, type Progress } from '../progress.ts'
import { createCalibration } from './calibration.ts'
import { columnGroupsOf, type Versions } from './column-groups.ts'
import type { CompareOptions } from './stability/compare-weeks.ts'
import { createHoldRate } from './hold-rate.ts'
import { openMeasuredGroup, type MeasuredGroup } from './measured-group.ts'
import { referenceOf, type TrainedOn } from './reference-weeks.ts'
import { reportOf } from './report/report-of.ts'
import { weekMs } from './week.ts'

export interface MeasureDriftOptions {
  readonly reader: DriftReader & EvidenceReader
  /** Default: the last year. */
  readonly span?: RowSpan
  /** Epoch ms. */
  readonly now: number
  readonly holdBudgetPer10k: number
  /** The share of bad mail that risks assume (`policy.badPrior`). */
  readonly badPrior: number
  /** Of a version: which of this installation's mail it learned from; null: none of it, or nobody knows. */
  readonly trainedOn: (name: ModelName, version: string) => Promise<TrainedOn | null>
  readonly firstWeeks?: number
  readonly limits?: Omit<CompareOptions, 'isReference'>
  readonly progress?: Progress
}

const usualWeeks = 53
/** Sums of a hundred and fifty columns by week stay below 50 MB. */
const mostWeeks = 209
const usualFirstWeeks = 4
/** As in training: what is older came by a wrong clock. */
const earliest = Date.UTC(2000, 0, 1)
const names = ['content', 'takeover'] as const
const progressEvery = 1_000

/**
 * How far mail, scores, risks and holds of an installation have moved since its models were trained or began to judge. Goes through history twice: for the
 * bins of the reference, then to count. What is known to be bad is left out: attacks come and go, and are not what mail is like.
 */
export async function measureDrift(options: MeasureDriftOptions): Promise<DriftReport> {
  const { reader, now, holdBudgetPer10k, badPrior } = options
  const span = boundedSpan(options)
  const judging = await reader.versions(span)
  const versions = judging[0] ?? null
  const labels = await readLabels(reader, span.senders === undefined ? {} : { senders: span.senders })
  const groups = versions === null ? [] : await openGroups(options, span.since, judging, versions)
  await drawBins(options, groups, labels)
  const calibration = createCalibration(badPrior)
  const spam = createCalibration(badPrior)
  const holds = createHoldRate(holdBudgetPer10k)
  const messages = await readAll(options, span, 'measure', (message) => {
    const label = labels.get(message.submission_id) ?? null
    if (message.takeover_model === versions?.takeover && message.risk_logit !== null)
      calibration.add(message.risk_logit, label)
    if (message.content_model === versions?.content && message.spam_logit !== null)
      spam.add(message.spam_logit, label)
    holds.add(message, label)
    if (label?.isBad !== true) for (const group of groups) group.count(message)
  })
  const until = Math.min(now, span.until)
  const items = names.map((name): ModelDrift => {
    const version = versions?.[name]
    return reportOf({
      name,
      version: version === undefined || version === '' ? null : version,
      groups: groups.filter((group) => group.name === name),
      until,
      limits: options.limits ?? {},
      calibration: (name === 'takeover' ? calibration : spam).end(),
      held: name === 'takeover' ? holds.end() : []
    })
  })
  return {
    createdAt: new Date(now).toISOString(),
    since: new Date(span.since).toISOString(),
    until: new Date(until).toISOString(),
    holdBudgetPer10k,
    messages,
    items
  }
}

type BoundedSpan = RowSpan & { readonly since: number; readonly until: number }

function boundedSpan({ span = {}, now }: MeasureDriftOptions): BoundedSpan {
  const until = Math.min(span.until ?? Infinity, now)
  const least = until - mostWeeks * weekMs
  const since = Math.max(span.since ?? until - usualWeeks * weekMs, least, earliest)
  return { ...span, since, until }
}

async function openGroups(
  { trainedOn, firstWeeks = usualFirstWeeks }: MeasureDriftOptions,
  since: number,
  judging: readonly JudgingVersions[],
  versions: Versions
): Promise<readonly MeasuredGroup[]> {
  const opened: MeasuredGroup[] = []
  for (const name of names) {
    const its = await trainedOn(name, versions[name])
    const choice = { versions, judging, trainedOn: its, since, firstWeeks }
    for (const group of columnGroupsOf(name, versions)) {
      const reference = referenceOf(group, choice)
      if (reference !== null) opened.push(openMeasuredGroup(name, group, reference))
    }
  }
  return opened
}

async function drawBins(
  options: MeasureDriftOptions,
  groups: readonly MeasuredGroup[],
  labels: Labels
): Promise<void> {
  if (groups.length === 0) return
  const since = Math.min(...groups.map(({ reference }) => reference.from))
  const until = Math.max(...groups.map(({ reference }) => reference.to))
  const { senders } = options.span ?? {}
  const span = { since, until: Math.min(until, options.now), ...(senders !== undefined && { senders }) }
  await readAll(options, span, 'draw bins', (message) => {
    if (labels.get(message.submission_id)?.isBad !== true) for (const group of groups) group.draw(message)
  })
}

async function readAll(
  { reader, progress = noProgress }: MeasureDriftOptions,
  span: RowSpan & { readonly since?: number; readonly until?: number },
  step: string,
  take: (message: JudgedMessage) => void
): Promise<number> {
  const expected = (await reader.versions(span)).reduce((sum, { messages }) => sum + messages, 0)
  let read = 0
  for await (const message of reader.judged(span)) {
    take(message)
    read += 1
    if (read % progressEvery === 0) progress(step, read, Math.max(read, expected))
  }
  progress(step, Math.max(1, read), Math.max(1, read))
  return read
}
