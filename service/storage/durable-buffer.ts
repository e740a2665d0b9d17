import type { Storage, Table } from './storage.ts'

export interface DurableBufferOptions {
  readonly storage: Pick<Storage, 'table'>
  /** Of the table: `history`. */
  readonly name: string
  /** Beyond this the oldest are lost, and counted: what feeds the buffer must not stop because nobody drains it. */
  readonly maxEntries: number
}

/** What waits on disk for a follower (ClickHouse, Kafka): appended in a message's own transaction, drained in order. */
export interface DurableBuffer<Value> {
  /** Inside `Storage.transaction`. Gives how many entries had to be lost for it. */
  append(value: Value): number
  /**
   * Shows the oldest from `from` (a number) on, in order, and gives how many there were. Bytes in a value are lent: they are others' once `see`
   * is back. Numbers rise with each entry and are never used twice, also after a restart: followers tell repetitions by them.
   */
  visit(limit: number, from: number, see: (value: Value, number: number) => void): number
  /** Inside `Storage.transaction`: everything up to this number is about to be sent. */
  claim(through: number): void
  /** What was claimed and not dropped, also before a restart: the follower may have it, all of it or none. */
  claimed(): number | null
  /** Inside `Storage.transaction`: the follower has everything up to this number. Takes the same time for any number of entries. */
  drop(through: number): void
  /** Inside `Storage.transaction`: gives back the room of a bounded share of what was dropped. False: there was no more. */
  sweep(): boolean
  /**
   * Inside `Storage.transaction`: of the entries from `from` on and below `before`, those that `isOf` names are gone. Looks at a bounded
   * share; gives the number to go on from, or null when it is through.
   */
  remove(isOf: (value: Value) => boolean, from: number, before: number): number | null
  /** The number of the next entry. */
  next(): number
  /** An upper bound: what was removed from the middle still counts. */
  waiting(): number
}

/** Entries looked at by one `remove`, or removed by one `sweep`: some milliseconds. */
const shareSize = 200

/** One process owns the environment, so that the numbers can be counted in memory. */
export function createDurableBuffer<Value>(options: DurableBufferOptions): DurableBuffer<Value> {
  const { storage, name, maxEntries } = options
  const entries: Table<Value> = storage.table(`buffer.${name}`)
  /** `next`: numbers below it were used. `first`: those below it were dropped. `claim`: the highest that was claimed. */
  const state: Table<number> = storage.table(`buffer.${name}.state`)
  let next = Math.max((edge(entries, true) ?? 0) + 1, state.get('next') ?? 1)
  /** The lowest that lies there. */
  let lowest = edge(entries, false) ?? next
  let first = Math.max(lowest, state.get('first') ?? 1)
  let claim = state.get('claim') ?? 0

  /** Written when entries go, as nothing else would tell then. */
  function note(): void {
    state.put('next', next)
    state.put('first', first)
  }

  /** Beyond the bound: the oldest are gone at once. */
  function lose(): number {
    const before = first
    first = next - maxEntries
    while (lowest < first) entries.remove(lowest++)
    note()
    return first - before
  }

  return {
    append(value) {
      entries.put(next, value)
      next += 1
      return next - first > maxEntries ? lose() : 0
    },
    visit(limit, from, see) {
      let seen = 0
      entries.visit({ start: Math.max(first, from), limit }, (value, key) => {
        seen += 1
        see(value, Number(key))
      })
      return seen
    },
    claim(through) {
      claim = through
      state.put('claim', claim)
    },
    claimed: () => (claim < first ? null : claim),
    drop(through) {
      first = Math.min(next, Math.max(first, through + 1))
      note()
    },
    sweep() {
      for (let left = shareSize; left > 0 && lowest < first; left--) entries.remove(lowest++)
      note()
      return lowest < first
    },
    remove(isOf, from, before) {
      const goOn = removeShare(entries, isOf, { start: from, end: before })
      note()
      return goOn
    },
    next: () => next,
    waiting: () => next - first
  }
}

/** Gives the key to go on from; null: the walk is through. */
function removeShare<Value>(
  entries: Table<Value>,
  isOf: (value: Value) => boolean,
  bounds: { readonly start: number; readonly end: number }
): number | null {
  let last: number | null = null
  let looked = 0
  for (const { key, value } of entries.range({ ...bounds, limit: shareSize })) {
    last = Number(key)
    looked += 1
    if (isOf(value)) entries.remove(key)
  }
  return looked < shareSize || last === null ? null : last + 1
}

/** The lowest or highest number; undefined: there is none. */
function edge(entries: Table<unknown>, reverse: boolean): number | undefined {
  const [found] = entries.range({ limit: 1, reverse })
  return found === undefined ? undefined : Number(found.key)
}
