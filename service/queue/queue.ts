import type { Storage } from '../storage/storage.ts'
import type { Bucket } from './indexes/bucket-index.ts'
import type { DueEntry, ReadyPosition } from './indexes/turn.ts'
import { noFailpoint, type Failpoint } from './failpoint.ts'
import { readPage, type PageOutcome, type PageRequest } from './indexes/message-pages.ts'
import { createMessageShelf, needsBody, type MessageShelf } from './records/message-shelf.ts'
import { toRecord, type NewHold, type NewMessage } from './records/new-message.ts'
import { rebuildIndexes } from './indexes/rebuild.ts'
import { createBulkOrders, type OrderAll } from './bulk-orders.ts'
import { createRecordLate, type RecordLate } from './late-outcomes.ts'
import { createOrders, type Orders } from './orders.ts'
import type { OnStep, QueueStep } from './queue-step.ts'
import type { HoldDecision, HoldRecord, QueuedMessage } from './records/queued-message.ts'
import type { OnUnreadable } from './records/readable-messages.ts'
import { openSpool, type Spool } from './records/spool.ts'

export interface QueueOptions {
  readonly storage: Storage
  readonly spoolDirectory: string
  readonly clock: () => number
  /** Bodies above this lie in files. */
  readonly maxInlineBytes?: number
  /** How long a finished message can still be asked about. */
  readonly keepFinishedMs?: number
  /** Who remembers what happens to messages: called inside the transaction of each step. */
  readonly onStep?: OnStep | undefined
  readonly failpoint?: Failpoint
  readonly onUnreadable?: OnUnreadable
}

/** Of a decision about a held message. `decided` says who was first. */
export type DecideOutcome =
  | { readonly kind: 'done'; readonly message: QueuedMessage }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-held'; readonly message: QueuedMessage }

/** Of an order to hold what was on its way. */
export type RecallOutcome =
  | { readonly kind: 'done'; readonly message: QueuedMessage }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-queued'; readonly message: QueuedMessage }

/**
 * Accepted messages and what became of them. What is "in flight" is known to delivery alone and never written: after a crash every
 * message is simply due again, so nothing has to be repaired and at most the attempts that were under way are made twice.
 */
export interface Queue extends Orders {
  /** Makes a large body durable; call it before the transaction of `enqueue` or `hold`. Rejects with `QUEUE_SPOOL_FULL`. */
  prepareBody(id: string, raw: Uint8Array): Promise<void>
  /** After a prepared body was not accepted. */
  discardBody(id: string, sizeBytes: number): Promise<void>
  /** Inside a transaction. Call `wake` after its commit. */
  enqueue(message: NewMessage): QueuedMessage
  /** Inside a transaction. */
  hold(message: NewMessage, hold: NewHold): QueuedMessage
  /** Inside a transaction. `released` and `expired` move the message to the queue, where delivery sends or returns it. */
  decide(id: string, decision: HoldDecision): DecideOutcome
  /** Inside a transaction. A held message waits on: for other reasons, or longer. */
  holdOn(id: string, hold: NewHold): DecideOutcome
  /** Inside a transaction. A message that waits for delivery is held after all, for a decision. */
  recall(id: string, hold: NewHold): RecallOutcome
  /** Retries or cancels the waiting messages that are meant, a bounded number a call. */
  orderAll: OrderAll
  /** Inside a transaction. What another host says of recipients that it had taken. */
  recordLate: RecordLate
  /** Messages that are due, most pressing first; read it at once. */
  ready(now: number, after?: ReadyPosition): Iterable<DueEntry>
  /** Those of one destination or sender. `limit`: of each label. */
  readyIn(bucket: Bucket, now: number, after?: ReadyPosition, limit?: number): Iterable<DueEntry>
  nextDueAfter(now: number): number | undefined
  /** Makes messages due that wait beyond `horizon` (epoch ms), which no schedule of ours set: the clock was set back. Gives how many. */
  pullForward(horizon: number, limit: number): Promise<number>
  /** The waiting messages of a sender, all or from after an id on. */
  waitingOf(sender: string): Iterable<string>
  /** Senders that have messages waiting. */
  waitingSenders(after?: string): Iterable<string>
  /** Domains that have messages waiting. */
  waitingDomains(after?: string): Iterable<string>
  /** How many wait for a destination or of a sender, counted up to `most`. */
  countIn(bucket: Bucket, most: number): number
  get(id: string): QueuedMessage | undefined
  byVerdict(verdictId: string): QueuedMessage | undefined
  body(message: QueuedMessage): Promise<Uint8Array>
  page(request: PageRequest): PageOutcome
  /** Ids of held messages whose deadline has passed, at most `limit`. */
  expiredHolds(now: number, limit: number): readonly string[]
  counts(): { readonly queued: number; readonly held: number }
  /** Removes what is left of a body whose message is finished; after the commit. */
  clearBody(message: QueuedMessage): Promise<void>
  /** Says that something may be due now: call it after the commit of whatever made it so. */
  wake(): void
  /** Is told by `wake`. Gives the way to stop listening. */
  onWake(listener: () => void): () => void
}

