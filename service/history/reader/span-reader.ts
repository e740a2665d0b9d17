import {
  conditionOf,
  parametersOf,
  streamRows,
  type HistoryReaderOptions,
  type RowSpan
} from './stream-rows.ts'

/** How much a sender sent. */
export interface SenderCount {
  readonly sender: string
  readonly messages: number
}

/** Versions that judge together; '' for none. */
export interface JudgedBy {
  readonly takeover: string
  readonly content: string
}

/** What can be said of a span without reading its messages. */
export interface SpanReader {
  /** Senders in their order, with their messages that could be read. */
  senders(span?: RowSpan): AsyncIterable<SenderCount>
  /** Probabilities by which these versions judged their latest message; undefined: they have judged none. */
  thresholds(by: JudgedBy): Promise<{ readonly hold: number; readonly block: number } | undefined>
}

export function createSpanReader(options: HistoryReaderOptions): SpanReader {
  const { database } = options
  return {
    senders: (span = {}) =>
      streamRows<SenderCount>(
        options,
        `SELECT sender, count() AS messages FROM ${database}.messages FINAL
         WHERE shows != 'unreadable' AND ${conditionOf(span, 'messages.received_at')} GROUP BY sender ORDER BY sender`,
        parametersOf(span)
      ),
    async thresholds(by) {
      const rows = streamRows<{ hold: number; block: number }>(
        options,
        `SELECT hold_threshold AS hold, block_threshold AS block FROM ${database}.messages
         WHERE takeover_model = {takeover: String} AND content_model = {content: String}
         ORDER BY decided_at DESC LIMIT 1`,
        { ...by }
      )
      for await (const row of rows) return row
      return undefined
    }
  }
}
