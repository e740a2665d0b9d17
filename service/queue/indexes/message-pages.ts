import type { Table } from '../../storage/storage.ts'
import { decodeCursor, encodeCursor, type CursorKey } from './cursor.ts'
import type { BucketIndex } from './bucket-index.ts'
import type { DueIndex, DueKey } from './due-index.ts'
import type { FinishedIndex } from './finished-index.ts'
import type { HeldIndex } from './held-index.ts'
import { isMeant, type MessageFilter } from './message-filter.ts'
import type { QueuedMessage } from '../records/queued-message.ts'

export interface PageRequest extends MessageFilter {
  readonly cursor?: string | undefined
  readonly limit: number
}

export type PageOutcome =
  | { readonly kind: 'page'; readonly items: readonly QueuedMessage[]; readonly nextCursor: string | null }
  | { readonly kind: 'bad-cursor' }

/** A page looks at no more records than this, so that what is rare in a long queue cannot hold up everybody: it ends early instead. */
const maxExamined = 5_000

interface Position {
  readonly key: CursorKey
  readonly id: string
}

export interface PageSources {
  readonly messages: Table<QueuedMessage>
  readonly due: DueIndex
  readonly buckets: BucketIndex
  readonly held: HeldIndex
  readonly finished: FinishedIndex
}

/** One page of messages: held ones by deadline, queued ones by label and time, ended ones newest first, all of them by id. */
export function readPage(sources: PageSources, request: PageRequest): PageOutcome {
  const { cursor, limit } = request
  const after = cursor === undefined ? undefined : decodeCursor(cursor)
  if (cursor !== undefined && after === undefined) return { kind: 'bad-cursor' }
  const items: QueuedMessage[] = []
  let examined = 0
  for (const { key, id } of positions(sources, request, after)) {
    const message = sources.messages.get(id)
    examined += 1
    if (message !== undefined && isMeant(message, request)) items.push(message)
    if (items.length >= limit || examined >= maxExamined)
      return { kind: 'page', items, nextCursor: encodeCursor(key) }
  }
  return { kind: 'page', items, nextCursor: null }
}

function positions(sources: PageSources, filter: MessageFilter, after?: CursorKey): Iterable<Position> {
  switch (filter.state) {
    case 'held':
      return sources.held.entries({ ...(after && { after: [Number(after[0]), String(after[1])] }) })
    case 'queued':
      return waitingPositions(sources, filter, after)
    case 'done':
    case 'rejected':
      return sources.finished.newest(after && [Number(after[0]), String(after[1])])
    case undefined:
      return byId(sources.messages, after)
  }
}

/** A sender's or a domain's messages stand together; else all that wait are looked through. */
function waitingPositions(
  { due, buckets }: PageSources,
  { sender, domain }: MessageFilter,
  after?: CursorKey
): Iterable<Position> {
  const from = after && ([Number(after[0]), Number(after[1]), String(after[2])] as const)
  if (sender !== undefined && sender !== '') return buckets.entries({ sender }, from)
  if (domain !== undefined) return buckets.entries({ domain }, from)
  return duePositions(due, from)
}

function* duePositions(due: DueIndex, from?: DueKey): Generator<Position> {
  for (const { key, entry } of due.entries(from)) yield { key, id: entry.id }
}

function* byId(messages: Table<QueuedMessage>, after?: CursorKey): Generator<Position> {
  const start = after && String(after[0])
  for (const { key } of messages.range(start === undefined ? {} : { start })) {
    const id = String(key)
    if (id !== start) yield { key: [id], id }
  }
}
