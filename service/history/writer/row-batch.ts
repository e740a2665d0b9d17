import type { HistoryEntry, HistoryTable } from '../rows/history-entry.ts'

/** Rows of one table and one version of it: one insert. */
export interface RowsOfTable {
  readonly table: HistoryTable
  /** How many of the table's columns the rows have. */
  readonly columns: number
  /** RowBinary, one row behind the other. */
  readonly parts: readonly Uint8Array[]
  readonly rows: number
  /** Numbers of the first and last entry: the same rows come with the same numbers. */
  readonly first: number
  readonly last: number
}

/** Rows on their way: copied into memory that the next batch uses again, as memory of their own would keep the garbage collector busy. */
export interface RowBatch {
  /** Copies the entry's bytes. */
  add(entry: HistoryEntry, number: number): void
  readonly entries: number
  readonly bytes: number
  /** Number of the last entry; null: there is none. */
  readonly last: number | null
  rowsByTable(): readonly RowsOfTable[]
  /** For the next rows; nobody may be reading the old ones any more. */
  clear(): void
}

/** A write to a socket costs more than the copying of a row. */
const chunkBytes = 262_144

interface Group {
  readonly table: HistoryTable
  readonly columns: number
  readonly chunks: Chunk[]
  rows: number
  readonly first: number
  last: number
}

interface Chunk {
  readonly memory: Buffer
  length: number
}

export function createRowBatch(): RowBatch {
  let groups = new Map<string, Group>()
  let free: Buffer[] = []
  const size = { entries: 0, bytes: 0 }
  const lasts: { last: number | null } = { last: null }

  function add({ table, columns, rows, bytes }: HistoryEntry, number: number): void {
    const name = `${table} ${columns}`
    const group = groups.get(name) ?? { table, columns, chunks: [], rows: 0, first: number, last: number }
    groups.set(name, group)
    copyInto(group.chunks, bytes)
    group.rows += rows
    group.last = number
    size.entries += 1
    size.bytes += bytes.length
    lasts.last = number
  }

  function copyInto(chunks: Chunk[], bytes: Uint8Array): void {
    let chunk = chunks.at(-1)
    if (chunk === undefined || chunk.length + bytes.length > chunk.memory.length) {
      chunk = { memory: memoryFor(bytes.length), length: 0 }
      chunks.push(chunk)
    }
    chunk.memory.set(bytes, chunk.length)
    chunk.length += bytes.length
  }

  function memoryFor(length: number): Buffer {
    const used = length <= chunkBytes ? free.pop() : undefined
    return used ?? Buffer.allocUnsafeSlow(Math.max(chunkBytes, length))
  }

  return {
    add,
    get entries() {
      return size.entries
    },
    get bytes() {
      return size.bytes
    },
    get last() {
      return lasts.last
    },
    rowsByTable: () =>
      Array.from(groups.values(), ({ chunks, ...group }) => ({
        ...group,
        parts: chunks.map(({ memory, length }) => memory.subarray(0, length))
      })),
    clear() {
      // What this batch did not need the next one is not expected to need
      free = [...groups.values()].flatMap(({ chunks }) =>
        chunks.flatMap(({ memory }) => (memory.length === chunkBytes ? memory : []))
      )
      groups = new Map()
      size.entries = 0
      size.bytes = 0
      lasts.last = null
    }
  }
}
