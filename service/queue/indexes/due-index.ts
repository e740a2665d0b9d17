import type { Storage, Table } from '../../storage/storage.ts'
import type { PriorityLabel } from '../../verdict/verdict.ts'
import type { QueuedMessage } from '../records/queued-message.ts'
import { openDomains } from './destinations.ts'
import { byTurn, labels, type DueEntry, type ReadyPosition } from './turn.ts'

export interface DueIndex {
  put(message: QueuedMessage): void
  remove(message: QueuedMessage): void
  /**
   * Messages due at `now`, in the order in which they should go, from `after` on. Read it at once: it walks a snapshot.
   */
  ready(now: number, after?: ReadyPosition): Generator<DueEntry>
  /** All entries by label and time, from `after` (exclusive) on. */
  entries(after?: DueKey): Generator<{ readonly key: DueKey; readonly entry: DueEntry }>
  /** The earliest due time after `now`, or undefined if nothing waits. */
  nextAfter(now: number): number | undefined
  /** Those of one label due after `from`, at most `limit`, the last first. */
  latest(label: PriorityLabel, from: number, limit: number): readonly DueEntry[]
  count(): number
}

export type DueKey = readonly [rank: number, dueAt: number, id: string]

interface DueValue {
  readonly destination: string | null
  /** Absent in what an earlier version wrote. */
  readonly sender?: string
}

/** The scheduled queue: one ordered table, keyed by label, due time and id. */
export function createDueIndex(storage: Storage): DueIndex {
  const table: Table<DueValue> = storage.table('queue.due')
  return { put, remove, ready, entries, nextAfter, latest, count: () => table.count() }

  function put(message: QueuedMessage): void {
    const [domain, ...others] = openDomains(message)
    const destination = domain === undefined || others.length > 0 ? null : domain
    table.put(keyOf(message), { destination, sender: message.senderId })
  }

  function remove(message: QueuedMessage): void {
    table.remove(keyOf(message))
  }

  function ready(now: number, after: ReadyPosition = {}): Generator<DueEntry> {
    return byTurn((label) => walk(label, now, after[label] ?? [0, '']))
  }

  function* walk(
    label: PriorityLabel,
    now: number,
    [dueAt, id]: readonly [number, string]
  ): Generator<DueEntry, undefined> {
    const rank = labels.indexOf(label)
    for (const { key, value } of table.range({ start: [rank, dueAt, id], end: [rank, now + 1] })) {
      const entry = toEntry(label, toDueKey(key), value)
      if (entry.dueAt !== dueAt || entry.id !== id) yield entry
    }
    return undefined
  }

  function* entries(after?: DueKey): Generator<{ key: DueKey; entry: DueEntry }> {
    for (const { key: stored, value } of table.range(after === undefined ? {} : { start: after })) {
      const key = toDueKey(stored)
      if (after !== undefined && key[2] === after[2] && key[1] === after[1]) continue
      yield { key, entry: toEntry(labels[key[0]] ?? 'normal', key, value) }
    }
  }

  function nextAfter(now: number): number | undefined {
    const next = labels.flatMap((_, rank) =>
      Array.from(
        table.range({ start: [rank, now + 1], end: [rank + 1], limit: 1 }),
        ({ key }) => toDueKey(key)[1]
      )
    )
    return next.length === 0 ? undefined : Math.min(...next)
  }

  function latest(label: PriorityLabel, from: number, limit: number): readonly DueEntry[] {
    const rank = labels.indexOf(label)
    const range = table.range({ start: [rank + 1], end: [rank, from], reverse: true, limit })
    return Array.from(range, ({ key, value }) => toEntry(label, toDueKey(key), value))
  }
}

function keyOf({ label, nextAttemptAt, id }: QueuedMessage): DueKey {
  return [labels.indexOf(label), nextAttemptAt, id]
}

function toDueKey(key: unknown): DueKey {
  if (!Array.isArray(key)) return [0, 0, String(key)]
  return [Number(key[0]), Number(key[1]), String(key[2])]
}

function toEntry(
  label: PriorityLabel,
  [, dueAt, id]: DueKey,
  { destination, sender = '' }: DueValue
): DueEntry {
  return { id, label, dueAt, destination, sender }
}
