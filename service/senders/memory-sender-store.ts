import { createMemoryTable } from '../storage/memory-table.ts'
import type { SenderStore } from './sender-store.ts'
import { createStoreWithPriors } from './priors/store-with-priors.ts'
import type { SenderListeners } from './sender-listeners.ts'

/** Messages that taught something new, after which the priors know it: a quarter of an hour of a busy installation. */
const mergeAfter = 100

export interface MemorySenderStoreOptions {
  readonly key: Uint8Array
  readonly listeners?: SenderListeners
}

/** A sender store that lives as long as its process: for backtests and tests. Writes count at once, in a transaction or not. */
export function createMemorySenderStore({ key, listeners = {} }: MemorySenderStoreOptions): SenderStore {
  return createStoreWithPriors(
    {
      profiles: createMemoryTable(),
      bases: createMemoryTable(),
      usage: createMemoryTable(),
      containment: createMemoryTable(),
      journal: createMemoryTable(),
      answers: createMemoryTable(),
      verdicts: createMemoryTable(),
      verdictsOf: createMemoryTable(),
      expiry: createMemoryTable()
    },
    key,
    {
      tables: { notes: createMemoryTable(), chunks: createMemoryTable(), head: createMemoryTable() },
      mergeAfter
    },
    listeners
  )
}
