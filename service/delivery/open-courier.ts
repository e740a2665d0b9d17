import { noFailpoint } from '../queue/failpoint.ts'
import { createRetrySchedule } from '../queue/retry-schedule.ts'
import { loadBounceRules } from './bounces/bounce-rules.ts'
import { createClassifyBounce } from './bounces/classify-bounce.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import { createByteGate } from './dispatch/byte-gate.ts'
import { createCourier, type Courier } from './dispatch/courier.ts'
import type { Stop } from './dispatch/stop.ts'
import type { ConnectOptions } from './hosts/connect-options.ts'
import { connectTo } from './hosts/connect.ts'
import { createReporter } from './notices/reporter.ts'
import { createDepart } from './outgoing/depart.ts'
import type { Steering } from './routes/steering.ts'
import { ConnectionPool } from './session/connection-pool.ts'

const hourMs = 3_600_000
const connectTimeoutMs = 30_000
/** A connection that waits longer than this for the next message is given back. */
const idleMs = 2_000
const defaultMessagesPerConnection = 100
/** A message on its way out is in memory about three times: as stored, as it leaves, and as the socket takes it. */
const maxBytesUnderWay = 128 * 1024 * 1024

/** Connections to the next hosts, as many at once as the configuration allows. */
export function openPool(options: DeliveryOptions): ConnectionPool {
  const { maxConnections, attemptTimeoutMs, maxMessagesPerConnection } = options.config
  return new ConnectionPool({
    maxConnections,
    idleMs,
    maxMessagesPerConnection: maxMessagesPerConnection ?? defaultMessagesPerConnection,
    connect: (destination, needs) =>
      connectTo(destination, connectOptions(options, connectTimeoutMs, attemptTimeoutMs), needs)
  })
}

export function connectOptions(
  { hosts, hostname, resolveRecords }: DeliveryOptions,
  connectMs: number,
  socketTimeoutMs: number
): ConnectOptions {
  return { ...hosts, hostname, resolveRecords, connectTimeoutMs: connectMs, socketTimeoutMs }
}

/** What makes attempts: signs, sends, says when to try again, and tells senders. */
export function openCourier(
  options: DeliveryOptions & { readonly steering: Steering },
  pool: ConnectionPool,
  stop: Stop
): Courier {
  const { config, random, failpoint = noFailpoint } = options
  const maxAgeMs = config.maxAgeHours * hourMs
  return createCourier({
    ...options,
    pool,
    stop,
    failpoint,
    gate: createByteGate(maxBytesUnderWay),
    depart: createDepart(options.sign),
    classify: options.classify ?? createClassifyBounce(loadBounceRules(null)),
    attemptTimeoutMs: config.attemptTimeoutMs,
    nextRetry: createRetrySchedule({
      firstDelayMs: config.firstRetryDelayMs,
      maxDelayMs: config.maxRetryDelayMs,
      maxAgeMs,
      random
    }),
    report: createReporter({
      ...options,
      delayNoticeMs: config.delayNoticeHours * hourMs,
      maxAgeMs,
      maxReportsPerHour: config.maxReportsPerHour
    })
  })
}
