import type { StoredMessage } from '../rows/read-message-row.ts'
import {
  conditionOf,
  parametersOf,
  streamRows,
  type HistoryReaderOptions,
  type RowSpan
} from './stream-rows.ts'

/** By when they were received. */
export type MessageSpan = RowSpan

/** What somebody said of a message. */
export interface StoredLabel {
  readonly submission_id: string
  readonly sender: string
  /** Epoch ms. */
  readonly at: number
  readonly label: 'legitimate' | 'spam' | 'phishing' | 'takeover'
  readonly source: string
}

export interface HistorySummary {
  readonly messages: number
  readonly senders: number
  /** Epoch ms; null: there are none. */
  readonly first: number | null
  readonly last: number | null
  readonly labels: Readonly<Record<string, number>>
}

/** Reads what was recorded. Rows are streamed: memory does not grow with their number. */
export interface HistoryReader {
  /** Sender after sender, each in the order of time: profiles can be folded from it without holding any. */
  messages(span?: MessageSpan): AsyncIterable<StoredMessage>
  /** Labels that stand, the newest of each message. */
  labels(span?: MessageSpan): AsyncIterable<StoredLabel>
  summary(span?: MessageSpan): Promise<HistorySummary>
}

export function createHistoryReader(options: HistoryReaderOptions): HistoryReader {
  const { database } = options
  const rows = <Row>(query: string, span: MessageSpan): AsyncGenerator<Row> =>
    streamRows<Row>(options, query, parametersOf(span))

  return {
    messages: (span = {}) =>
      rows<StoredMessage>(
        `SELECT * REPLACE (toUnixTimestamp64Milli(received_at) AS received_at, toUnixTimestamp64Milli(decided_at) AS decided_at)
         FROM ${database}.messages FINAL WHERE ${conditionOf(span, 'messages.received_at')}
         ORDER BY sender, messages.received_at, submission_id`,
        span
      ),
    labels: (span = {}) =>
      rows<StoredLabel>(
        `SELECT submission_id, sender, toUnixTimestamp64Milli(max(feedback.at)) AS at, argMax(label, feedback.at) AS label, argMax(source, feedback.at) AS source
         FROM ${database}.feedback FINAL WHERE stands AND ${conditionOf(span, 'feedback.at')}
         GROUP BY sender, submission_id ORDER BY sender, submission_id`,
        span
      ),
    async summary(span = {}) {
      const [counts] = await all<Counts>(
        rows(
          `SELECT count() AS messages, uniqExact(sender) AS senders, toUnixTimestamp64Milli(min(messages.received_at)) AS first,
             toUnixTimestamp64Milli(max(messages.received_at)) AS last
           FROM ${database}.messages FINAL WHERE ${conditionOf(span, 'messages.received_at')}`,
          span
        )
      )
      const labels = await all<{ label: string; n: number }>(
        rows(
          `SELECT label, count() AS n FROM ${database}.feedback FINAL WHERE stands AND ${conditionOf(span, 'feedback.at')} GROUP BY label`,
          span
        )
      )
      const { messages = 0, senders = 0, first = 0, last = 0 } = counts ?? {}
      return {
        messages,
        senders,
        first: messages === 0 ? null : first,
        last: messages === 0 ? null : last,
        labels: Object.fromEntries(labels.map(({ label, n }) => [label, n]))
      }
    }
  }
}

interface Counts {
  readonly messages: number
  readonly senders: number
  readonly first: number
  readonly last: number
}

async function all<Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const list: Row[] = []
  for await (const row of rows) list.push(row)
  return list
}
