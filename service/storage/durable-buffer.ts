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
  /** The oldest, in order. */
  peek(limit: number): readonly Buffered<Value>[]
  /** Inside `Storage.transaction`: the follower has everything up to this number. */
  drop(through: number): void
  /** Inside `Storage.transaction`: what `isOf` names is gone; gives how many. Looks at every entry. */
  remove(isOf: (value: Value) => boolean): number
  /** An upper bound: what was removed from the middle still counts. */
  waiting(): number
}

/** One process owns the environment, so that the numbers can be counted in memory. */
export function createDurableBuffer<Value>(options: DurableBufferOptions): DurableBuffer<Value> {
  const { storage, name, maxEntries } = options
  const entries: Table<Value> = storage.table(`buffer.${name}`)
  /** `next`: numbers below it were used. Written when entries go, as nothing else would tell then. */
  const state: Table<number> = storage.table(`buffer.${name}.state`)
  let next = Math.max((edge(entries, true) ?? 0) + 1, state.get('next') ?? 1)
  let first = edge(entries, false) ?? next

  function dropThrough(through: number): number {
    let dropped = 0
    for (const { key } of entries.range({ end: through + 1 })) {
      entries.remove(key)
      dropped += 1
    }
    first = Math.max(first, through + 1)
    state.put('next', next)
    return dropped
  }

  return {
    append(value) {
      entries.put(next, value)
      next += 1
      return next - first > maxEntries ? dropThrough(next - maxEntries - 1) : 0
    },
    peek: (limit) =>
      Array.from(entries.range({ limit }), ({ key, value }) => ({ number: Number(key), value })),
    drop: (through) => void dropThrough(through),
    remove(isOf) {
      let removed = 0
      for (const { key, value } of entries.range()) {
        if (!isOf(value)) continue
        entries.remove(key)
        removed += 1
      }
      state.put('next', next)
      return removed
    },
    waiting: () => next - first
  }
}

/** The lowest or highest number; undefined: there is none. */
function edge(entries: Table<unknown>, reverse: boolean): number | undefined {
  const [found] = entries.range({ limit: 1, reverse })
  return found === undefined ? undefined : Number(found.key)
}
