import type { Database, RangeOptions as LmdbRange } from 'lmdb'
import { StorageError, toStorageError } from './storage-error.ts'
import type { Key, RangeOptions, Table } from './storage.ts'

/** lmdb's own type of a key wants mutable arrays; it does not change them. */
export type StoredKey = string | number | (string | number)[]

/** What the tables of one environment share. */
export interface StorageState {
  /** An act of a transaction is running. */
  inside: boolean
  closed: boolean
  /** A write of the running act that failed: the act must not commit, even if it caught the error. */
  failed: StorageError | null
}

/** Entries read at once by a walk: it holds no read transaction open between them, so that old pages can be used again. */
const chunkSize = 256

export interface LmdbTableOptions<V> {
  readonly database: Database<V, StoredKey>
  /** Opens the same database with values whose bytes are views into memory that is used again. */
  readonly lend: () => Database<V, StoredKey>
}

/** A table on one named LMDB database. */
export function createLmdbTable<V>(
  { database, lend }: LmdbTableOptions<V>,
  name: string,
  state: StorageState
): Table<V> {
  let lent: Database<V, StoredKey> | null = null
  return { get, put, remove, range, visit, count }

  function get(key: Key): V | undefined {
    assertOpen()
    return database.get(toStored(key))
  }

  function put(key: Key, value: V): void {
    write(() => void database.put(toStored(key), value))
  }

  function remove(key: Key): void {
    write(() => void database.remove(toStored(key)))
  }

  function* range(options: RangeOptions = {}): Generator<{ readonly key: Key; readonly value: V }> {
    let left = options.limit ?? Infinity
    let next: LmdbRange = toLmdbRange(options)
    while (left > 0) {
      assertOpen()
      const limit = Math.min(left, chunkSize)
      const chunk = Array.from(database.getRange({ ...next, limit }))
      yield* chunk
      const last = chunk.at(-1)
      if (last === undefined || chunk.length < limit) return
      left -= chunk.length
      next = { ...next, start: last.key, exclusiveStart: true }
    }
  }

  function visit({ limit, ...options }: RangeOptions, see: (value: V, key: Key) => void): void {
    assertOpen()
    lent ??= outside(state, name, lend)
    const bounds = { ...toLmdbRange(options), ...(limit !== undefined && { limit }) }
    for (const { key, value } of lent.getRange(bounds)) see(value, key)
  }

  function count(options: RangeOptions = {}): number {
    assertOpen()
    return database.getKeysCount({
      ...toLmdbRange(options),
      ...(options.limit !== undefined && { limit: options.limit })
    })
  }

  function write(act: () => void): void {
    assertOpen()
    if (!state.inside) throw new StorageError('STORAGE_OUTSIDE_TRANSACTION', { table: name })
    try {
      act()
    } catch (error) {
      state.failed = toStorageError(error, { table: name })
      throw state.failed
    }
  }

  /** Acts that waited when the store was closed still run to their end. */
  function assertOpen(): void {
    if (state.closed && !state.inside) throw new StorageError('STORAGE_CLOSED', { table: name })
  }
}

/** LMDB opens no database inside a transaction. */
function outside<T>({ inside }: StorageState, table: string, open: () => T): T {
  if (inside) throw new StorageError('STORAGE_NESTED', { table })
  return open()
}

function toLmdbRange({ start, end, reverse }: RangeOptions): LmdbRange {
  return {
    ...(start !== undefined && { start: toStored(start) }),
    ...(end !== undefined && { end: toStored(end) }),
    ...(reverse === true && { reverse })
  }
}

function toStored(key: Key): StoredKey {
  return typeof key === 'object' ? [...key] : key
}
