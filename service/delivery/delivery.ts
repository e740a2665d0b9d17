import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { noFailpoint, type Failpoint } from '../queue/failpoint.ts'
import type { Queue } from '../queue/queue.ts'
import { createRetrySchedule } from '../queue/retry-schedule.ts'
import { createByteGate } from './dispatch/byte-gate.ts'
import { connectTo, type ResolveRecords } from './hosts/connect.ts'
import { ConnectionPool } from './session/connection-pool.ts'
import { createCourier, type OnSettled } from './dispatch/courier.ts'
import { Dispatcher } from './dispatch/dispatcher.ts'
import type { DeliveryRoute } from './routes/route.ts'
import { createReporter } from './notices/reporter.ts'
import { createDepart, type Sign } from './outgoing/depart.ts'
import { createStop } from './dispatch/stop.ts'

export interface DeliveryOptions {
  readonly queue: Queue
  readonly routes: readonly DeliveryRoute[]
  readonly config: {
    readonly maxConnections: number
    readonly firstRetryDelayMs: number
    readonly maxRetryDelayMs: number
    readonly maxAgeHours: number
    readonly delayNoticeHours: number
    readonly maxReportsPerHour: number
    readonly attemptTimeoutMs: number
  }
  /** What we call ourselves in EHLO, and the domain of reports. */
  readonly hostname: string
  readonly resolveRecords?: ResolveRecords
  /** Without one everything leaves unsigned. */
  readonly sign?: Sign
  readonly clock: () => number
  readonly random: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics?: Pick<Metrics, 'count' | 'observeSeconds'>
  /** Called inside the transaction that records what became of recipients. */
  readonly onSettled?: OnSettled
  readonly failpoint?: Failpoint
  /** How long an attempt under way may still take when the service stops. */
  readonly graceMs?: number
}

export interface Delivery {
  /** Begins with whatever is due. */
  start(): void
  /** Begins nothing more, waits for the attempts under way for a moment, then ends them: they will be made again. */
  close(): Promise<void>
}

const hourMs = 3_600_000
const connectTimeoutMs = 30_000
/** A connection that waits longer than this for the next message is given back. */
const idleMs = 2_000
const defaultGraceMs = 5_000
/** A message on its way out is in memory about three times: as stored, as it leaves, and as the socket takes it. */
const maxBytesUnderWay = 128 * 1024 * 1024

/** Takes due messages out of the queue and gets them to the next host, or their senders a report. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { queue, routes, config, hostname, clock, random } = options
  const { failpoint = noFailpoint, graceMs = defaultGraceMs } = options
  const { maxConnections, attemptTimeoutMs } = config
  const pool = new ConnectionPool({
    maxConnections,
    idleMs,
    connect: (destination) =>
      connectTo(destination, {
        hostname,
        resolveRecords: options.resolveRecords,
        connectTimeoutMs,
        socketTimeoutMs: attemptTimeoutMs
      })
  })
  const nextRetry = createRetrySchedule({
    firstDelayMs: config.firstRetryDelayMs,
    maxDelayMs: config.maxRetryDelayMs,
    maxAgeMs: config.maxAgeHours * hourMs,
    random
  })
  const report = createReporter({
    ...options,
    delayNoticeMs: config.delayNoticeHours * hourMs,
    maxAgeMs: config.maxAgeHours * hourMs,
    maxReportsPerHour: config.maxReportsPerHour
  })
  const stop = createStop()
  const courier = createCourier({
    ...options,
    pool,
    gate: createByteGate(maxBytesUnderWay),
    depart: createDepart(options.sign),
    nextRetry,
    report,
    attemptTimeoutMs,
    failpoint,
    stop
  })
  const dispatcher = new Dispatcher({ queue, routes, clock, maxConnections, run: courier })
  let stopListening: (() => void) | undefined
  return { start, close }

  function start(): void {
    stopListening = queue.onWake(() => dispatcher.look())
    dispatcher.sweep()
  }

  async function close(): Promise<void> {
    stopListening?.()
    pool.dismissIdle()
    const timer = setTimeout(() => stop.now(), graceMs)
    await dispatcher.drain()
    clearTimeout(timer)
    pool.abort()
  }
}
