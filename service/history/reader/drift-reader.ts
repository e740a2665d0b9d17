import {
  conditionOf,
  parametersOf,
  streamRows,
  type HistoryReaderOptions,
  type RowSpan
} from './stream-rows.ts'

/** What a message showed the models, and what they and the policy said: the part of its row that drift is measured on. */
export interface JudgedMessage {
  readonly sender: string
  readonly submission_id: string
  /** Epoch ms. */
  readonly received_at: number
  readonly features: readonly number[]
  readonly feature_digest: string
  readonly content_structure: readonly number[]
  readonly risk_logit: number | null
  readonly takeover_logit: number | null
  readonly spam_logit: number | null
  readonly judged: string
  /** Probability from which it would have been held. */
  readonly hold_threshold: number
  /** '': none was in use. */
  readonly takeover_model: string
  readonly content_model: string
}

/** Models that judged together. */
export interface JudgingVersions {
  readonly takeover: string
  readonly content: string
  readonly messages: number
  /** Epoch ms of the first and last message that they judged. */
  readonly first: number
  readonly last: number
}

export interface DriftReader {
  /** Sender after sender, each in the order of time. Memory does not grow with their number. */
  judged(span?: RowSpan): AsyncIterable<JudgedMessage>
  /** The last to judge first. */
  versions(span?: RowSpan): Promise<readonly JudgingVersions[]>
}

export function createDriftReader(options: HistoryReaderOptions): DriftReader {
  const { database } = options
  return {
    judged: (span = {}) =>
      streamRows<JudgedMessage>(
        options,
        `SELECT sender, submission_id, toUnixTimestamp64Milli(messages.received_at) AS received_at, features, feature_digest, content_structure,
           risk_logit, takeover_logit, spam_logit, judged, hold_threshold, takeover_model, content_model
         FROM ${database}.messages FINAL WHERE shows != 'unreadable' AND ${conditionOf(span, 'messages.received_at')}
         ORDER BY sender, messages.received_at, submission_id`,
        parametersOf(span)
      ),
    async versions(span = {}) {
      const found: JudgingVersions[] = []
      const rows = streamRows<JudgingVersions>(
        options,
        `SELECT takeover_model AS takeover, content_model AS content, count() AS messages,
           toUnixTimestamp64Milli(min(messages.received_at)) AS first, toUnixTimestamp64Milli(max(messages.received_at)) AS last
         FROM ${database}.messages FINAL WHERE risk_logit IS NOT NULL AND ${conditionOf(span, 'messages.received_at')}
         GROUP BY takeover, content ORDER BY last DESC, takeover, content`,
        parametersOf(span)
      )
      for await (const row of rows) found.push(row)
      return found
    }
  }
}
