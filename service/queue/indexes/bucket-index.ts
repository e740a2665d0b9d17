import type { Storage, Table } from '../../storage/storage.ts'
import type { PriorityLabel } from '../../verdict/verdict.ts'
import type { QueuedMessage } from '../records/queued-message.ts'
import { openDomains } from './destinations.ts'
import { byTurn, labels, type DueEntry, type ReadyPosition } from './turn.ts'

/** Waiting messages that have something in common: an open recipient in a domain, or their sender. */
export type Bucket = { readonly domain: string } | { readonly sender: string }

/**
 * The waiting messages once more, by what they have in common: whoever has room for one destination or one sender again reads its messages
 * alone, however many others wait.
 */
export interface BucketIndex {
  put(message: QueuedMessage): void
  remove(message: QueuedMessage): void
  /** As `remove` and `put`, writing only what differs: of many recipients each attempt settles a few. */
  move(known: QueuedMessage, next: QueuedMessage): void
  /** Those due at `now` by turn, from `after` (exclusive) on. `limit`: of each label. */
  ready(bucket: Bucket, now: number, after?: ReadyPosition, limit?: number): Generator<DueEntry>
  /** All of a bucket by label and time, from `after` (exclusive) on. */
  entries(bucket: Bucket, after?: BucketKey): Generator<{ readonly key: BucketKey; readonly id: string }>
  /** How many wait, counted up to `most`. */
  count(bucket: Bucket, most: number): number
  /** Each domain or sender once that has messages waiting. */
  names(kind: 'domain' | 'sender', after?: string): Generator<string>
}

/** Within a bucket. */
export type BucketKey = readonly [rank: number, dueAt: number, id: string]
type StoredKey = readonly [bucket: string, rank: number, dueAt: number, id: string]

const prefixes = { domain: '@', sender: '=' } as const
/** Sorts after every rank. */
const afterRanks = labels.length

/** Keyed by bucket, label, due time and id; the value is the sender. */
export function createBucketIndex(storage: Storage): BucketIndex {
  const table: Table<string> = storage.table('queue.buckets')
  return { put, remove, move, ready, entries, count, names: (kind, after) => namesIn(table, kind, after) }

  function put(message: QueuedMessage): void {
    for (const key of keysOf(message)) table.put(key, message.senderId)
  }

  function remove(message: QueuedMessage): void {
    for (const key of keysOf(message)) table.remove(key)
  }

  function move(known: QueuedMessage, next: QueuedMessage): void {
    const [before, after] = [byText(known), byText(next)]
    for (const [text, key] of before) if (!after.has(text)) table.remove(key)
    for (const [text, key] of after) if (!before.has(text)) table.put(key, next.senderId)
  }

  function ready(
    bucket: Bucket,
    now: number,
    after: ReadyPosition = {},
    limit = Infinity
  ): Generator<DueEntry> {
    return byTurn((label) => walk(bucket, label, now, after[label] ?? [0, ''], limit))
  }

  function* walk(
    bucket: Bucket,
    label: PriorityLabel,
    now: number,
    [dueAt, id]: readonly [number, string],
    limit: number
  ): Generator<DueEntry, undefined> {
    const [name, rank] = [nameOf(bucket), labels.indexOf(label)]
    const range = { start: [name, rank, dueAt, id], end: [name, rank, now + 1] }
    for (const { key, value: sender } of table.range({ ...range, ...(limit < Infinity && { limit }) })) {
      const [, , at, one] = toKey(key)
      if (at !== dueAt || one !== id) yield { id: one, label, dueAt: at, destination: null, sender }
    }
    return undefined
  }

  function* entries(bucket: Bucket, after?: BucketKey): Generator<{ key: BucketKey; id: string }> {
    const name = nameOf(bucket)
    const start = after === undefined ? [name] : [name, ...after]
    for (const { key: stored } of table.range({ start, end: [name, afterRanks] })) {
      const [, rank, dueAt, id] = toKey(stored)
      if (after === undefined || dueAt !== after[1] || id !== after[2]) yield { key: [rank, dueAt, id], id }
    }
  }

  function count(bucket: Bucket, most: number): number {
    const name = nameOf(bucket)
    return Math.min(most, table.count({ start: [name], end: [name, afterRanks] }))
  }
}

/** Jumps from each name to the next: its messages are not read. */
function* namesIn(table: Table<string>, kind: 'domain' | 'sender', after?: string): Generator<string> {
  const prefix = prefixes[kind]
  let start: readonly [string, number] = [`${prefix}${after ?? ''}`, after === undefined ? 0 : afterRanks]
  for (;;) {
    const [next] = table.range({ start, limit: 1 })
    if (next === undefined) return
    const [name] = toKey(next.key)
    if (!name.startsWith(prefix)) return
    yield name.slice(prefix.length)
    start = [name, afterRanks]
  }
}

function nameOf(bucket: Bucket): string {
  return 'domain' in bucket ? `${prefixes.domain}${bucket.domain}` : `${prefixes.sender}${bucket.sender}`
}

/** Our own reports have no sender. */
function keysOf(message: QueuedMessage): readonly StoredKey[] {
  const { label, nextAttemptAt, id, senderId } = message
  const place = [labels.indexOf(label), nextAttemptAt, id] as const
  const buckets: Bucket[] = Array.from(openDomains(message), (domain) => ({ domain }))
  if (senderId !== '') buckets.push({ sender: senderId })
  return buckets.map((bucket) => [nameOf(bucket), ...place])
}

function byText(message: QueuedMessage): ReadonlyMap<string, StoredKey> {
  return new Map(keysOf(message).map((key) => [key.join('\0'), key]))
}

function toKey(key: unknown): StoredKey {
  if (!Array.isArray(key)) return [String(key), 0, 0, '']
  return [String(key[0]), Number(key[1]), Number(key[2]), String(key[3])]
}