const defaultInlineBytes = 256 * 1024
const defaultKeepFinishedMs = 7 * 24 * 3_600_000

/** Opens the queue and sweeps the bodies that an earlier end left without a message. */
export async function createQueue(options: QueueOptions): Promise<Queue> {
  const { storage, clock, failpoint = noFailpoint, maxInlineBytes = defaultInlineBytes } = options
  const { onStep = () => undefined } = options
  const keepFinishedMs = options.keepFinishedMs ?? defaultKeepFinishedMs
  const spool = await openSpool({ storage, directory: options.spoolDirectory, maxInlineBytes, failpoint })
  const shelf = createMessageShelf(storage, spool, options.onUnreadable ?? (() => undefined))
  await spool.sweep((id) => needsBody(shelf.messages.get(id)) || shelf.messages.isUnreadable(id))
  await rebuildIndexes(storage, shelf)
  const orders = createOrders({ storage, shelf, clock, keepFinishedMs, onStep, failpoint })
  const bell = createBell()

  return {
    ...readers(shelf, spool),
    ...bell,
    forget: (now, limit) => orders.forget(now, limit),
    drop: (ids) => orders.drop(ids),
    retryAll: (ids) => orders.retryAll(ids),
    cancelAll: (ids, by) => orders.cancelAll(ids, by),
    prepareBody: (id, raw) => spool.prepare(id, raw),
    discardBody: (id, sizeBytes) => spool.discard(id, sizeBytes),
    pullForward: (horizon, limit) => orders.pullForward(horizon, limit),
    orderAll: createBulkOrders({ shelf, clock, orders, clearBody, wake: bell.wake }),
    ...createKeeping(shelf, clock, onStep),
    recordLate: createRecordLate({ shelf, clock, onStep }),
    clearBody,
    recordOutcome: async (id, outcome, alongside) => {
      const message = await orders.recordOutcome(id, outcome, alongside)
      if (message !== undefined) await clearBody(message)
      return message
    },
    retry: async (id) => {
      const outcome = await orders.retry(id)
      bell.wake()
      return outcome
    },
    cancel: async (id, by) => {
      const outcome = await orders.cancel(id, by)
      if (outcome.kind === 'done') await clearBody(outcome.message)
      return outcome
    }
  }

  async function clearBody(message: QueuedMessage): Promise<void> {
    if (!needsBody(message)) await spool.discard(message.id, message.sizeBytes)
  }
}

function readers(
  shelf: MessageShelf,
  spool: Spool
): Omit<
  Queue,
  | keyof Orders
  | keyof Keeping
  | keyof Bell
  | 'orderAll'
  | 'recordLate'
  | 'prepareBody'
  | 'discardBody'
  | 'clearBody'
