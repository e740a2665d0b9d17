import type { Storage } from '../storage/storage.ts'
import type { MessageShelf } from './records/message-shelf.ts'
import type { OnStep } from './queue-step.ts'
import type { QueuedMessage } from './records/queued-message.ts'
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
}

export function createOrders({ storage, shelf, clock, keepFinishedMs, onStep }: OrdersOptions): Orders {
  return { recordOutcome, retry, cancel, forget, drop }

  async function recordOutcome(id: string, outcome: AttemptOutcome, alongside?: () => void) {
    return storage.transaction(() => {
      const known = shelf.messages.get(id)
      if (known === undefined) return undefined
      alongside?.()
      const message = shelf.replace(known, settle(known, outcome, clock()))
      onStep({ kind: 'tried', message, outcome })
      return message
    })
  }

  async function retry(id: string): Promise<OrderOutcome> {
    return order(id, (known, now) => ({ ...known, nextAttemptAt: Math.min(known.nextAttemptAt, now) }))
  }

  async function cancel(id: string, by: string): Promise<OrderOutcome> {
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

  async function order(
    id: string,
    act: (known: QueuedMessage, now: number) => QueuedMessage,
    tell?: (known: QueuedMessage, next: QueuedMessage) => void
  ): Promise<OrderOutcome> {
    return storage.transaction((): OrderOutcome => {
      const known = shelf.messages.get(id)
      if (known === undefined) return { kind: 'unknown' }
      if (known.state !== 'queued') return { kind: 'not-queued', message: known }
      const message = shelf.replace(known, act(known, clock()))
      tell?.(known, message)
      return { kind: 'done', message }
    })
  }

  async function forget(now: number, limit: number): Promise<number> {
    const old = shelf.finished.oldest(now - keepFinishedMs, limit)
    if (old.length === 0) return 0
    await storage.transaction(() => {
      for (const { id } of old) shelf.forget(id)
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

function cancelOpen({ recipients }: QueuedMessage, by: string, at: number): QueuedMessage['recipients'] {
  return recipients.map((one) =>
    one.state === 'pending' ? { ...one, state: 'cancelled' as const, reply: `cancelled by ${by}`, at } : one
  )
}
