import { behaviourDigest } from '../../../service/features/digest.ts'
import type { ContentReading } from '../../../service/features/family.ts'
import type { EvidenceReader } from '../../../service/history/reader/evidence-reader.ts'
import type { ReplayReader } from '../../../service/history/reader/replay-reader.ts'
import type { RowSpan } from '../../../service/history/reader/stream-rows.ts'
import type { StoredMessage } from '../../../service/history/rows/read-message-row.ts'
import { hasOnlyNumbers, isByWrongClock } from '../../history/labelled-rows.ts'
import { readPriorTimeline, type PriorTimeline } from '../../history/prior-timeline.ts'
import { replayHistory } from '../../history/replay-history.ts'
import type { Replayed } from '../../history/replay-sender.ts'
import { replayedFeatures } from '../../history/replayed-features.ts'
import { readReplayed } from '../../history/replayed-risk.ts'
import { noProgress, type Progress } from '../../progress.ts'
import { createImportedPast } from './imported-past.ts'
import { readSpokenLabels, spokenOf, type SpokenLabel, type SpokenLabels } from './spoken-labels.ts'
import type { TestedModels } from './tested-models.ts'

/** A message of the span beside its sender's habits, as the tested models are shown it. */
export interface SpanMessage {
  readonly replayed: Replayed
  readonly label: SpokenLabel
  readonly features: Float32Array
  readonly reading: ContentReading | null
}

/** What was read of history. */
export interface SpanFacts {
  /** Epoch ms of the first and the last message. */
  readonly from: number
  readonly to: number
  readonly messages: number
  readonly senders: number
  /** Received before 2000, or in the future: by a wrong clock, and passed over. */
  readonly skewed: number
  /** Something in them is no number: passed over. */
  readonly notFinite: number
  /** Judged then by features of other names: every feature was computed anew. */
  readonly otherFeatures: number
  /** History does not hold everything that their senders had taught by then. */
  readonly incomplete: number
}

export interface OpenSpanOptions {
  readonly reader: ReplayReader & EvidenceReader
  readonly span: RowSpan
  readonly tested: Pick<TestedModels, 'models' | 'background'>
  /** Epoch ms. */
  readonly now: number
  readonly expected?: number
  readonly progress?: Progress
  /** Told of each message that came before the span: what its sender's mailbox held by then. */
  readonly onEarlier?: (replayed: Replayed) => void
}

export interface OpenedSpan {
  readonly timeline: PriorTimeline
  readonly labels: SpokenLabels
  /** Sender after sender, each in the order in which it was judged; some hundred at a time. Once. */
  batches(): AsyncGenerator<readonly SpanMessage[]>
  messages(): AsyncGenerator<SpanMessage>
  /** After the last message. */
  facts(): SpanFacts
}

const atOnce = 256
const progressEvery = 200

/** The messages of a span, what they count as, and what the tested models are shown of them. What came before the span is learned. */
export async function openSpan(options: OpenSpanOptions): Promise<OpenedSpan> {
  const { reader, span, tested, now, expected = 0, progress = noProgress, onEarlier } = options
  const { since = -Infinity, until, senders } = span
  const who = senders === undefined ? {} : { senders }
  const labels = await readSpokenLabels(reader, who)
  const timeline = await readPriorTimeline(reader.priors())
  const facts = { from: Infinity, to: 0, messages: 0, senders: 0, skewed: 0, notFinite: 0, otherFeatures: 0, incomplete: 0 }
  let lastSender = ''

  function count({ row, isComplete }: Replayed): void {
    facts.messages += 1
    facts.from = Math.min(facts.from, row.received_at)
    facts.to = Math.max(facts.to, row.received_at)
    facts.senders += Number(row.sender !== lastSender)
    lastSender = row.sender
    facts.otherFeatures += Number(isOfOtherFeatures(row))
    facts.incomplete += Number(!isComplete || !timeline.knows(row.priors))
    if (facts.messages % progressEvery === 0)
      progress('replay history', facts.messages, Math.max(expected, facts.messages))
  }

  function isUsable(row: StoredMessage): boolean {
    const isSkewed = isByWrongClock(row.received_at, now)
    const isFinite = hasOnlyNumbers(row)
    facts.skewed += Number(isSkewed)
    facts.notFinite += Number(!isSkewed && !isFinite)
    return !isSkewed && isFinite
  }

  async function* messages(): AsyncGenerator<SpanMessage> {
    const standIn = createImportedPast()
    for await (const found of replayHistory({ reader, ...who, ...(until !== undefined && { until }) })) {
      const replayed = standIn(found)
      const { row, observation } = replayed
      if (!isUsable(row)) continue
      if (row.received_at < since) {
        onEarlier?.(replayed)
        continue
      }
      count(replayed)
      const reading = await readReplayed(tested.models.content, row, observation)
      const features = replayedFeatures(replayed, timeline, { ...tested, reading })
      yield { replayed, label: spokenOf(row, labels), features, reading }
    }
    progress('replay history', Math.max(1, facts.messages), Math.max(1, facts.messages))
  }

  return { timeline, labels, messages, batches: () => inBatches(messages(), atOnce), facts: () => ({ ...facts }) }
} // prettier-ignore

function isOfOtherFeatures({ features, feature_digest: digest }: StoredMessage): boolean {
  return features.length > 0 && digest !== behaviourDigest
}

async function* inBatches<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = []
  for await (const one of all) {
    batch.push(one)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