> {
  return {
    ready: (now, after) => shelf.due.ready(now, after),
    readyIn: (bucket, now, after, limit) => shelf.buckets.ready(bucket, now, after, limit),
    nextDueAfter: (now) => shelf.due.nextAfter(now),
    waitingOf: (sender) => idsOf(shelf, { sender }),
    waitingSenders: (after) => shelf.buckets.names('sender', after),
    waitingDomains: (after) => shelf.buckets.names('domain', after),
    countIn: (bucket, most) => shelf.buckets.count(bucket, most),
    get: (id) => shelf.messages.get(id),
    byVerdict: (verdictId) => {
      const id = shelf.byVerdict.get(verdictId)
      return id === undefined ? undefined : shelf.messages.get(id)
    },
    body: (message) => spool.read(message),
    page: (request) => readPage(shelf, request),
    counts: () => ({ queued: shelf.due.count(), held: shelf.held.count() }),
    expiredHolds: (now, limit) => {
      const ids: string[] = []
      for (const { id } of shelf.held.entries({ until: now })) {
        if (ids.length >= limit) break
        ids.push(id)
      }
      return ids
    }
  }
}

function* idsOf(shelf: MessageShelf, bucket: Bucket): Generator<string> {
  for (const { id } of shelf.buckets.entries(bucket)) yield id
}

type Keeping = Pick<Queue, 'enqueue' | 'hold' | 'decide' | 'holdOn' | 'recall'>
type Bell = Pick<Queue, 'wake' | 'onWake'>

/** Taking messages in, and what is decided about held ones. */
function createKeeping(shelf: MessageShelf, clock: () => number, onStep: OnStep): Keeping {
  return {
    recall(id, newHold) {
      const known = shelf.messages.get(id)
      if (known === undefined) return { kind: 'unknown' }
      if (known.state !== 'queued') return { kind: 'not-queued', message: known }
      const hold: HoldRecord = { ...newHold, heldAt: clock(), decision: null }
      const message = shelf.replace(known, { ...known, state: 'held', hold })
      onStep({ kind: 'held', message, hold })
      return { kind: 'done', message }
    },
    enqueue(draft) {
      const message = shelf.add(toRecord(draft, 'queued', null, clock()), draft.raw)
      onStep({ kind: 'accepted', message })
      return message
    },
    hold(draft, newHold) {
      const message = shelf.add(toRecord(draft, 'held', newHold, clock()), draft.raw)
      if (message.hold !== null) onStep({ kind: 'held', message, hold: message.hold })
      return message
    },
    decide: (id, decision) =>
      change(id, (known, before) => {
        const hold = { ...before, decision }
        const next: QueuedMessage =
          decision.kind === 'rejected'
            ? { ...known, hold, state: 'rejected', finishedAt: decision.at }
            : { ...known, hold, state: 'queued', nextAttemptAt: decision.at }
        return [next, { kind: 'decided', message: next, hold, decision }]
      }),
    holdOn: (id, newHold) =>
      change(id, (known, { heldAt, decision }) => {
        const hold = { ...newHold, heldAt, decision }
        const next = { ...known, hold }
        return [next, { kind: 'held-on', message: next, hold, at: clock() }]
      })
  }

  function change(
    id: string,
    act: (known: QueuedMessage, hold: HoldRecord) => readonly [QueuedMessage, QueueStep]
  ): DecideOutcome {
    const known = shelf.messages.get(id)
    if (known === undefined) return { kind: 'unknown' }
    if (known.state !== 'held' || known.hold === null) return { kind: 'not-held', message: known }
    const [next, step] = act(known, known.hold)
    const message = shelf.replace(known, next)
    onStep(step)
    return { kind: 'done', message }
  }
}

function createBell(): Bell {
  const listeners = new Set<() => void>()
  return {
    wake: () => {
      for (const listener of listeners) listener()
    },
    onWake: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
