import { createMemoryTable } from '../storage/memory-table.ts'
import type { SenderStore } from './sender-store.ts'
import { createTableSenderStore } from './table-sender-store.ts'

export interface MemorySenderStoreOptions {
  readonly key: Uint8Array
}

/** A sender store that lives as long as its process: for backtests and tests. Writes count at once, in a transaction or not. */
export function createMemorySenderStore({ key }: MemorySenderStoreOptions): SenderStore {
  return createTableSenderStore(
    {
      profiles: createMemoryTable(),
      usage: createMemoryTable(),
      containment: createMemoryTable(),
      journal: createMemoryTable(),
      answers: createMemoryTable(),
      verdicts: createMemoryTable(),
      expiry: createMemoryTable()
    },
    key
  )
}
