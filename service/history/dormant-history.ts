import { createDurableBuffer } from '../storage/durable-buffer.ts'
import type { Storage } from '../storage/storage.ts'
import type { Logger } from '../telemetry/logger.ts'
import { createErasures } from './erasures.ts'
import type { History } from './history.ts'
import type { Placement } from './render-migration.ts'
import type { HistoryEntry } from './rows/history-entry.ts'

export interface DormantHistoryOptions {
  readonly storage: Storage
  readonly placement: Placement
  readonly log: Logger
}

/**
 * What is left to do where history is not kept: rows of earlier days may wait on disk or lie in ClickHouse. A sender's are taken from
 * what waits; the others are erased when history is kept again.
 */
export function openDormantHistory({
  storage,
  placement,
  log
}: DormantHistoryOptions): Pick<History, 'erase'> {
  const maxEntries = Infinity
  const buffer = createDurableBuffer<HistoryEntry>({ storage, name: 'history', maxEntries })
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const erasures = createErasures({ storage, buffer, placement, accept, log })
  return {
    async erase(sender) {
      // Nothing was ever recorded
      if (buffer.next() === 1) return 'erased'
      await accept(() => erasures.note(sender))
      await erasures.clearWaiting()
      return 'waiting'
    }
  }
}
