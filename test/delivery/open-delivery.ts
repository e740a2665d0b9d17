import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createDelivery, type Delivery, type DeliveryOptions } from '../../service/delivery/delivery.ts'
import type { ResolveRecords } from '../../service/delivery/hosts/connect-options.ts'
import type { Sign } from '../../service/delivery/outgoing/depart.ts'
import type { DeliveryRoute } from '../../service/delivery/routes/route.ts'
import type { Steering } from '../../service/delivery/routes/steering.ts'
import { createQueue, type Queue } from '../../service/queue/queue.ts'
import type { QueuedMessage } from '../../service/queue/records/queued-message.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { deliveryDefaults } from '../helpers/open-pipeline.ts'
import { newMessage, type MessageDraft } from '../queue/messages.ts'
import { temporaryDirectory } from '../storage/open-temporary.ts'

export interface DeliveryHouse {
  readonly storage: Storage
  readonly queue: Queue
  readonly delivery: Delivery
  /** Enqueues and wakes, as the doors do. */
  send(draft?: MessageDraft): Promise<string>
  /** Resolves with the message once `until` holds of it. */
  when(id: string, until: (message: QueuedMessage) => boolean): Promise<QueuedMessage>
}

export interface DeliveryDraft {
  readonly routes: readonly DeliveryRoute[]
  readonly steering?: Steering
  readonly config?: Partial<DeliveryOptions['config']>
  readonly resolveRecords?: ResolveRecords
  readonly sign?: Sign
  readonly shaping?: Pick<DeliveryOptions, 'throttles' | 'shareOf' | 'sites' | 'heed'>
  /** Given the store of the house, for what it writes. */
  readonly onSettled?: (storage: Storage) => NonNullable<DeliveryOptions['onSettled']>
}

/** A real store, queue and delivery. */
export async function openDelivery(
  t: TestContext,
  { routes, steering, config, resolveRecords, sign, shaping, onSettled }: DeliveryDraft
): Promise<DeliveryHouse> {
  const directory = await temporaryDirectory(t)
  const storage = await openStorage({ directory })
  const watchers = new Set<() => void>()
  const queue = watched(
    await createQueue({ storage, spoolDirectory: join(directory, 'spool'), clock: Date.now }),
    watchers
  )
  const delivery = createDelivery({
    queue,
    routes,
    config: { ...deliveryDefaults, ...config },
    ...(steering && { steering }),
    ...(resolveRecords && { resolveRecords }),
    ...(sign && { sign }),
    ...shaping,
    ...(onSettled && { onSettled: onSettled(storage) }),
    hostname: 'mx.test',
    clock: Date.now,
    random: () => 0,
    newId: randomUUID,
    log: silentLogger,
    graceMs: 50
  })
  delivery.start()
  t.after(async () => {
    await delivery.close()
    await storage.close()
  })
  return { storage, queue, delivery, send, when }

  async function send(draft: MessageDraft = {}): Promise<string> {
    const message = newMessage({ acceptedAt: Date.now(), ...draft })
    await queue.prepareBody(message.id, message.raw)
    await storage.transaction(() => queue.enqueue(message))
    queue.wake()
    return message.id
  }

  function when(id: string, until: (message: QueuedMessage) => boolean): Promise<QueuedMessage> {
    return new Promise((resolve) => {
      const look = (): void => {
        const message = queue.get(id)
        if (message === undefined || !until(message)) return
        watchers.delete(look)
        resolve(message)
      }
      watchers.add(look)
      look()
    })
  }
}

export const isDone = ({ state }: QueuedMessage): boolean => state === 'done'

/** Tells the test of every outcome that was recorded, so that it never has to sleep. */
function watched(queue: Queue, watchers: ReadonlySet<() => void>): Queue {
  return {
    ...queue,
    recordOutcome: async (...outcome) => {
      const message = await queue.recordOutcome(...outcome)
      for (const look of watchers) look()
      return message
    }
  }
}
