import type { Storage, Table } from '../../storage/storage.ts'
import type { QueuedMessage } from '../records/queued-message.ts'

export type HeldKey = readonly [deadline: number, id: string]

export interface HeldEntry {
  readonly key: HeldKey
  readonly id: string
  readonly senderId: string
}

/** Held messages by deadline: the next one to expire comes first. */
export interface HeldIndex {
  put(message: QueuedMessage): void
  remove(message: QueuedMessage): void
  /** From `after` (exclusive) on; up to and with `until`, if given. */
  entries(range?: { readonly after?: HeldKey; readonly until?: number }): Generator<HeldEntry>
  count(): number
}

export function createHeldIndex(storage: Storage): HeldIndex {
  const table: Table<{ readonly senderId: string }> = storage.table('queue.held')
  return { put, remove, entries, count: () => table.count() }

  function put(message: QueuedMessage): void {
    table.put(keyOf(message), { senderId: message.senderId })
  }

  function remove(message: QueuedMessage): void {
    table.remove(keyOf(message))
  }

  function* entries({ after, until }: { after?: HeldKey; until?: number } = {}): Generator<HeldEntry> {
    const range = { ...(after && { start: after }), ...(until !== undefined && { end: [until + 1] }) }
    for (const { key: stored, value } of table.range(range)) {
      const key = toHeldKey(stored)
      if (after !== undefined && key[0] === after[0] && key[1] === after[1]) continue
      yield { key, id: key[1], senderId: value.senderId }
    }
  }
}

function keyOf({ hold, id }: QueuedMessage): HeldKey {
  return [hold?.deadline ?? 0, id]
}

function toHeldKey(key: unknown): HeldKey {
  return Array.isArray(key) ? [Number(key[0]), String(key[1])] : [0, String(key)]
}
