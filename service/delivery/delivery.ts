import { createDestinations, type Destinations } from './dispatch/destination-view.ts'
import { Dispatcher } from './dispatch/dispatcher.ts'
import { createSteadyClock } from './dispatch/steady-clock.ts'
import { createStop } from './dispatch/stop.ts'
import { createAllowances } from './dispatch/throttles/allowances.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import { connectTo } from './hosts/connect.ts'
import { connectOptions, openCourier, openPool } from './open-courier.ts'
import { createRouteChecks } from './routes/route-checks.ts'
import { createSteering } from './routes/steering.ts'

export type { DeliveryOptions } from './delivery-options.ts'

export interface Delivery {
  /** Begins with whatever is due. */
  start(): void
  /** Begins nothing more, waits for the attempts under way for a moment, then ends them: they will be made again. */
  close(): Promise<void>
  readonly destinations: Destinations
  /** Whether an attempt of the message has begun and not ended: it may be past recall. */
  isUnderWay(messageId: string): boolean
  /** Holds a sender's mail still until the function that it gives is called. */
  still(sender: string): () => void
}

/** Of a check: a host that greets later than this is not well. */
const checkMs = 10_000
const defaultGraceMs = 5_000

/** Takes due messages out of the queue and gets them to the next host, or their senders a report. */
export function createDelivery(given: DeliveryOptions): Delivery {
  const clock = createSteadyClock(given.clock, () => performance.now())
  const steering = given.steering ?? createSteering({ ...given, clock })
  const options = { ...given, clock, steering }
  const { queue, config, graceMs = defaultGraceMs } = options
  const { maxConnections } = config
  const pool = openPool(options)
  const stop = createStop()
  const checks = createRouteChecks({
    ...options,
    intervalMs: (options.checkSeconds ?? 0) * 1_000,
    connect: (destination) => connectTo(destination, connectOptions(options, checkMs, checkMs))
  })
  const { throttles: rules = [], shareOf } = options
  const dispatcher = new Dispatcher({
    ...options,
    sites: options.sites,
    allowances: createAllowances({ rules, shareOf, maxConnections, clock }),
    maxConnections,
    run: openCourier(options, pool, stop)
  })
  let stopListening: (() => void) | undefined
  return {
    start,
    close,
    destinations: createDestinations({ queue, steering, book: dispatcher.book, clock }),
    isUnderWay: (messageId) => dispatcher.isUnderWay(messageId),
    still: (sender) => dispatcher.still(sender)
  }

  function start(): void {
    stopListening = queue.onWake(() => dispatcher.look())
    steering.start()
    checks.start()
    dispatcher.sweep()
  }

  async function close(): Promise<void> {
    stopListening?.()
    checks.close()
    pool.dismissIdle()
    const timer = setTimeout(() => stop.now(), graceMs)
    await dispatcher.drain()
    clearTimeout(timer)
    pool.abort()
    await steering.close()
  }
}
