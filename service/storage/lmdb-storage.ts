import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { lockDirectory, type DirectoryLock } from './directory-lock.ts'
import { createLmdbTable, type StorageState, type StoredKey } from './lmdb-table.ts'
import { noRoomLeft, StorageError, toStorageError } from './storage-error.ts'
import type { Storage, Table } from './storage.ts'

export interface OpenStorageOptions {
  /** The data directory: the environment lies in its `state/`, the lock of its owner in `lock`. Made if it is missing. */
  readonly directory: string
}

/**
 * Opens the installation's LMDB environment for this process alone. Throws StorageError: `STORAGE_LOCKED` (another process has it),
 * `STORAGE_UNUSABLE` (the directory, or what lies in it).
 */
export async function openStorage({ directory }: OpenStorageOptions): Promise<Storage> {
  const lock = await lockDirectory(directory)
  try {
    return createStorage(openEnvironment(directory), lock, directory)
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** How values are kept: msgpack without shared record structures (a table stays readable by itself), typed arrays included. */
const encoding = { encoder: { useRecords: false, moreTypes: true, copyBuffers: true } }
const lending = { encoder: { ...encoding.encoder, copyBuffers: false } }
const maxTables = 64

function openEnvironment(directory: string): RootDatabase {
  try {
    return open({
      path: join(directory, 'state'),
      noSubdir: false,
      maxDbs: maxTables,
      // A commit is on disk when it resolves, not later
      overlappingSync: false,
      // Every promise that lmdb makes is one that we wait for: a failed commit must not end the process as unhandled
      eventTurnBatching: false
    })
  } catch (error) {
    throw new StorageError('STORAGE_UNUSABLE', { directory }, error)
  }
}

function createStorage(root: RootDatabase, lock: DirectoryLock, directory: string): Storage {
  const tables = new Map<string, unknown>()
  const running = new Set<Promise<unknown>>()
  const state: StorageState = { inside: false, closed: false, failed: null }
  return { table, transaction, close }

  function table<V>(name: string): Table<V> {
    if (state.closed) throw new StorageError('STORAGE_CLOSED', { table: name })
    if (!tables.has(name)) {
      if (state.inside) throw new StorageError('STORAGE_NESTED', { table: name })
      const database = root.openDB<V, StoredKey>({ name, ...encoding })
      const lend = () => root.openDB<V, StoredKey>({ name, ...lending })
      tables.set(name, createLmdbTable({ database, lend }, name, state))
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a name stands for one type of value, as its room declares
    return tables.get(name) as Table<V>
  }

  async function transaction<T>(act: () => T): Promise<T> {
    if (state.closed) throw new StorageError('STORAGE_CLOSED')
    if (state.inside) throw new StorageError('STORAGE_NESTED')
    const committed = commit(root, directory, () => runInside(state, act))
    running.add(committed)
    try {
      return await committed
    } finally {
      running.delete(committed)
    }
  }

  async function close(): Promise<void> {
    if (state.closed) return
    const writing = [...running]
    state.closed = true
    await Promise.allSettled(writing)
    await root.close()
    await lock.release()
  }
}

/** The act's own throw passes as it is; what the disk said becomes a StorageError. */
async function commit<T>(root: RootDatabase, directory: string, act: () => T): Promise<T> {
  const thrown: unknown[] = []
  const watched = (): T => {
    try {
      return act()
    } catch (error) {
      thrown.push(error)
      throw error
    }
  }
  try {
    // lmdb runs all acts that wait in one transaction of the environment, each as a child, which a throw rolls back
    return await root.childTransaction(watched)
  } catch (error) {
    if (thrown.includes(error)) throw error
    const cause = await causeOf(error)
    // A write that filled the disk half-way comes back as an input/output error
    if (await noRoomLeft(directory)) throw new StorageError('STORAGE_FULL', { directory }, cause)
    throw toStorageError(cause, { directory })
  }
}

function runInside<T>(state: StorageState, act: () => T): T {
  state.inside = true
  state.failed = null
  try {
    const result = act()
    if (state.failed !== null) throw state.failed
    if (result instanceof Promise) throw refuseToWait(result)
    return result
  } finally {
    state.inside = false
  }
}

function refuseToWait(result: Promise<unknown>): StorageError {
  // Its writes after the first await fail with STORAGE_OUTSIDE_TRANSACTION; this error is the one to report
  result.catch(() => undefined)
  return new StorageError('STORAGE_ASYNCHRONOUS')
}

/** lmdb rejects with a general error that carries a promise of the real one. */
async function causeOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error)) return error
  try {
    await error.commitError
    return error
  } catch (cause) {
    return cause
  }
}
