import { mergeParts } from './merge-parts.ts'
import type { StoredMessage } from '../rows/read-message-row.ts'
import {
  conditionOf,
  parametersOf,
  streamRows,
  type HistoryReaderOptions,
  type RowSpan
} from './stream-rows.ts'

/** A change of a sender's habits that no verdict tells of: see `HabitsChange`. */
export interface StoredChange {
  readonly sender: string
  readonly number: number
  readonly act: string
  readonly submissions: readonly string[]
  /** Epoch ms that the act was given; 0: none was. */
  readonly now: number
  /** JSON of what was learned, of an envelope whose content came later; '': the message's own row shows it. */
  readonly shown: string
}

/** Counts of one kind as a merge left them: see `PriorStep`. */
export interface StoredPriors {
  readonly version: number
  readonly kind: string
  readonly whole: boolean
  readonly coverage: number
  readonly keys: readonly number[]
  readonly counts: readonly number[]
}

/** What was scored and learned, in the order in which it was: what habits are folded anew from. Streams, as `HistoryReader` does. */
export interface ReplayReader {
  /** Sender after sender, each by the number of the change that its messages were judged by, then by time. */
  messages(span?: RowSpan): AsyncIterable<StoredMessage>
  /** Some messages of one sender, in no order. */
  messagesOf(sender: string, submissionIds: readonly string[]): AsyncIterable<StoredMessage>
  /** Sender after sender, each by number. */
  changes(span?: Pick<RowSpan, 'senders'>): AsyncIterable<StoredChange>
  /** In order of their versions. */
  priors(): AsyncIterable<StoredPriors>
}

export function createReplayReader(options: HistoryReaderOptions): ReplayReader {
  const { database } = options
  const messages = `SELECT * REPLACE (toUnixTimestamp64Milli(received_at) AS received_at, toUnixTimestamp64Milli(decided_at) AS decided_at)
    FROM ${database}.messages FINAL`
  return {
    async *messages(span = {}) {
      await mergeParts(options, 'messages')
      yield* streamRows<StoredMessage>(
        options,
        `${messages} WHERE ${conditionOf(span, 'messages.received_at')} ORDER BY sender, habits, messages.received_at, submission_id`,
        parametersOf(span)
      )
    },
    messagesOf: (sender, submissionIds) =>
      streamRows<StoredMessage>(
        options,
        `${messages} WHERE sender = {sender: String} AND submission_id IN {ids: Array(String)}`,
        { sender, ids: [...submissionIds] }
      ),
    changes: (span = {}) =>
      streamRows<StoredChange>(
        options,
        `SELECT sender, number, act, submissions, toUnixTimestamp64Milli(habits.now) AS now, shown
         FROM ${database}.habits FINAL WHERE ${conditionOf(span, 'at')} ORDER BY sender, number`,
        parametersOf(span)
      ),
    priors: () =>
      streamRows<StoredPriors>(
        options,
        `SELECT version, kind, whole, coverage, keys, counts FROM ${database}.priors FINAL ORDER BY version, kind, whole, part`,
        {}
      )
  }
}
