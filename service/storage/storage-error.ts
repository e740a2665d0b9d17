import { statfs } from 'node:fs/promises'

const codes = {
  STORAGE_LOCKED:
    'Another process uses this data directory. Stop it, or give this one a data directory of its own',
  STORAGE_UNUSABLE:
    'The data directory cannot be used. Check that it exists, belongs to this user and can be written',
  STORAGE_FULL: 'The disk is full. Free some space: work goes on by itself',
  STORAGE_FAILED: 'The store failed',
  STORAGE_OUTSIDE_TRANSACTION: 'A write outside of a transaction',
  STORAGE_NESTED: 'A transaction, or the first use of a table, inside a transaction',
  STORAGE_ASYNCHRONOUS: 'A transaction that waits: its act must be synchronous',
  STORAGE_CLOSED: 'The store is closed'
} as const

export type StorageErrorCode = keyof typeof codes

/** Match on `code`; `facts` name the directory, the process, the table. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageErrorCode
  readonly facts: Readonly<Record<string, string | number>>

  constructor(
    code: StorageErrorCode,
    facts: Readonly<Record<string, string | number>> = {},
    cause?: unknown
  ) {
    const told = Object.entries(facts).map(([name, value]) => `${name} ${value}`)
    super(told.length === 0 ? codes[code] : `${codes[code]} (${told.join(', ')})`, { cause })
    this.code = code
    this.facts = facts
  }
}

/** Disk full, quota reached, file size limit reached: the remedy is the same. */
const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const noRoomNumbers = new Set([28, 122, 27])
const noRoomText = /no space left|quota exceeded|file too large|MDB_MAP_FULL/iu

/** What LMDB or the file system said, as ours. */
export function toStorageError(
  error: unknown,
  facts: Readonly<Record<string, string | number>>
): StorageError {
  if (error instanceof StorageError) return error
  return new StorageError(isNoRoom(error) ? 'STORAGE_FULL' : 'STORAGE_FAILED', facts, error)
}

function isNoRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  if (typeof code === 'string' && noRoom.has(code)) return true
  return (typeof code === 'number' && noRoomNumbers.has(code)) || noRoomText.test(error.message)
}

/** Below this a disk counts as full: LMDB writes whole transactions, not bytes. */
const leastRoomBytes = 1_048_576

/** Whether the directory's file system has no room for another transaction. */
export async function noRoomLeft(directory: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(directory)
    return bavail * bsize < leastRoomBytes
  } catch {
    return false
  }
}
