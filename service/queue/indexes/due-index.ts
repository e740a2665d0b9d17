import type { Storage, Table } from '../../storage/storage.ts'
import { domainOfText } from './destinations.ts'
import type { QueuedMessage } from '../records/queued-message.ts'
import type { PriorityLabel } from '../../verdict/verdict.ts'

/** One message that waits for an attempt, as the index knows it: no record has to be read to pass it over. */
export interface DueEntry {
  readonly id: string
  readonly label: PriorityLabel
  /** Epoch ms. */
  readonly dueAt: number
  /** The one domain that its open recipients share, or null for several. */
  readonly destination: string | null
}

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
  count(): number
}

/** How far a walk came: for each label the key of the last entry seen. */
export type ReadyPosition = Partial<Record<PriorityLabel, readonly [dueAt: number, id: string]>>

export type DueKey = readonly [rank: number, dueAt: number, id: string]

/**
 * How long a label lets later, more urgent mail overtake. An urgent message overtakes normal mail that has waited less than an hour;
 * after that, age wins, so nothing ever starves: each message becomes the oldest in the end.
 */
const patienceMs: Readonly<Record<PriorityLabel, number>> = { urgent: 0, normal: 3_600_000, bulk: 14_400_000 }
const labels: readonly PriorityLabel[] = ['urgent', 'normal', 'bulk']

interface DueValue {
  readonly destination: string | null
}

/** The scheduled queue: one ordered table, keyed by label, due time and id. */
export function createDueIndex(storage: Storage): DueIndex {
  const table: Table<DueValue> = storage.table('queue.due')
  return { put, remove, ready, entries, nextAfter, count: () => table.count() }

  function put(message: QueuedMessage): void {
    table.put(keyOf(message), { destination: sharedDestination(message) })
  }

  function remove(message: QueuedMessage): void {
    table.remove(keyOf(message))
  }

  /** A merge of the labels by due time plus patience. */
  function* ready(now: number, after: ReadyPosition = {}): Generator<DueEntry> {
    const streams = labels.map((label) => walk(label, now, after[label] ?? [0, '']))
    const heads = streams.map((stream) => stream.next().value)
    for (;;) {
      const first = earliest(heads)
      if (first === undefined) return
      const entry = heads[first]
      heads[first] = streams[first]?.next().value
      if (entry !== undefined) yield entry
    }
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
}

/** Whose turn comes first: the lower number. */
export function turnOf({ dueAt, label }: Pick<DueEntry, 'dueAt' | 'label'>): number {
  return dueAt + patienceMs[label]
}

function keyOf({ label, nextAttemptAt, id }: QueuedMessage): DueKey {
  return [labels.indexOf(label), nextAttemptAt, id]
}

function toDueKey(key: unknown): DueKey {
  if (!Array.isArray(key)) return [0, 0, String(key)]
  return [Number(key[0]), Number(key[1]), String(key[2])]
}

function toEntry(label: PriorityLabel, [, dueAt, id]: DueKey, { destination }: DueValue): DueEntry {
  return { id, label, dueAt, destination }
}

function earliest(heads: readonly (DueEntry | undefined)[]): number | undefined {
  let first: number | undefined
  let firstTurn = Infinity
  for (const [at, head] of heads.entries()) {
    if (head === undefined) continue
    const turn = turnOf(head)
    if (turn >= firstTurn) continue
    first = at
    firstTurn = turn
  }
  return first
}

function sharedDestination({ recipients }: QueuedMessage): string | null {
  const open = recipients.filter(({ state }) => state === 'pending')
  const first = open[0]
  if (first === undefined) return null
  const domain = domainOfText(first.address)
  return open.every(({ address }) => domainOfText(address) === domain) ? domain : null
}
