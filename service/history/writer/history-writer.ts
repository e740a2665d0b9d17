import { setImmediate as breathe } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Buffered, DurableBuffer } from '../../storage/durable-buffer.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { Erasures } from '../erasures.ts'
import type { HistoryEntry } from '../rows/history-entry.ts'
import { createFaultLog } from './fault-log.ts'
import { insertRows, rowsByTable } from './insert-rows.ts'

export interface HistoryWriterOptions {
  readonly buffer: DurableBuffer<HistoryEntry>
  /** Carried out between batches: what is sent before an erasure is in the server when it begins. */
  readonly erasures: Erasures
  /** A client of a server that is up and migrated; rejects where there is none. */
  readonly connect: () => Promise<ClickHouseClient>
  readonly database: string
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  /** Writes only when `drain` is called: rows wait for the next service. */
  readonly onlyOnDemand?: boolean
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
}

export interface HistoryWriter {
  /** There is something to write or to erase; cheap, may be called for every row. */
  wake(): void
  /** Everything that waits now is written or erased. Rejects if the server refuses it. */
  drain(): Promise<void>
  /** Why nothing could be written the last time; null: all is well, as far as anybody tried. */
  lastFault(): string | null
  /** Writes what waits if the server answers; what is left waits on disk for the next start. */
  close(): Promise<void>
}

/** Of one insert: ClickHouse likes few and large ones, and the rows are in memory meanwhile. */
const maxBatch = { entries: 5_000, bytes: 8_000_000 }
/** Entries read at once: about a millisecond, then others get their turn. */
const shareSize = 100
/** Rows gather for so long. */
const gatherMs = 500
const firstRetryMs = 500
const maxRetryMs = 30_000
const closeMs = 5_000

/**
 * Drains the buffer into ClickHouse, oldest first, one batch at a time. A batch that was not acknowledged is sent again with the same bounds
 * and the same deduplication tokens, so that the server drops what it has already.
 */
export function createHistoryWriter(options: HistoryWriterOptions): HistoryWriter {
  const { buffer, erasures, connect } = options
  const faults = createFaultLog({ ...options, waiting: () => buffer.waiting() })
  const sendBatch = createBatches(options)
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let retryMs = 0
  let closed = false

  async function writeAll(): Promise<void> {
    for (let more = true; more;) {
      // A batch that may be half-way there comes first
      if (!sendBatch.isPending()) await erasures.carryOut(connect)
      more = (await sendBatch.next()) || erasures.areOpen()
    }
  }

  function drain(): Promise<void> {
    running ??= writeAll().finally(() => (running = null))
    return running
  }

  function schedule(afterMs: number): void {
    if (closed || timer !== null || options.onlyOnDemand === true) return
    timer = setTimeout(() => {
      timer = null
      void attempt()
    }, afterMs)
    timer.unref()
  }

  async function attempt(): Promise<void> {
    try {
      await drain()
      retryMs = 0
      faults.over()
    } catch (error) {
      retryMs = Math.min(maxRetryMs, Math.max(firstRetryMs, retryMs * 2))
      faults.note(error, retryMs)
      schedule(retryMs)
    }
  }

  async function close(): Promise<void> {
    closed = true
    if (timer !== null) clearTimeout(timer)
    const isDown = retryMs > 0 || options.onlyOnDemand === true
    if (isDown || buffer.waiting() === 0) return
    const cut = new Promise<void>((resolve) => void setTimeout(resolve, closeMs).unref())
    await Promise.race([drain().catch(() => undefined), cut])
  }

  if (buffer.waiting() > 0 || erasures.areOpen()) schedule(gatherMs)
  return { wake: () => schedule(gatherMs), drain, lastFault: () => faults.last(), close }
}

/** Sends one batch after the other. */
function createBatches({ buffer, connect, database, accept, metrics }: HistoryWriterOptions) {
  /** Number of the last entry that was sent and not acknowledged. */
  let pending: number | null = null
  return { isPending: () => pending !== null, next }

  /** False: nothing is left. */
  async function next(): Promise<boolean> {
    const batch = await read(pending ?? Infinity)
    const last = batch.at(-1)?.number
    if (last === undefined) {
      pending = null
      return false
    }
    pending ??= last
    const client = await connect()
    for (const rows of rowsByTable(batch)) {
      await insertRows(client, database, rows)
      metrics.count('sluice_history_rows_total', { table: rows.table }, rows.rows)
    }
    await accept(() => buffer.drop(last))
    pending = null
    return buffer.waiting() > 0
  }

  async function read(through: number): Promise<readonly Buffered<HistoryEntry>[]> {
    const batch: Buffered<HistoryEntry>[] = []
    let bytes = 0
    while (batch.length < maxBatch.entries && bytes < maxBatch.bytes) {
      const from = batch.at(-1)?.number
      const share = buffer.peek(shareSize, from === undefined ? undefined : from + 1)
      const wanted = share.filter(({ number }) => number <= through)
      batch.push(...wanted)
      bytes += wanted.reduce((sum, { value }) => sum + value.bytes.length, 0)
      if (wanted.length < shareSize) break
      await breathe()
    }
    return batch
  }
}
