import type { Key, Storage, Table } from '../storage/storage.ts'
import type { SenderKey } from './sender-store.ts'

export type FeedbackLabel = 'legitimate' | 'spam' | 'phishing' | 'takeover'
export type FeedbackSource = 'operator' | 'sender' | 'recipient' | 'fbl' | 'system'

/** What somebody said of one message: a label to train with. `by` is the token that it came with. */
export interface FeedbackRecord {
  readonly id: string
  readonly verdictId: string
  readonly submissionId: string
  readonly sender: SenderKey
  readonly label: FeedbackLabel
  readonly source: FeedbackSource
  readonly by: string
  readonly note: string | null
  /** Epoch ms at which it was given. */
  readonly at: number
  /** It decided what the message counts as; false: somebody more trusted had said otherwise. */
  readonly stands: boolean
}

/** All feedback, kept for a year. All writes belong inside `Storage.transaction`. */
export interface FeedbackRecords {
  add(record: FeedbackRecord): void
  /** Of one message, oldest first. */
  of(sender: SenderKey, verdictId: string): readonly FeedbackRecord[]
  /** What counts of it; undefined: nobody said anything. */
  standing(sender: SenderKey, verdictId: string): FeedbackRecord | undefined
  all(): Iterable<FeedbackRecord>
  /** Removes what was said of a sender's messages, a bounded part with each call; gives how many were removed. */
  erase(sender: SenderKey): number
  expire(now: number): number
}

const lifeMs = 365 * 86_400_000
const maxAtOnce = 500

/** `onAdded`: who else remembers a label; called inside the transaction. */
export function createFeedbackRecords(
  storage: Pick<Storage, 'table'>,
  onAdded?: (record: FeedbackRecord) => void
): FeedbackRecords {
  /** By [sender, verdict id, place among the message's]. */
  const records: Table<FeedbackRecord> = storage.table('senders.feedback')
  /** By [epoch ms of its end, …key of the record]. */
  const expiry: Table<true> = storage.table('senders.feedback_expiry')

  const of: FeedbackRecords['of'] = (sender, verdictId) =>
    Array.from(records.range(below(sender, verdictId)), ({ value }) => value)

  return {
    add(record) {
      const { sender, verdictId, at } = record
      const place = records.count(below(sender, verdictId))
      records.put([sender, verdictId, place], record)
      expiry.put([at + lifeMs, sender, verdictId, place], true)
      onAdded?.(record)
    },
    of,
    standing: (sender, verdictId) => of(sender, verdictId).findLast(({ stands }) => stands),
    *all() {
      for (const { value } of records.range()) yield value
    },
    erase(sender) {
      const found = Array.from(records.range({ ...below(sender), limit: maxAtOnce }))
      for (const { key, value } of found) {
        records.remove(key)
        expiry.remove([value.at + lifeMs, ...partsOf(key)])
      }
      return found.length
    },
    expire(now) {
      const due = Array.from(expiry.range({ end: [now + 1], limit: maxAtOnce }), ({ key }) => key)
      for (const key of due) {
        records.remove(partsOf(key).slice(1))
        expiry.remove(key)
      }
      return due.length
    }
  }
}

/** All keys that begin with these parts: what follows them, a number or an id, sorts before U+FFFF. */
function below(...parts: readonly string[]): { readonly start: Key; readonly end: Key } {
  return { start: parts, end: [...parts, '\uffff'] }
}

function partsOf(key: Key): readonly (string | number)[] {
  return typeof key === 'object' ? key : [key]
}
