import type { Storage } from '../storage/storage.ts'
import type { DueEntry, ReadyPosition } from './indexes/due-index.ts'
import { noFailpoint, type Failpoint } from './failpoint.ts'
import { readPage, type PageOutcome, type PageRequest } from './indexes/message-pages.ts'
import { createMessageShelf, needsBody, type MessageShelf } from './records/message-shelf.ts'
import { toRecord, type NewHold, type NewMessage } from './records/new-message.ts'
import { createOrders, type Orders } from './orders.ts'
import type { OnStep, QueueStep } from './queue-step.ts'
import type { HoldDecision, HoldRecord, QueuedMessage } from './records/queued-message.ts'
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
}

/** Of a decision about a held message. `decided` says who was first. */
export type DecideOutcome =
  | { readonly kind: 'done'; readonly message: QueuedMessage }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-held'; readonly message: QueuedMessage }

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
  /** Messages that are due, most pressing first; read it at once. */
  ready(now: number, after?: ReadyPosition): Iterable<DueEntry>
  nextDueAfter(now: number): number | undefined
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
  const shelf = createMessageShelf(storage, spool)
  await spool.sweep((id) => needsBody(shelf.messages.get(id)))
  const orders = createOrders({ storage, shelf, clock, keepFinishedMs, onStep })
  const bell = createBell()

  return {
    ...readers(shelf, spool),
    ...bell,
    forget: (now, limit) => orders.forget(now, limit),
    drop: (ids) => orders.drop(ids),
    prepareBody: (id, raw) => spool.prepare(id, raw),
    discardBody: (id, sizeBytes) => spool.discard(id, sizeBytes),
    ...createKeeping(shelf, clock, onStep),
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
): Pick<Queue, 'ready' | 'nextDueAfter' | 'get' | 'byVerdict' | 'body' | 'page' | 'expiredHolds' | 'counts'> {
  return {
    ready: (now, after) => shelf.due.ready(now, after),
    nextDueAfter: (now) => shelf.due.nextAfter(now),
    get: (id) => shelf.messages.get(id),
    byVerdict: (verdictId) => {
      const id = shelf.byVerdict.get(verdictId)
      return id === undefined ? undefined : shelf.messages.get(id)
    },
    body: ({ id, sizeBytes }) => spool.read(id, sizeBytes),
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

/** Taking messages in, and what is decided about held ones. */
function createKeeping(
  shelf: MessageShelf,
  clock: () => number,
  onStep: OnStep
): Pick<Queue, 'enqueue' | 'hold' | 'decide' | 'holdOn'> {
  return {
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

function createBell(): Pick<Queue, 'wake' | 'onWake'> {
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
