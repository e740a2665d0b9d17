import type { Storage, Table } from '../../storage/storage.ts'
import type { MessageState, QueuedMessage } from '../records/queued-message.ts'

export type FinishedKey = readonly [finishedAt: number, id: string]

export interface FinishedEntry {
  readonly key: FinishedKey
  readonly id: string
  readonly state: MessageState
}

/** Messages that nothing more happens to, by the time at which they ended. They are kept for people who ask, then forgotten. */
export interface FinishedIndex {
  put(message: QueuedMessage): void
  remove(message: Pick<QueuedMessage, 'finishedAt' | 'id'>): void
  /** Newest first, before `before` (exclusive). */
  newest(before?: FinishedKey): Generator<FinishedEntry>
  oldest(until: number, limit: number): readonly FinishedEntry[]
}

export function createFinishedIndex(storage: Storage): FinishedIndex {
  const table: Table<MessageState> = storage.table('queue.finished')
  return { put, remove, newest, oldest }

  function put({ finishedAt, id, state }: QueuedMessage): void {
    table.put([finishedAt ?? 0, id], state)
  }

  function remove({ finishedAt, id }: Pick<QueuedMessage, 'finishedAt' | 'id'>): void {
    table.remove([finishedAt ?? 0, id])
  }

  function* newest(before?: FinishedKey): Generator<FinishedEntry> {
    for (const { key, value } of table.range({ reverse: true, ...(before && { start: before }) })) {
      const entry = toEntry(key, value)
      if (before !== undefined && entry.key[0] === before[0] && entry.id === before[1]) continue
      yield entry
    }
  }

  function oldest(until: number, limit: number): readonly FinishedEntry[] {
    return Array.from(table.range({ end: [until + 1], limit }), ({ key, value }) => toEntry(key, value))
  }
}

function toEntry(stored: unknown, state: MessageState): FinishedEntry {
  const key: FinishedKey = Array.isArray(stored)
    ? [Number(stored[0]), String(stored[1])]
    : [0, String(stored)]
  return { key, id: key[1], state }
}
