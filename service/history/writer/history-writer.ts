import { setImmediate as breathe } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { DurableBuffer } from '../../storage/durable-buffer.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { Erasures } from '../erasures.ts'
import type { HistoryEntry } from '../rows/history-entry.ts'
import { createFaultLog } from './fault-log.ts'
import { insertRows } from './insert-rows.ts'
import { createRowBatch, type RowBatch } from './row-batch.ts'

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
const maxBatch = { entries: 5_000, bytes: 24_000_000 }
/** Entries read at once: less than a millisecond, then others get their turn. */
const shareSize = 100
/** Rows gather for so long: each insert is a part on the disk, which is flushed, and merged with others later. */
const gatherMs = 1_000
const firstRetryMs = 500
const maxRetryMs = 30_000
const closeMs = 5_000

/**
 * Drains the buffer into ClickHouse, oldest first, one batch at a time. A batch that was not acknowledged is sent again with the same bounds
 * and the same deduplication tokens, also after a restart, so that the server drops what it has already.
 */
export function createHistoryWriter(options: HistoryWriterOptions): HistoryWriter {
  const { buffer, erasures, connect } = options
  const faults = createFaultLog({ ...options, waiting: () => buffer.waiting() })
  const sendBatch = createBatches(options)
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let retryMs = 0
  let closed = false
  /** Somebody waits for the entries below this number; later ones may gather. */
  let wanted = 0

  async function writeAll(): Promise<void> {
    for (let more = true; more;) {
      // A batch that may be half-way there comes first
      if (buffer.claimed() === null) await erasures.carryOut(connect)
      const { last, isFull } = await sendBatch()
      more = isFull || (last !== null && last + 1 < wanted) || erasures.areOpen()
    }
  }

  function write(): Promise<void> {
    running ??= writeAll().finally(() => (running = null))
    return running
  }

  async function drain(): Promise<void> {
    wanted = buffer.next()
    // What runs already may have been about to end
    if (running !== null) await running
    await write()
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
      await write()
      retryMs = 0
      faults.over()
      if (buffer.waiting() > 0) schedule(gatherMs)
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

interface Sent {
  /** Number of its last entry; null: nothing waited. */
  readonly last: number | null
  /** More may wait than one batch takes. */
  readonly isFull: boolean
}

/** Gives what sends one batch after the other. */
function createBatches({ buffer, connect, database, accept, metrics }: HistoryWriterOptions) {
  let batch = createRowBatch()

  return async function sendBatch(): Promise<Sent> {
    const claimed = buffer.claimed()
    batch.clear()
    await fill(batch, claimed ?? Infinity)
    const { last, entries, bytes } = batch
    // What was claimed can all have been erased meanwhile
    if (last === null) return { last: claimed, isFull: await forget(claimed) }
    if (claimed === null) await accept(() => buffer.claim(last))
    await insert()
    await forget(claimed ?? last)
    return {
      last,
      isFull: claimed !== null || entries >= maxBatch.entries || bytes >= maxBatch.bytes
    }
  }

  async function insert(): Promise<void> {
    const sending = batch
    // A request that fails may go on reading
    batch = createRowBatch()
    const client = await connect()
    for (const rows of sending.rowsByTable()) {
      await insertRows(client, database, rows)
      metrics.count('sluice_history_rows_total', { table: rows.table }, rows.rows)
    }
    batch = sending
  }

  /** They are where they belong: drops them at once and gives back their room little by little, as a commit makes others wait. */
  async function forget(through: number | null): Promise<boolean> {
    if (through === null) return false
    const drop = (): boolean => {
      buffer.drop(through)
      return buffer.sweep()
    }
    for (let more = await accept(drop); more;) more = await accept(() => buffer.sweep())
    return true
  }

  async function fill(into: RowBatch, through: number): Promise<void> {
    let from = 0
    while (into.entries < maxBatch.entries && into.bytes < maxBatch.bytes) {
      const looked = buffer.visit(shareSize, from, (entry, number) => {
        from = number + 1
        if (number <= through) into.add(entry, number)
      })
      if (looked < shareSize || from > through) return
      await breathe()
    }
  }
}
