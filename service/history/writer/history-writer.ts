import type { ClickHouseClient } from '@clickhouse/client'
import type { Buffered, DurableBuffer } from '../../storage/durable-buffer.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { toJsonRow, type HistoryEntry } from '../rows/history-entry.ts'

export interface HistoryWriterOptions {
  readonly buffer: DurableBuffer<HistoryEntry>
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
  /** There is something to write; cheap, may be called for every row. */
  wake(): void
  /** Everything that waits now is written. Rejects if the server refuses it. */
  drain(): Promise<void>
  /** Why nothing could be written the last time; null: all is well, as far as anybody tried. */
  lastFault(): string | null
  /** Writes what waits if the server answers; what is left waits on disk for the next start. */
  close(): Promise<void>
}

/** Rows of one insert: about 20 MB of JSON. */
const maxBatch = 1_000
/** Rows gather for so long: ClickHouse likes few and large inserts. */
const gatherMs = 500
const firstRetryMs = 500
const maxRetryMs = 30_000
const closeMs = 5_000

/**
 * Drains the buffer into ClickHouse, oldest first, one batch at a time. A batch that was not acknowledged is sent again with the same bounds
 * and the same deduplication tokens, so that the server drops what it has already.
 */
export function createHistoryWriter(options: HistoryWriterOptions): HistoryWriter {
  const { buffer, accept, log } = options
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let retryMs = 0
  /** Bounds of the batch that was sent and not acknowledged. */
  let pending: number | null = null
  let lastFault: string | null = null
  let closed = false

  async function writeBatch(): Promise<boolean> {
    const batch = buffer.peek(maxBatch).filter(({ number }) => pending === null || number <= pending)
    const last = batch.at(-1)
    if (last === undefined) {
      pending = null
      return false
    }
    pending = last.number
    await insertBatch(batch, options)
    await accept(() => buffer.drop(last.number))
    pending = null
    return buffer.waiting() > 0
  }

  async function writeAll(): Promise<void> {
    while (await writeBatch());
  }

  function drain(): Promise<void> {
    running ??= writeAll().finally(() => (running = null))
    return running
  }

  function schedule(afterMs: number): void {
    if (closed || timer !== null || options.onlyOnDemand === true) return
    timer = setTimeout(() => {
      timer = null
      drain().then(
        () => {
          retryMs = 0
          lastFault = null
        },
        (error: unknown) => {
          retryMs = Math.min(maxRetryMs, Math.max(firstRetryMs, retryMs * 2))
          lastFault = error instanceof Error ? error.message : String(error)
          log.warn('history.write_deferred', { waiting: buffer.waiting(), retryMs, error: lastFault })
          schedule(retryMs)
        }
      )
    }, afterMs)
    timer.unref()
  }

  async function close(): Promise<void> {
    closed = true
    if (timer !== null) clearTimeout(timer)
    const isDown = retryMs > 0 || options.onlyOnDemand === true
    if (isDown || buffer.waiting() === 0) return
    const cut = new Promise<void>((resolve) => void setTimeout(resolve, closeMs).unref())
    await Promise.race([drain().catch(() => undefined), cut])
  }

  if (buffer.waiting() > 0) schedule(gatherMs)
  return { wake: () => schedule(gatherMs), drain, lastFault: () => lastFault, close }
}

async function insertBatch(
  batch: readonly Buffered<HistoryEntry>[],
  { connect, database, metrics }: HistoryWriterOptions
): Promise<void> {
  const client = await connect()
  const tables = Map.groupBy(batch, ({ value }) => value.table)
  for (const [table, entries] of tables) {
    const token = `${table}:${entries[0]?.number ?? 0}-${entries.at(-1)?.number ?? 0}`
    await client.insert({
      table: `${database}.${table}`,
      values: entries.map(({ value }) => toJsonRow(value)),
      format: 'JSONEachRow',
      clickhouse_settings: { insert_deduplication_token: token, date_time_input_format: 'best_effort' }
    })
    metrics.count('sluice_history_rows_total', { table }, entries.length)
  }
}
