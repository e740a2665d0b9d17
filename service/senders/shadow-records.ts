import type { Storage, Table } from '../storage/storage.ts'

/** A message of a mail server that asks in shadow mode: which verdict belongs to which of its queue ids. Nothing of the message itself. */
export interface ShadowRecord {
  readonly verdictId: string
  /** null: the mail server gave none. */
  readonly queueId: string | null
  /** Epoch ms. */
  readonly at: number
}

/** What shadow mode leaves behind, so that verdicts can be compared with what the mail server did. Kept 30 days. All writes belong inside `Storage.transaction`. */
export interface ShadowRecords {
  note(mta: string, record: ShadowRecord): void
  /** Oldest first, from `since` (epoch ms), after `after` if it is given. */
  of(mta: string, since: number, after: ShadowPlace | null): Iterable<ShadowRecord>
  /** Drops what is past its time; bounded work, gives the number dropped. */
  expire(now: number): number
}

/** Where a page of the records ended. */
export type ShadowPlace = Pick<ShadowRecord, 'at' | 'verdictId'>

const lifeMs = 30 * 86_400_000
const maxExpired = 500

export function createShadowRecords(storage: Pick<Storage, 'table'>): ShadowRecords {
  /** By [mail server, epoch ms, verdict id]. */
  const records: Table<{ readonly queueId: string | null }> = storage.table('senders.shadow')
  /** By [epoch ms of its end, mail server, verdict id]. */
  const expiry: Table<true> = storage.table('senders.shadow_expiry')

  return {
    note(mta, { verdictId, queueId, at }) {
      records.put([mta, at, verdictId], { queueId })
      expiry.put([at + lifeMs, mta, verdictId], true)
    },
    *of(mta, since, after) {
      const start = after === null ? [mta, since] : [mta, after.at, `${after.verdictId}\u0000`]
      for (const { key, value } of records.range({ start, end: [mta, Number.MAX_SAFE_INTEGER] })) {
        if (typeof key === 'object')
          yield { verdictId: String(key[2]), queueId: value.queueId, at: Number(key[1]) }
      }
    },
    expire(now) {
      const due = Array.from(expiry.range({ end: [now + 1], limit: maxExpired }), ({ key }) => key)
      for (const key of due) {
        if (typeof key !== 'object') continue
        records.remove([String(key[1]), Number(key[0]) - lifeMs, String(key[2])])
        expiry.remove(key)
      }
      return due.length
    }
  }
}
