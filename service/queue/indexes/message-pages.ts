import type { Table } from '../../storage/storage.ts'
import { decodeCursor, encodeCursor, type CursorKey } from './cursor.ts'
import type { DueIndex } from './due-index.ts'
import type { FinishedIndex } from './finished-index.ts'
import type { HeldIndex } from './held-index.ts'
import type { MessageState, QueuedMessage } from '../records/queued-message.ts'

export interface PageRequest {
  readonly state?: MessageState | undefined
  /** Exact sender id. */
  readonly sender?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

export type PageOutcome =
  | { readonly kind: 'page'; readonly items: readonly QueuedMessage[]; readonly nextCursor: string | null }
  | { readonly kind: 'bad-cursor' }

/** A page looks at no more records than this, so that a rare sender in a long queue cannot hold up everybody: it ends early instead. */
const maxExamined = 5_000

interface Position {
  readonly key: CursorKey
  readonly id: string
}

export interface PageSources {
  readonly messages: Table<QueuedMessage>
  readonly due: DueIndex
  readonly held: HeldIndex
  readonly finished: FinishedIndex
}

/** One page of messages: held ones by deadline, queued ones by label and time, ended ones newest first, all of them by id. */
export function readPage(sources: PageSources, { state, sender, cursor, limit }: PageRequest): PageOutcome {
  const after = cursor === undefined ? undefined : decodeCursor(cursor)
  if (cursor !== undefined && after === undefined) return { kind: 'bad-cursor' }
  const items: QueuedMessage[] = []
  let examined = 0
  for (const { key, id } of positions(sources, state, after)) {
    const message = sources.messages.get(id)
    examined += 1
    if (message !== undefined && matches(message, state, sender)) items.push(message)
    if (items.length >= limit || examined >= maxExamined)
      return { kind: 'page', items, nextCursor: encodeCursor(key) }
  }
  return { kind: 'page', items, nextCursor: null }
}

function matches(
  message: QueuedMessage,
  state: MessageState | undefined,
  sender: string | undefined
): boolean {
  return (
    (state === undefined || message.state === state) && (sender === undefined || message.senderId === sender)
  )
}

function positions(
  sources: PageSources,
  state: MessageState | undefined,
  after?: CursorKey
): Iterable<Position> {
  switch (state) {
    case 'held':
      return sources.held.entries({ ...(after && { after: [Number(after[0]), String(after[1])] }) })
    case 'queued':
      return duePositions(sources.due, after)
    case 'done':
    case 'rejected':
      return sources.finished.newest(after && [Number(after[0]), String(after[1])])
    case undefined:
      return byId(sources.messages, after)
  }
}

function* duePositions(due: DueIndex, after?: CursorKey): Generator<Position> {
  const from = after && ([Number(after[0]), Number(after[1]), String(after[2])] as const)
  for (const { key, entry } of due.entries(from)) yield { key, id: entry.id }
}

function* byId(messages: Table<QueuedMessage>, after?: CursorKey): Generator<Position> {
  const start = after && String(after[0])
  for (const { key } of messages.range(start === undefined ? {} : { start })) {
    const id = String(key)
    if (id !== start) yield { key: [id], id }
  }
}
