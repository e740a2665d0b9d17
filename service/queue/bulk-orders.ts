import type { MessageFilter } from './indexes/message-filter.ts'
import { readPage, type PageSources } from './indexes/message-pages.ts'
import type { Orders } from './orders.ts'
import type { QueuedMessage } from './records/queued-message.ts'

export interface BulkOrder {
  /** `count` changes nothing. */
  readonly order: 'retry' | 'cancel' | 'count'
  /** Of messages that wait. */
  readonly filter: Omit<MessageFilter, 'state'>
  /** Who gave the order. */
  readonly by: string
  /** Where the last call ended. */
  readonly cursor?: string | undefined
}

export type BulkOutcome =
  | {
      readonly kind: 'done'
      /** Messages that are meant. */
      readonly matched: number
      /** Those that were changed: a message that is due already is not made due again. */
      readonly changed: number
      /** There is more to look through; null: that was all. */
      readonly nextCursor: string | null
    }
  | { readonly kind: 'bad-cursor' }

export type OrderAll = (order: BulkOrder) => Promise<BulkOutcome>

export interface BulkOrdersOptions {
  readonly shelf: PageSources
  readonly orders: Pick<Orders, 'retryAll' | 'cancelAll'>
  readonly clock: () => number
  readonly clearBody: (message: QueuedMessage) => Promise<void>
  readonly wake: () => void
}

/** Messages in one transaction, and in one call: no order holds up the doors for long. */
const maxAtOnce = 500

/** One step of an order to many: the caller goes on with `nextCursor` until it is null. */
export function createBulkOrders({ shelf, orders, clock, clearBody, wake }: BulkOrdersOptions): OrderAll {
  return async function orderAll({ order, filter, by, cursor }) {
    const page = readPage(shelf, { ...filter, state: 'queued', cursor, limit: maxAtOnce })
    if (page.kind === 'bad-cursor') return page
    const changed = await give(order, page.items, by)
    return { kind: 'done', matched: page.items.length, changed, nextCursor: page.nextCursor }
  }

  async function give(
    order: BulkOrder['order'],
    messages: readonly QueuedMessage[],
    by: string
  ): Promise<number> {
    switch (order) {
      case 'count':
        return 0
      case 'retry': {
        const now = clock()
        const waiting = messages.filter(({ nextAttemptAt }) => nextAttemptAt > now)
        const retried = await orders.retryAll(waiting.map(({ id }) => id))
        wake()
        return retried.length
      }
      case 'cancel': {
        const cancelled = await orders.cancelAll(
          messages.map(({ id }) => id),
          by
        )
        for (const message of cancelled) await clearBody(message)
        return cancelled.length
      }
    }
  }
}
