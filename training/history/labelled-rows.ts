import { createHash } from 'node:crypto'
import { behaviourDigest } from '../../service/features/digest.ts'
import type { EvidenceReader } from '../../service/history/reader/evidence-reader.ts'
import type { ReplayReader } from '../../service/history/reader/replay-reader.ts'
import type { RowSpan } from '../../service/history/reader/stream-rows.ts'
import { toObservation, type StoredMessage } from '../../service/history/rows/read-message-row.ts'
import { noAttributes, type Observation } from '../../service/observation/observation.ts'
import { noProgress, type Progress } from '../progress.ts'
import { labelFor, readLabels, type TrainingLabel } from './labels.ts'
import { HistoryTrainingError } from './training-fault.ts'

/** A message of history that training may use. */
export interface LabelledRow {
  readonly row: StoredMessage
  readonly observation: Observation
  readonly label: TrainingLabel
}

/** What a run read of history, for its manifest and its card. */
export interface HistoryFacts {
  /** Epoch ms of the first and last message that was used. */
  readonly from: number
  readonly to: number
  readonly senders: number
  readonly honest: number
  readonly bad: number
  /** Messages by what their label rests on. */
  readonly bases: Readonly<Record<string, number>>
  readonly contested: number
  /** Rows that were not used. */
  readonly leftOut: {
    /** Held or blocked, and nobody said anything. */
    readonly undecided: number
    /** Received before 2000, or in the future. */
    readonly skewed: number
    readonly unreadable: number
    /** Something in them is no number. */
    readonly notFinite: number
  }
  /** Rows whose features have other names than today's: all features are computed anew. */
  readonly otherFeatures: number
  /** Of the senders and ids of what was used, in order. */
  readonly sha256: string
}

export interface LabelledRowsOptions {
  readonly reader: Pick<ReplayReader, 'messages'> & EvidenceReader
  readonly span: RowSpan
  /** Epoch ms: what is said to come later came by a wrong clock. */
  readonly now: number
  /** About how many there are, for the progress. */
  readonly expected?: number
  readonly progress?: Progress
}

export interface LabelledRows {
  /** Sender after sender, each in the order in which they were learned. Once. Throws HISTORY_EMPTY and HISTORY_ONE_CLASS at its end. */
  rows(): AsyncGenerator<LabelledRow>
  /** After the last row. */
  facts(): HistoryFacts
}

const earliest = Date.UTC(2000, 0, 1)
/** An hour of a wrong clock is no reason to lose a message. */
const aheadMs = 3_600_000
const progressEvery = 500

/** History's messages with what they count as; what can't be used is counted. Holds the labels, and one row at a time. */
export function openLabelledRows(options: LabelledRowsOptions): LabelledRows {
  const { reader, span, now, expected = 0, progress = noProgress } = options
  const counted = { senders: 0, honest: 0, bad: 0, contested: 0, otherFeatures: 0, from: Infinity, to: 0 }
  const leftOut = { undecided: 0, skewed: 0, unreadable: 0, notFinite: 0 }
  const bases: Record<string, number> = {}
  const ids = createHash('sha256')
  let lastSender = ''

  function count({ row, label: { isBad, basis, isContested } }: LabelledRow): void {
    const { sender, received_at: at } = row
    if (sender !== lastSender) counted.senders += 1
    lastSender = sender
    counted[isBad ? 'bad' : 'honest'] += 1
    counted.contested += Number(isContested)
    counted.otherFeatures += Number(row.features.length > 0 && row.feature_digest !== behaviourDigest)
    counted.from = Math.min(counted.from, at)
    counted.to = Math.max(counted.to, at)
    bases[basis] = (bases[basis] ?? 0) + 1
    ids.update(`${sender}\n${row.submission_id}\n`)
  }

  return {
    async *rows() {
      const labels = await readLabels(reader, span.senders === undefined ? {} : { senders: span.senders })
      let read = 0
      for await (const row of reader.messages(span)) {
        read += 1
        if (read % progressEvery === 0) progress('read history', read, Math.max(read, expected))
        const { received_at: at } = row
        const observation = toObservation(row, noAttributes)
        const label = labelFor(row, labels)
        if (isByWrongClock(at, now)) leftOut.skewed += 1
        else if (observation === undefined) leftOut.unreadable += 1
        else if (!hasOnlyNumbers(row)) leftOut.notFinite += 1
        else if (label === null) leftOut.undecided += 1
        else {
          const one = { row, observation, label }
          count(one)
          yield one
        }
      }
      progress('read history', Math.max(1, read), Math.max(1, read))
      if (counted.honest + counted.bad === 0) throw new HistoryTrainingError('HISTORY_EMPTY')
      if (counted.honest === 0) throw new HistoryTrainingError('HISTORY_ONE_CLASS')
    },
    facts: () => ({ ...counted, leftOut, bases, sha256: ids.copy().digest('hex') })
  }
}

/** Epoch ms: received before anybody could have, or in the future. */
export function isByWrongClock(at: number, now: number): boolean {
  return at < earliest || at > now + aheadMs
}

/** One value that is no number would make every weight none. ClickHouse gives those as text. */
export function hasOnlyNumbers({
  authored_chars,
  authored_words,
  quoted_fraction,
  ...row
}: StoredMessage): boolean {
  const numbers = [authored_chars, authored_words, quoted_fraction, row.spam_logit ?? 0]
  return [numbers, row.style_rates, row.content_structure, row.content_reading].every((values) =>
    values.every(Number.isFinite)
  )
}
