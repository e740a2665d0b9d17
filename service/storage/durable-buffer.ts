import type { Storage, Table } from './storage.ts'

export interface DurableBufferOptions {
  readonly storage: Pick<Storage, 'table'>
  /** Of the table: `history`. */
  readonly name: string
  /** Beyond this the oldest are lost, and counted: what feeds the buffer must not stop because nobody drains it. */
  readonly maxEntries: number
}

export interface Buffered<Value> {
  /** Rises with each entry and is never used twice, also after a restart: followers tell repetitions by it. */
  readonly number: number
  readonly value: Value
}

/** What waits on disk for a follower (ClickHouse, Kafka): appended in a message's own transaction, drained in order. */
export interface DurableBuffer<Value> {
  /** Inside `Storage.transaction`. Gives how many entries had to be lost for it. */
  append(value: Value): number
  /** The oldest from `from` (a number) on, in order. */
  peek(limit: number, from?: number): readonly Buffered<Value>[]
  /** Inside `Storage.transaction`: the follower has everything up to this number. Reads nothing; some microseconds an entry. */
  drop(through: number): void
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

/** Entries looked at by one `remove`: some milliseconds. */
const shareSize = 200

/** One process owns the environment, so that the numbers can be counted in memory. */
export function createDurableBuffer<Value>(options: DurableBufferOptions): DurableBuffer<Value> {
  const { storage, name, maxEntries } = options
  const entries: Table<Value> = storage.table(`buffer.${name}`)
  /** `next`: numbers below it were used. Written when entries go, as nothing else would tell then. */
  const state: Table<number> = storage.table(`buffer.${name}.state`)
  let next = Math.max((edge(entries, true) ?? 0) + 1, state.get('next') ?? 1)
  let first = edge(entries, false) ?? next

  function dropThrough(through: number): number {
    const before = first
    while (first <= through && first < next) entries.remove(first++)
    state.put('next', next)
    return first - before
  }

  return {
    append(value) {
      entries.put(next, value)
      next += 1
      return next - first > maxEntries ? dropThrough(next - maxEntries - 1) : 0
    },
    peek: (limit, from = first) =>
      Array.from(entries.range({ start: Math.max(first, from), limit }), ({ key, value }) => ({
        number: Number(key),
        value
      })),
    drop: (through) => void dropThrough(through),
    remove(isOf, from, before) {
      let last: number | null = null
      let looked = 0
      for (const { key, value } of entries.range({
        start: Math.max(first, from),
        end: before,
        limit: shareSize
      })) {
        last = Number(key)
        looked += 1
        if (isOf(value)) entries.remove(key)
      }
      state.put('next', next)
      return looked < shareSize || last === null ? null : last + 1
    },
    next: () => next,
    waiting: () => next - first
  }
}

/** The lowest or highest number; undefined: there is none. */
function edge(entries: Table<unknown>, reverse: boolean): number | undefined {
  const [found] = entries.range({ limit: 1, reverse })
  return found === undefined ? undefined : Number(found.key)
}
