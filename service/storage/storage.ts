/** LMDB keys sort by value: strings, numbers, or arrays of them. */
export type Key = string | number | readonly (string | number)[]

/** A walk begins at `start` (inclusive) and stops before `end` (exclusive): upwards, or downwards with `reverse`. */
export interface RangeOptions {
  readonly start?: Key
  readonly end?: Key
  readonly limit?: number
  readonly reverse?: boolean
}

/** One named database of the environment. Values are plain data (structured, by msgpack). */
export interface Table<V> {
  get(key: Key): V | undefined
  /** Writes are only allowed inside `Storage.transaction`; elsewhere they throw `STORAGE_OUTSIDE_TRANSACTION`. */
  put(key: Key, value: V): void
  remove(key: Key): void
  /** Read in small chunks as the walk goes on: writing to the table meanwhile is safe, and an entry put behind the walk is not seen. */
  range(options?: RangeOptions): Iterable<{ readonly key: Key; readonly value: V }>
  /** A walk in one go, without a copy: typed arrays in a value are lent, and others' once `see` is back. Not for writing meanwhile. */
  visit(options: RangeOptions, see: (value: V, key: Key) => void): void
  count(options?: RangeOptions): number
}

/** The one LMDB environment of an installation. Several rooms' writes inside one `transaction` commit together. */
export interface Storage {
  /** Opened at first use, which must not lie inside a transaction. */
  table<V>(name: string): Table<V>
  /**
   * Runs `act` (synchronous) in one write transaction. Resolves once everything that it wrote is on disk (fsynced); a throw inside
   * rolls all of it back and rejects. Transactions of several callers are committed as a group. Rejects with a StorageError
   * (`STORAGE_FULL`, …) if the disk refuses; then nothing of it was written.
   */
  transaction<T>(act: () => T): Promise<T>
  /** Waits for running transactions; then everything but `close` throws `STORAGE_CLOSED`. */
  close(): Promise<void>
}
