import type { Storage, Table } from '../storage/storage.ts'
import type { SenderKey } from './sender-store.ts'

/**
 * Which messages of the past were imported, so that each is imported once, across files and runs. Kept between one and one and a half years:
 * who imports the same mail again after that finds habits that have gone on, which take nothing older, and rows of history that replace
 * themselves. Some 100 bytes a message. All writes belong inside `Storage.transaction`.
 */
export interface ImportRecords {
  /** `mark`: the same for the same message of a sender. */
  has(sender: SenderKey, mark: string, now: number): boolean
  note(sender: SenderKey, mark: string, now: number): void
  /** Forgets what was imported for a sender, a bounded part with each call; gives how much. */
  erase(sender: SenderKey): number
  /** Drops what is past its time; bounded work, gives the number dropped. */
  expire(now: number): number
}

/** Records of half a year are dropped together: no record needs a date of its own. */
const eraMs = 183 * 86_400_000
const erasKept = 3
const maxAtOnce = 500

export function createImportRecords(storage: Pick<Storage, 'table'>): ImportRecords {
  /** By [number of the half-year, sender, mark]. */
  const records: Table<true> = storage.table('senders.imported')

  return {
    has: (sender, mark, now) => erasUntil(now).some((era) => records.get([era, sender, mark]) !== undefined),
    note: (sender, mark, now) => records.put([eraOf(now), sender, mark], true),
    erase(sender) {
      const [first] = records.range({ limit: 1 })
      const [last] = records.range({ limit: 1, reverse: true })
      if (first === undefined || last === undefined) return 0
      let erased = 0
      for (let era = eraAt(first.key); era <= eraAt(last.key) && erased < maxAtOnce; era += 1) {
        const own = { start: [era, sender], end: [era, sender, '\uffff'], limit: maxAtOnce - erased }
        for (const { key } of Array.from(records.range(own))) {
          records.remove(key)
          erased += 1
        }
      }
      return erased
    },
    expire(now) {
      const end = [eraOf(now) - erasKept + 1]
      const due = Array.from(records.range({ end, limit: maxAtOnce }), ({ key }) => key)
      for (const key of due) records.remove(key)
      return due.length
    }
  }
}

function erasUntil(now: number): readonly number[] {
  return Array.from({ length: erasKept }, (_, index) => eraOf(now) - index)
}

function eraOf(now: number): number {
  return Math.floor(now / eraMs)
}

function eraAt(key: unknown): number {
  return Array.isArray(key) ? Number(key[0]) : 0
}
