import type { Storage } from '../storage/storage.ts'
import type { Failpoint } from './failpoint.ts'
import type { MessageShelf } from './records/message-shelf.ts'
import type { OnStep } from './queue-step.ts'
import type { QueuedMessage } from './records/queued-message.ts'
import { labels } from './indexes/turn.ts'
import { settle, type AttemptOutcome } from './records/settle.ts'

/** Of an order to retry or cancel. */
export type OrderOutcome =
  | { readonly kind: 'done'; readonly message: QueuedMessage }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-queued'; readonly message: QueuedMessage }

/** Changes to waiting messages, each durable when it resolves. */
export interface Orders {
  /** `alongside` writes into the same transaction. undefined: no such message. */
  recordOutcome(
    id: string,
    outcome: AttemptOutcome,
    alongside?: () => void
  ): Promise<QueuedMessage | undefined>
  retry(id: string): Promise<OrderOutcome>
  cancel(id: string, by: string): Promise<OrderOutcome>
  /** The same for several in one transaction; gives those that were changed. */
  retryAll(ids: readonly string[]): Promise<readonly QueuedMessage[]>
  cancelAll(ids: readonly string[], by: string): Promise<readonly QueuedMessage[]>
  /** Makes messages due that wait beyond `horizon` (epoch ms), at most `limit` of each label; gives how many. */
  pullForward(horizon: number, limit: number): Promise<number>
  /** Drops finished messages past their time, at most `limit`; gives how many. */
  forget(now: number, limit: number): Promise<number>
  /** Drops these messages where they are finished, whatever their age; gives how many. */
  drop(ids: readonly string[]): Promise<number>
}

export interface OrdersOptions {
  readonly storage: Storage
  readonly shelf: MessageShelf
  readonly clock: () => number
  readonly keepFinishedMs: number
  readonly onStep: OnStep
  readonly failpoint: Failpoint
}

export function createOrders(options: OrdersOptions): Orders {
  const { storage, shelf, clock, keepFinishedMs, onStep, failpoint } = options
  const { retryNow, cancelNow } = createActs(options)
  return {
    recordOutcome,
    retry: (id) => storage.transaction(() => retryNow(id)),
    cancel: (id, by) => storage.transaction(() => cancelNow(id, by)),
    retryAll: (ids) => storage.transaction(() => ids.map((id) => retryNow(id)).flatMap(changed)),
    cancelAll: (ids, by) => storage.transaction(() => ids.map((id) => cancelNow(id, by)).flatMap(changed)),
    pullForward,
    forget,
    drop
  }

  async function recordOutcome(id: string, outcome: AttemptOutcome, alongside?: () => void) {
    return storage.transaction(() => {
      const known = shelf.messages.get(id)
      if (known === undefined) return undefined
      alongside?.()
      const message = shelf.replace(known, settle(known, outcome, endOf(outcome, clock())))
      onStep({ kind: 'tried', message, outcome })
      return message
    })
  }

  async function pullForward(horizon: number, limit: number): Promise<number> {
    const stranded = labels.flatMap((label) => shelf.due.latest(label, horizon, limit))
    if (stranded.length === 0) return 0
    return storage.transaction(() => stranded.map(({ id }) => retryNow(id)).flatMap(changed).length)
  }

  async function forget(now: number, limit: number): Promise<number> {
    const old = shelf.finished.oldest(now - keepFinishedMs, limit)
    if (old.length === 0) return 0
    await storage.transaction(() => {
      for (const { id } of old) {
        shelf.forget(id)
        failpoint('during-forgetting')
      }
    })
    return old.length
  }

  async function drop(ids: readonly string[]): Promise<number> {
    return storage.transaction(() => {
      const finished = ids.filter((id) => (shelf.messages.get(id)?.finishedAt ?? null) !== null)
      for (const id of finished) shelf.forget(id)
      return finished.length
    })
  }
}

/** Inside a transaction. */
function createActs({ shelf, clock, onStep }: Pick<OrdersOptions, 'shelf' | 'clock' | 'onStep'>) {
  return { retryNow, cancelNow }

  function retryNow(id: string): OrderOutcome {
    return order(id, (known, now) => ({ ...known, nextAttemptAt: Math.min(known.nextAttemptAt, now) }))
  }

  function cancelNow(id: string, by: string): OrderOutcome {
    return order(
      id,
      (known, now) => ({
        ...known,
        state: 'done',
        finishedAt: now,
        recipients: cancelOpen(known, by, now)
      }),
      (known, message) => {
        const recipients = message.recipients.filter((_, at) => known.recipients[at]?.state === 'pending')
        onStep({ kind: 'cancelled', message, recipients })
      }
    )
  }

  function order(
    id: string,
    act: (known: QueuedMessage, now: number) => QueuedMessage,
    tell?: (known: QueuedMessage, next: QueuedMessage) => void
  ): OrderOutcome {
    const known = shelf.messages.get(id)
    if (known === undefined) return { kind: 'unknown' }
    if (known.state !== 'queued') return { kind: 'not-queued', message: known }
    const message = shelf.replace(known, act(known, clock()))
    tell?.(known, message)
    return { kind: 'done', message }
  }
}

function changed(outcome: OrderOutcome): readonly QueuedMessage[] {
  return outcome.kind === 'done' ? [outcome.message] : []
}

/** An attempt that ended at a time which the clock, set back since, has not reached yet must not look like one still to come. */
function endOf({ attempt }: AttemptOutcome, now: number): number {
  return Math.max(now, attempt.at + attempt.durationMs)
}

function cancelOpen({ recipients }: QueuedMessage, by: string, at: number): QueuedMessage['recipients'] {
  return recipients.map((one) =>
    one.state === 'pending' ? { ...one, state: 'cancelled' as const, reply: `cancelled by ${by}`, at } : one
  )
}
