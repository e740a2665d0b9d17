import type { Storage } from './storage.ts'

/** What is remembered of one key: plain data, and when it was learned (epoch ms). */
export interface Aged {
  readonly at: number
}

/** Answers that may be forgotten: never more than a bound, the oldest go first. */
export interface BoundedTable<Entry extends Aged> {
  get(key: string): Entry | undefined
  /** All in one transaction of its own. */
  write(entries: ReadonlyMap<string, Entry>): Promise<void>
}

/** Forgetting walks the whole table: a tenth more than has to go makes it rare. */
const spareShare = 0.1

export function createBoundedTable<Entry extends Aged>(
  storage: Storage,
  name: string,
  maxEntries: number
): BoundedTable<Entry> {
  const table = storage.table<Entry>(name)
  return {
    get: (key) => table.get(key),
    write: (entries) =>
      storage.transaction(() => {
        for (const [key, entry] of entries) table.put(key, entry)
        const surplus = table.count() - maxEntries
        if (surplus > 0) forget(surplus + Math.floor(maxEntries * spareShare))
      })
  }

  function forget(count: number): void {
    const byAge = Array.from(table.range(), ({ key, value }) => ({ key, at: value.at })).toSorted(
      (a, b) => a.at - b.at
    )
    for (const { key } of byAge.slice(0, count)) table.remove(key)
  }
}
