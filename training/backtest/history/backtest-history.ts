import type { EvidenceReader } from '../../../service/history/reader/evidence-reader.ts'
import type { ReplayReader } from '../../../service/history/reader/replay-reader.ts'
import type { RowSpan } from '../../../service/history/reader/stream-rows.ts'
import type { BudgetWindowOptions } from '../../../service/verdict/budget/budget-window.ts'
import { probabilityOf } from '../../../service/verdict/fuse-risk.ts'
import type { VerdictKind } from '../../../service/verdict/verdict.ts'
import { outsideOf, riskOf, type ReplayedRisk } from '../../history/replayed-risk.ts'
import { HistoryTrainingError } from '../../history/training-fault.ts'
import type { Progress } from '../../progress.ts'
import type { Truth } from '../label.ts'
import type { Score } from '../score-sheet.ts'
import { summarise, type BacktestSummary } from '../summarise.ts'
import { createDisagreement, type Disagreement } from './disagreement.ts'
import { heldOverTime, type HeldOverTime } from './held-over-time.ts'
import { sheetOf, type HistoryScore } from './history-score.ts'
import { openSpan, type SpanFacts, type SpanMessage } from './open-span.ts'
import { servedThen, type ServedThen } from './served-then.ts'
import { judgedBy, knownByHeart, versionsOf, type TestedModels } from './tested-models.ts'

export interface HistoryBacktestOptions {
  readonly reader: ReplayReader & EvidenceReader
  readonly span: RowSpan
  readonly tested: TestedModels
  /** How the hold threshold would have followed the span's own scores. */
  readonly budgetWindow: BudgetWindowOptions
  /** Epoch ms. */
  readonly now: number
  /** Of the intervals by bootstrap. */
  readonly seed: number
  /** About how many messages the span has, for the progress. */
  readonly expected?: number
  readonly progress?: Progress
  /** Takes each verdict, sender after sender; the next message waits for it. */
  readonly write: (verdict: HistoryVerdict) => Promise<void>
}

/** A message of history, what was said of it, and what the tested models say. */
export interface HistoryVerdict {
  readonly submissionId: string
  readonly verdictId: string
  /** Keyed hash. */
  readonly sender: string
  readonly receivedAt: string
  readonly label: string
  readonly truth: Truth
  readonly messagesSeen: number
  /** null: it was never judged. */
  readonly served: ServedThen | null
  readonly tested: {
    readonly verdict: VerdictKind
    readonly risk: number
    readonly takeover: number | null
    readonly spam: number | null
  }
}

export interface HistoryBacktest {
  readonly span: SpanFacts
  readonly thresholdsFrom: TestedModels['thresholdsFrom']
  /** Models that have learned from mail of this very span. */
  readonly knownByHeart: readonly string[]
  /** By the tested models, at the thresholds in force. */
  readonly tested: BacktestSummary
  /** The same messages as they were judged when they came; what was never judged is left out. */
  readonly served: BacktestSummary
  readonly overTime: HeldOverTime
  readonly disagreement: Disagreement
}

/**
 * Shows an installation's own past to models, each message beside the habits and neighbours that it was judged by, and beside what was said of it
 * then. Holds one sender's habits at a time, and some hundred bytes a message. Throws HISTORY_EMPTY.
 */
export async function backtestHistory(options: HistoryBacktestOptions): Promise<HistoryBacktest> {
  const { tested, seed, budgetWindow, write } = options
  const span = await openSpan(options)
  const scores: HistoryScore[] = []
  const servedScores: Score[] = []
  const disagreement = createDisagreement()

  for await (const messages of span.batches()) {
    const shown = messages.map(({ replayed: { row, observation }, features, reading }) => ({
      shows: observation.shows, features, reading, outside: outsideOf(row)
    })) // prettier-ignore
    const risks = await riskOf(tested.models, shown)
    for (const [index, message] of messages.entries()) {
      const risk = risks[index]
      if (risk === undefined) continue
      const verdict = verdictOf(message, risk, tested)
      scores.push(scoreTested(message, verdict, risk))
      if (verdict.served !== null) servedScores.push(scoreServed(message, verdict.served))
      disagreement.add({ ...verdict, tested: verdict.tested.verdict, riskTested: verdict.tested.risk })
      await write(verdict)
    }
  }
  if (scores.length === 0) throw new HistoryTrainingError('HISTORY_EMPTY')
  const { takeover, content } = versionsOf(tested.models)
  const common = { faults: [], models: { takeover: takeover || null, content: content || null }, seed }
  return {
    span: span.facts(),
    thresholdsFrom: tested.thresholdsFrom,
    knownByHeart: knownByHeart(tested, span.facts()),
    tested: summarise({ ...common, sheet: sheetOf(scores, tested) }),
    served: summarise({ ...common, sheet: sheetOf(servedScores, tested) }),
    overTime: heldOverTime(scores, tested, budgetWindow),
    disagreement: disagreement.summary()
  }
}

function verdictOf({ replayed, label }: SpanMessage, risk: ReplayedRisk, tested: TestedModels): HistoryVerdict {
  const { row, profile } = replayed
  return {
    submissionId: row.submission_id,
    verdictId: row.verdict_id,
    sender: row.sender,
    receivedAt: new Date(row.received_at).toISOString(),
    label: label.name,
    truth: label.truth,
    messagesSeen: profile.messagesSeen,
    served: servedThen(row),
    tested: {
      verdict: judgedBy(tested, risk, profile.messagesSeen),
      risk: probabilityOf(risk.risk),
      takeover: risk.takeover,
      spam: risk.spam
    }
  }
} // prettier-ignore

function scoreTested(
  message: SpanMessage,
  { tested: { verdict, risk } }: HistoryVerdict,
  { risk: logit }: ReplayedRisk
): HistoryScore {
  return { ...scoreOf(message), verdict, risk, logit, at: message.replayed.row.received_at }
}

function scoreServed(message: SpanMessage, { verdict, risk }: ServedThen): Score {
  return { ...scoreOf(message), verdict, risk: risk ?? 0 }
}

function scoreOf({ replayed: { row, profile }, label }: SpanMessage): Omit<Score, 'verdict' | 'risk'> {
  return {
    sender: row.sender,
    label: label.name,
    role: 'observe',
    truth: label.truth,
    messagesSeen: profile.messagesSeen,
    isDegraded: false
  }
}
