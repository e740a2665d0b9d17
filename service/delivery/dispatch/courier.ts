import type { Failpoint } from '../../queue/failpoint.ts'
import { QueueError } from '../../queue/queue-error.ts'
import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage, RecipientOutcome } from '../../queue/records/queued-message.ts'
import type { NextRetry } from '../../queue/retry-schedule.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { ClassifyBounce } from '../bounces/classify-bounce.ts'
import { judge, type Judgement, type Results } from './attempt.ts'
import type { ByteGate } from './byte-gate.ts'
import type { ConnectionPool } from '../session/connection-pool.ts'
import { isReturned, triedLately } from './jobs.ts'
import type { Depart } from '../outgoing/depart.ts'
import type { ReturnPath } from '../outgoing/return-path.ts'
import type { Heed } from '../back-off/back-off.ts'
import { noteConnected, noteRefusal, type Job, type Lane } from './lane.ts'
import type { Reporter } from '../notices/reporter.ts'
import type { Steering } from '../routes/steering.ts'
import { isSilence } from '../routes/paths/trips.ts'
import type { RecipientResult } from '../session/reply.ts'
import type { TlsResult } from '../session/tls-demand.ts'
import type { Stop } from './stop.ts'
import { transmit } from './transmit.ts'

export interface CourierOptions {
  readonly queue: Queue
  readonly pool: ConnectionPool
  /** Hears how each way fares. */
  readonly steering: Pick<Steering, 'begin' | 'record' | 'hasDetour'>
  readonly gate: ByteGate
  readonly nextRetry: NextRetry
  readonly attemptTimeoutMs: number
  readonly depart: Depart
  readonly returnPath?: ReturnPath | undefined
  /** Told of each destination's answers: who asks us to slow down is heard. */
  readonly heed?: Heed | undefined
  readonly classify: ClassifyBounce
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

/** Later than the commit that says so: what is due already is only looked for when something else happens. */
const detourMs = 500

interface Tried {
  readonly results: Results
  readonly mx: string | null
  readonly signing?: string | null
  readonly tls?: TlsResult | null
  /** The other side was not reached, or fell silent: another way may be better. */
  readonly fault?: 'path'
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
  const { clock, nextRetry, failpoint, stop, classify } = options
  const startedAt = clock()
  const raw = await bodyOf(message, options)
  const tried = await stop.guard(outcomeOf(lane, job, message, raw, options))
  if (tried === null) return
  const { results, mx, signing = null, tls, fault } = tried
  const again = againAt(job, message, tried, options)
  const made = { nextRetry, startedAt, now: clock(), mx, signing, tls, classify, fault, again }
  const judgement = judge(message, job, results, made)
  failpoint('before-outcome-recorded')
  const arrived = (): void => options.steering.record(job.choice, results.values())
  await record(message, raw ?? new Uint8Array(), judgement, { ...options, arrived })
  tell(message, judgement, options)
  options.heed?.(job.destination, judgement.outcome.recipients)
}

/** Epoch ms of the next attempt where the ways say it: at once around a fault, or when the route takes mail again; null: by the schedule. */
function againAt(
  job: Job,
  message: QueuedMessage,
  { fault }: Tried,
  { steering, clock }: CourierOptions
): number | null {
  const { choice, destination } = job
  if (choice.waitUntil !== null) return choice.waitUntil
  if (fault === undefined) return null
  const tried = [...triedLately(message), destination.route.name]
  const mail = { sender: message.senderId, domain: choice.domain, label: message.label }
  return steering.hasDetour(mail, tried) ? clock() + detourMs : null
}

const lost: ReadonlySet<string> = new Set(['QUEUE_BODY_MISSING', 'QUEUE_BODY_DAMAGED'])

/** null: gone from the disk, which no retry brings back. */
async function bodyOf(message: QueuedMessage, { queue, log }: CourierOptions): Promise<Uint8Array | null> {
  try {
    return await queue.body(message)
  } catch (error) {
    if (!(error instanceof QueueError) || !lost.has(error.code)) throw error
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
  if (job.choice.waitUntil !== null) return { results: forAll(job, routeClosed(job)), mx: null }
  if (lane.blockedUntil > options.clock() && lane.lastRefusal !== null)
    return { results: forAll(job, lane.lastRefusal), mx: null, fault: 'path' }
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

/** RFC 3463 section 3.4: X.4.3 is about routing. */
function routeClosed({ choice }: Job): RecipientResult {
  return { kind: 'deferred', reply: choice.why ?? 'the route takes nothing now', status: '4.4.3' }
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
  const trip = options.steering.begin(job.choice, message.sizeBytes)
  // Into a mailbox store of ours it has arrived: RFC 8689 is about the way between hosts
  const isRelayed = job.destination.route.kind !== 'local'
  const needs = { requireTls: isRelayed && message.parameters?.requireTls === true }
  const reached = await pool.acquire(lane, needs)
  if (reached.kind === 'refused') {
    pool.release(lane, null, false)
    // What only this message asked for says nothing of the others
    if (needs.requireTls) trip.dropped()
    else {
      noteRefusal(lane, reached.result, clock(), pauseMs)
      trip.refused(reached.result)
    }
    const isPath = !needs.requireTls && reached.result.kind === 'deferred'
    return { results: forAll(job, reached.result), mx: reached.mx, ...(isPath && { fault: 'path' }) }
  }
  noteConnected(lane)
  const { connection } = reached
  const { session } = connection
  trip.sending(() => void (session.isWithdrawable && session.abort()))
  let reusable = false
  try {
    const sent = await transmit(connection, message, raw, job, options)
    reusable = sent.reusable
    // A host may leave while its connection waits for the next message: that is no answer to this one
    if (sent.isStale !== true || reached.isUsed !== true) {
      const results = [...sent.results.values()]
      trip.ended(results)
      const isPath = results.length > 0 && results.every(isSilence)
      const { signing } = sent
      return {
        results: sent.results,
        mx: connection.mx,
        signing,
        tls: session.tls,
        ...(isPath && { fault: 'path' })
      }
    }
  } finally {
    trip.dropped()
    pool.release(lane, connection, reusable)
  }
  return attempt(lane, job, message, raw, options)
}

/** The outcome and the report to the sender commit together. */
async function record(
  message: QueuedMessage,
  raw: Uint8Array,
  { outcome, news }: Judgement,
  { queue, onSettled, report, arrived, failpoint }: CourierOptions & { readonly arrived: () => void }
): Promise<void> {
  const settled = outcome.recipients.filter(({ state }) => state !== 'pending')
  const { notice, toldOfDelay } = await report(message, raw, news)
  if (notice !== null) failpoint('before-report-kept')
  await queue.recordOutcome(message.id, { ...outcome, toldOfDelay }, () => {
    if (notice !== null) queue.enqueue(notice)
    if (settled.length > 0) onSettled?.(message, settled)
    arrived()
  })
  if (notice !== null) queue.wake()
}

function tell(message: QueuedMessage, { outcome }: Judgement, { log, metrics }: CourierOptions): void {
  const { attempt: made, recipients } = outcome
  metrics?.observeSeconds('sluice_delivery_seconds', made.durationMs / 1000)
  for (const { state, reply, status, bounceKind } of recipients) {
    metrics?.count('sluice_delivery_attempts_total', { outcome: state === 'pending' ? 'deferred' : state })
    if (bounceKind !== undefined) {
      const refused = state === 'pending' ? 'deferred' : 'failed'
      metrics?.count('sluice_refusals_total', { kind: bounceKind, outcome: refused })
    }
    const event = state === 'pending' ? 'delivery.attempt_deferred' : `delivery.recipient_${state}`
    log.info(event, {
      id: message.id,
      route: made.route,
      mx: made.mx,
      why: made.why,
      signing: made.signing,
      tls: made.tls,
      bounceKind,
      status,
      reply,
      durationMs: made.durationMs
    })
  }
}
