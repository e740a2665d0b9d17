import { createChance } from '../../../datasets/synthetic-mail/chance.ts'
import type { EvidenceReader } from '../../../service/history/reader/evidence-reader.ts'
import type { ReplayReader } from '../../../service/history/reader/replay-reader.ts'
import type { SpanReader } from '../../../service/history/reader/span-reader.ts'
import type { RowSpan } from '../../../service/history/reader/stream-rows.ts'
import type { HistoryScore } from '../../backtest/history/history-score.ts'
import { openSpan, type SpanFacts } from '../../backtest/history/open-span.ts'
import { readSpokenLabels } from '../../backtest/history/spoken-labels.ts'
import { judgedBy, knownByHeart, type TestedModels } from '../../backtest/history/tested-models.ts'
import { riskOf } from '../../history/replayed-risk.ts'
import { HistoryTrainingError } from '../../history/training-fault.ts'
import type { Progress } from '../../progress.ts'
import { probabilityOf } from '../../../service/verdict/fuse-risk.ts'
import type { BadTexts } from '../bad-texts.ts'
import { castSenders } from './cast-senders.ts'
import { collectLenders } from './lenders.ts'
import { createObservedTexts } from './observed-texts.ts'
import { openVictims, type Played } from './open-victims.ts'
import { summariseSimulation, type SimulationSummary } from './summarise-simulation.ts'

export interface SimulateHistoryOptions {
  readonly reader: ReplayReader & EvidenceReader & SpanReader
  readonly span: RowSpan
  readonly tested: TestedModels
  readonly texts: BadTexts
  /** Epoch ms. */
  readonly now: number
  readonly seed: number
  /** Senders attacked at most, drawn by their keys. */
  readonly victims: number
  readonly attacksPerSender: number
  /** Messages that a sender has taught before the first attack; half of its history, where that is shorter. */
  readonly warmUp?: number
  readonly progress?: Progress
}

export interface HistorySimulation extends SimulationSummary {
  readonly seed: number
  readonly span: SpanFacts
  readonly thresholdsFrom: TestedModels['thresholdsFrom']
  /** Models that have learned from mail of this very span. */
  readonly knownByHeart: readonly string[]
  readonly victims: number
  readonly lenders: number
  /** Senders with a single message, and those that were not drawn. */
  readonly tooShort: number
  readonly notDrawn: number
  /** Messages that count as bad, or of which nobody knows: in no figure. */
  readonly notHonest: number
  /** Attacks that found no place. */
  readonly notMade: number
}

/** With fewer there are hardly any habits to break (MODELS: figures are flat from here on). */
const usualWarmUp = 5
const atOnce = 256

/**
 * What would have happened: first messages of takeovers, put before messages that senders of this installation really sent, each judged beside
 * the habits and neighbours of that moment, as is the honest mail around them. History is read sender after sender; nothing is changed.
 * The same history, seed and texts give the same figures. Throws what HistoryTrainingError lists.
 */
export async function simulateHistory(options: SimulateHistoryOptions): Promise<HistorySimulation> {
  const { reader, span, tested, texts, seed, progress, warmUp = usualWarmUp, attacksPerSender } = options
  const cast = await castSenders(reader, span, options)
  const everybody = [...cast.victims, ...cast.lenders].map(({ sender }) => sender)
  const labels = await readSpokenLabels(reader, { senders: everybody })
  const { lenders, honest } = await collectLenders({ reader, span, lenders: cast.lenders, labels, ...(progress && { progress })})
  if (lenders.length === 0) throw new HistoryTrainingError(honest > 0 ? 'HISTORY_WITHOUT_CONTENT' : 'HISTORY_ONE_CLASS')
  const counts = new Map(cast.victims.map(({ sender, messages }) => [sender, messages]))
  const opened = await openSpan({
    ...options,
    span: { ...span, senders: [...counts.keys()] },
    expected: cast.victims.reduce((sum, { messages }) => sum + messages, 0),
    onEarlier: (replayed) => victims.meet(replayed)
  })
  const victims = openVictims({
    tested, counts, lenders, warmUp, attacksPerSender, timeline: opened.timeline,
    texts: createObservedTexts(texts, seed), chanceOf: (sender) => createChance(`attacks ${seed} ${sender}`)
  })

  const scores: HistoryScore[] = []
  let waiting: Played[] = []
  const flush = async (): Promise<void> => {
    scores.push(...(await scoresOf(waiting, tested)))
    waiting = []
  }
  for await (const message of opened.messages()) {
    waiting.push(...(await victims.play(message)))
    if (waiting.length >= atOnce) await flush()
  }
  await flush()
  const { notHonest, notMade } = victims.counts()
  if (scores.length === 0) throw new HistoryTrainingError(notHonest > 0 ? 'HISTORY_ONE_CLASS' : 'HISTORY_EMPTY')
  return {
    seed,
    span: opened.facts(),
    thresholdsFrom: tested.thresholdsFrom,
    knownByHeart: knownByHeart(tested, opened.facts()),
    victims: cast.victims.length,
    lenders: lenders.length,
    tooShort: cast.tooShort,
    notDrawn: cast.leftOut,
    notHonest,
    notMade,
    ...summariseSimulation(scores, tested, seed)
  }
} // prettier-ignore

async function scoresOf(played: readonly Played[], tested: TestedModels): Promise<readonly HistoryScore[]> {
  const risks = await riskOf(
    tested.models,
    played.map(({ shown }) => shown)
  )
  return played.flatMap(({ about }, index) => {
    const risk = risks[index]
    if (risk === undefined) return []
    const verdict = judgedBy(tested, risk, about.messagesSeen)
    return [{ ...about, verdict, risk: probabilityOf(risk.risk), logit: risk.risk, isDegraded: false }]
  })
}
