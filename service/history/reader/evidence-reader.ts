import {
  conditionOf,
  parametersOf,
  streamRows,
  type HistoryReaderOptions,
  type RowSpan
} from './stream-rows.ts'

/** Something that tells what a message was: a label, a decision on its hold, what another host said of it. */
export interface StoredEvidence {
  readonly sender: string
  readonly submission_id: string
  /** Epoch ms. */
  readonly at: number
  readonly kind: 'feedback' | 'hold' | 'delivery'
  /** The label, the hold's step, the delivery's outcome. */
  readonly said: string
  /** Whose word: the label's source, who decided, the host. */
  readonly by: string
  /** Of a delivery: enhanced status and reply. */
  readonly status: string
  readonly reply: string
}

export interface EvidenceReader {
  /** Sender after sender, message after message, each in the order of time. */
  evidence(span?: RowSpan): AsyncIterable<StoredEvidence>
}

export function createEvidenceReader(options: HistoryReaderOptions): EvidenceReader {
  const { database } = options
  return {
    evidence: (span = {}) =>
      streamRows<StoredEvidence>(
        options,
        `SELECT sender, submission_id, toUnixTimestamp64Milli(time) AS at, kind, said, by, status, reply FROM (
           SELECT sender, submission_id, feedback.at AS time, 'feedback' AS kind, label AS said, source AS by, '' AS status, '' AS reply
             FROM ${database}.feedback FINAL WHERE ${conditionOf(span, 'feedback.at')}
           UNION ALL
           SELECT sender, submission_id, holds.at, 'hold', event, decided_by, '', ''
             FROM ${database}.holds FINAL WHERE event IN ('released', 'rejected') AND ${conditionOf(span, 'holds.at')}
           UNION ALL
           SELECT sender, submission_id, deliveries.at, 'delivery', outcome, mx, status, reply
             FROM ${database}.deliveries FINAL WHERE outcome = 'bounced' AND ${conditionOf(span, 'deliveries.at')}
         ) ORDER BY sender, submission_id, at, kind, said`,
        parametersOf(span)
      )
  }
}
