import type { Storage, Table } from '../../storage/storage.ts'
import { createBucketIndex, type BucketIndex } from '../indexes/bucket-index.ts'
import { createDueIndex, type DueIndex } from '../indexes/due-index.ts'
import { createFinishedIndex, type FinishedIndex } from '../indexes/finished-index.ts'
import { createHeldIndex, type HeldIndex } from '../indexes/held-index.ts'
import type { QueuedMessage } from './queued-message.ts'
import { readableMessages, type OnUnreadable, type ReadableMessages } from './readable-messages.ts'
import type { Spool } from './spool.ts'

/** The records and their indexes, kept in step: each message stands in the indexes of its state. */
export interface MessageShelf {
  readonly messages: ReadableMessages
  /** Verdict id → message id, so that a repeated request and a support agent find the message again. */
  readonly byVerdict: Table<string>
  readonly due: DueIndex
  /** Those that are due, by destination and by sender. */
  readonly buckets: BucketIndex
  readonly held: HeldIndex
  readonly finished: FinishedIndex
  /** Inside a transaction. */
  add(message: QueuedMessage, raw: Uint8Array): QueuedMessage
  /** Inside a transaction. Drops the body once nobody needs it. */
  replace(known: QueuedMessage, next: QueuedMessage): QueuedMessage
  /** Inside a transaction: of a finished message. */
  forget(id: string): void
}

export function createMessageShelf(storage: Storage, spool: Spool, onUnreadable: OnUnreadable): MessageShelf {
  const messages = readableMessages(storage.table('queue.messages'), onUnreadable)
  const byVerdict: Table<string> = storage.table('queue.verdicts')
  const due = createDueIndex(storage)
  const buckets = createBucketIndex(storage)
  const held = createHeldIndex(storage)
  const finished = createFinishedIndex(storage)
  return { messages, byVerdict, due, buckets, held, finished, add, replace, forget }

  function add(message: QueuedMessage, raw: Uint8Array): QueuedMessage {
    spool.put(message.id, raw)
    messages.put(message.id, message)
    indexOf(message).put(message)
    if (message.state === 'queued') buckets.put(message)
    if (message.verdictId !== '') byVerdict.put(message.verdictId, message.id)
    return message
  }

  function forget(id: string): void {
    const known = messages.get(id)
    if (known === undefined) return
    indexOf(known).remove(known)
    if (known.state === 'queued') buckets.remove(known)
    messages.remove(id)
    if (known.verdictId !== '') byVerdict.remove(known.verdictId)
  }

  function replace(known: QueuedMessage, next: QueuedMessage): QueuedMessage {
    indexOf(known).remove(known)
    indexOf(next).put(next)
    if (known.state === 'queued' && next.state === 'queued') buckets.move(known, next)
    else if (known.state === 'queued') buckets.remove(known)
    else if (next.state === 'queued') buckets.put(next)
    messages.put(next.id, next)
    if (needsBody(known) && !needsBody(next)) spool.remove(next.id, next.sizeBytes)
    return next
  }

  function indexOf({ state }: QueuedMessage): Pick<DueIndex, 'put' | 'remove'> {
    switch (state) {
      case 'queued':
        return due
      case 'held':
        return held
      case 'done':
      case 'rejected':
        return finished
    }
  }
}

/** Whether the message may still have to be sent. */
export function needsBody(message: QueuedMessage | undefined): boolean {
  return message?.state === 'queued' || message?.state === 'held'
}
