import type { Failpoint } from '../../queue/failpoint.ts'
import { QueueError } from '../../queue/queue-error.ts'
import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage, RecipientOutcome } from '../../queue/records/queued-message.ts'
import type { NextRetry } from '../../queue/retry-schedule.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { judge, transmit, type Judgement, type Results } from './attempt.ts'
import type { ByteGate } from './byte-gate.ts'
import type { ConnectionPool } from '../session/connection-pool.ts'
import { isReturned } from './jobs.ts'
import type { Depart } from '../outgoing/depart.ts'
import { noteConnected, noteRefusal, type Job, type Lane } from './lane.ts'
import type { Reporter } from '../notices/reporter.ts'
import type { RecipientResult } from '../session/reply.ts'
import type { Stop } from './stop.ts'

export interface CourierOptions {
  readonly queue: Queue
  readonly pool: ConnectionPool
  readonly gate: ByteGate
  readonly nextRetry: NextRetry
  readonly attemptTimeoutMs: number
  readonly depart: Depart
  readonly report: Reporter
  readonly clock: () => number
  readonly log: Logger
  readonly metrics?: Pick<Metrics, 'count' | 'observeSeconds'>
  /** Who remembers what became of recipients: called inside the transaction that records it, with those that are settled now. */
  readonly onSettled?: OnSettled
  readonly failpoint: Failpoint
  /** For when the service cannot wait any longer: what is under way is left as it is, and made again. */
  readonly stop: Stop
}

export type OnSettled = (message: QueuedMessage, settled: readonly RecipientOutcome[]) => void

/** Makes one attempt and records what came of it. Never rejects. */
export type Courier = (lane: Lane, job: Job) => Promise<void>

/** A destination that refuses connections is left alone for this long; its messages wait by their own schedule. */
const pauseMs = 60_000

interface Tried {
  readonly results: Results
  readonly mx: string | null
  readonly signing?: string | null
}

export function createCourier(options: CourierOptions): Courier {
  const { queue, gate, log } = options
  return async function deliver(lane, job) {
    const message = queue.get(job.messageId)
    // Cancelled or finished since it was read
    if (message?.state !== 'queued') return
    try {
      await gate.through(message.sizeBytes, () => deliverNow(lane, job, message, options))
    } catch (error) {
      // Our own disk: nothing that another host said. The message stays as it is and is looked at again by the sweep
      log.error('delivery.attempt_failed', { id: job.messageId, error })
    }
  }
}

async function deliverNow(
  lane: Lane,
  job: Job,
  message: QueuedMessage,
  options: CourierOptions
): Promise<void> {
  const { clock, nextRetry, failpoint, stop } = options
  const startedAt = clock()
  const raw = await bodyOf(message, options)
  const tried = await stop.guard(outcomeOf(lane, job, message, raw, options))
  if (tried === null) return
  const { results, mx, signing = null } = tried
  const judgement = judge(message, job, results, { nextRetry, startedAt, now: clock(), mx, signing })
  failpoint('before-outcome-recorded')
  await record(message, raw ?? new Uint8Array(), judgement, options)
  tell(message, judgement, options)
}

/** null: gone from the disk, which no retry brings back. */
async function bodyOf(message: QueuedMessage, { queue, log }: CourierOptions): Promise<Uint8Array | null> {
  try {
    return await queue.body(message)
  } catch (error) {
    if (!(error instanceof QueueError) || error.code !== 'QUEUE_BODY_MISSING') throw error
    log.error('delivery.body_missing', { id: message.id, error })
    return null
  }
}

async function outcomeOf(
  lane: Lane,
  job: Job,
  message: QueuedMessage,
  raw: Uint8Array | null,
  options: CourierOptions
): Promise<Tried> {
  if (raw === null) return { results: forAll(job, bodyLost), mx: null }
  if (isReturned(message)) return { results: forAll(job, heldTooLong), mx: null }
  if (lane.blockedUntil > options.clock() && lane.lastRefusal !== null)
    return { results: forAll(job, lane.lastRefusal), mx: null }
  return attempt(lane, job, message, raw, options)
}

const bodyLost: RecipientResult = {
  kind: 'failed',
  reply: 'the message was lost from the spool',
  status: '5.3.0'
}
const heldTooLong: RecipientResult = {
  kind: 'failed',
  reply: 'held for review and not released in time',
  status: '5.7.1'
}

function forAll({ recipients }: Job, result: RecipientResult): Results {
  return new Map(recipients.map((one) => [one, result]))
}

async function attempt(
  lane: Lane,
  job: Job,
  message: QueuedMessage,
  raw: Uint8Array,
  options: CourierOptions
): Promise<Tried> {
  const { pool, clock } = options
  const reached = await pool.acquire(lane)
  if (reached.kind === 'refused') {
    pool.release(lane, null, false)
    noteRefusal(lane, reached.result, clock(), pauseMs)
    return { results: forAll(job, reached.result), mx: reached.mx }
  }
  noteConnected(lane)
  const { connection } = reached
  let reusable = false
  try {
    const sent = await transmit(connection, message, raw, job, options)
    reusable = sent.reusable
    return { results: sent.results, mx: connection.mx, signing: sent.signing }
  } finally {
    pool.release(lane, connection, reusable)
  }
}

/** The outcome and the report to the sender commit together. */
async function record(
  message: QueuedMessage,
  raw: Uint8Array,
  { outcome, news }: Judgement,
  { queue, onSettled, report }: CourierOptions
): Promise<void> {
  const settled = outcome.recipients.filter(({ state }) => state !== 'pending')
  const { notice, toldOfDelay } = await report(message, raw, news)
  await queue.recordOutcome(message.id, { ...outcome, toldOfDelay }, () => {
    if (notice !== null) queue.enqueue(notice)
    if (settled.length > 0) onSettled?.(message, settled)
  })
  if (notice !== null) queue.wake()
}

function tell(message: QueuedMessage, { outcome }: Judgement, { log, metrics }: CourierOptions): void {
  const { attempt: made, recipients } = outcome
  metrics?.observeSeconds('sluice_delivery_seconds', made.durationMs / 1000)
  for (const { state, reply, status } of recipients) {
    metrics?.count('sluice_delivery_attempts_total', { outcome: state === 'pending' ? 'deferred' : state })
    const event = state === 'pending' ? 'delivery.attempt_deferred' : `delivery.recipient_${state}`
    log.info(event, {
      id: message.id,
      route: made.route,
      mx: made.mx,
      signing: made.signing,
      status,
      reply,
      durationMs: made.durationMs
    })
  }
}
