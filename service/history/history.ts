import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { createDurableBuffer } from '../storage/durable-buffer.ts'
import type { Storage } from '../storage/storage.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import {
  createEmbeddedClickHouse,
  type EmbeddedClickHouse,
  type OnListening
} from './embedded/embedded-clickhouse.ts'
import { createErasures, type Erasures } from './erasures.ts'
import { createHistoryClient, type HistoryAddress } from './history-client.ts'
import type { Placement } from './render-migration.ts'
import type { HistoryEntry } from './rows/history-entry.ts'
import { runMigrations } from './run-migrations.ts'
import { createHistoryWriter, type HistoryWriter } from './writer/history-writer.ts'

export interface HistoryOptions {
  readonly url: string
  readonly user: string
  readonly password: string | undefined
  readonly placement: Placement
  /** Of the embedded server. */
  readonly directory: string
  readonly maxMemoryMiB: number
  readonly maxWaitingRows: number
  /** Writes only when `drain` is called: for a service that lives as long as one command. */
  readonly onlyOnDemand?: boolean
  /** Told where the embedded server listens; null: it no longer does. */
  readonly onListening?: OnListening
  readonly storage: Storage
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count' | 'gauge'>
}

/** What the installation has seen, for training, backtests and charts. The service never waits for it. */
export interface History {
  /** Inside `Storage.transaction`: kept on disk with the message's other effects, written to ClickHouse later. */
  record(entry: HistoryEntry): void
  /** Everything recorded so far is in ClickHouse. Rejects if it does not answer. */
  drain(): Promise<void>
  /** A client of a server that is up and migrated; for reading. Rejects with a HistoryError or what the server says. */
  connect(): Promise<ClickHouseClient>
  /** Where the server answers, and what opens it. Rejects as `connect`. */
  address(): Promise<HistoryAddress>
  readonly database: string
  /** How many rows wait: an upper bound. */
  waiting(): number
  /** Why rows wait; null: as far as anybody tried, all is well. Asks nobody. */
  fault(): string | null
  /** Removes every row about a sender, those that wait too. `waiting`: noted on disk, and done once ClickHouse answers. */
  erase(sender: string): Promise<HistoryErasure>
  close(): Promise<void>
}

export type HistoryErasure = 'erased' | 'waiting'

/** Opens what `clickhouse.url` says. Nothing is started or asked before it is needed. */
export function openHistory(options: HistoryOptions): History {
  const { placement, storage, maxWaitingRows, metrics, log } = options
  const { database } = placement
  const engine = options.url === 'embedded' ? createEngine(options) : null
  const buffer = createDurableBuffer<HistoryEntry>({ storage, name: 'history', maxEntries: maxWaitingRows })
  const connection = createConnection(options, engine)
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const { connect } = connection
  const { onlyOnDemand = false } = options
  const erasures = createErasures({ storage, buffer, placement, accept, log })
  const writing = { buffer, erasures, connect, database, accept, onlyOnDemand, log, metrics }
  const writer = createHistoryWriter(writing)
  metrics.gauge('sluice_history_waiting', () => buffer.waiting())

  return {
    database,
    connect,
    async address() {
      await connect()
      return addressOf(options, engine)
    },
    drain: () => writer.drain(),
    record(entry) {
      const lost = buffer.append(entry)
      if (lost > 0) metrics.count('sluice_history_lost_total', {}, lost)
      writer.wake()
    },
    waiting: () => buffer.waiting(),
    fault: () => writer.lastFault(),
    async erase(sender) {
      await accept(() => erasures.note(sender))
      await Promise.race([carriedOut(sender, erasures, writer), sleep(eraseMs, undefined, { ref: false })])
      if (!erasures.isOpen(sender)) return 'erased'
      writer.wake()
      return 'waiting'
    },
    async close() {
      await writer.close()
      await connection.close()
      await engine?.close()
    }
  }
}

function createEngine({ directory, maxMemoryMiB, onListening, log }: HistoryOptions): EmbeddedClickHouse {
  const maxMemoryBytes = maxMemoryMiB * 1_048_576
  return createEmbeddedClickHouse({ directory, maxMemoryBytes, log, ...(onListening && { onListening }) })
}

/** Whoever asks for an erasure is answered within this time. */
const eraseMs = 10_000

async function carriedOut(sender: string, erasures: Erasures, writer: HistoryWriter): Promise<void> {
  try {
    // The first may have been about to end as the sender was noted
    await writer.drain()
    if (erasures.isOpen(sender)) await writer.drain()
  } catch {
    // It stays noted, and the writer says why
  }
}

async function addressOf(
  { url }: Pick<HistoryOptions, 'url'>,
  engine: EmbeddedClickHouse | null
): Promise<HistoryAddress> {
  return engine === null ? { url, headers: {} } : await engine.address()
}

const requestMs = 30_000

/** One client at a time; another one when the embedded server came back on another port. Migrations run before its first use. */
function createConnection(
  { url, user, password, placement, log }: HistoryOptions,
  engine: EmbeddedClickHouse | null
): { connect: () => Promise<ClickHouseClient>; close: () => Promise<void> } {
  let open: { readonly url: string; readonly client: Promise<ClickHouseClient> } | null = null

  async function connect(): Promise<ClickHouseClient> {
    const address = await addressOf({ url }, engine)
    if (open?.url !== address.url) {
      const last = open
      open = { url: address.url, client: migrated(address) }
      void last?.client.then((client) => client.close()).catch(() => undefined)
    }
    const current = open
    try {
      return await current.client
    } catch (error) {
      if (open === current) open = null
      throw error
    }
  }

  async function migrated(address: HistoryAddress): Promise<ClickHouseClient> {
    const client = createHistoryClient(address, { user, password }, requestMs)
    await runMigrations({ client, placement, log })
    return client
  }

  async function close(): Promise<void> {
    const last = open
    open = null
    await last?.client.then((client) => client.close()).catch(() => undefined)
  }

  return { connect, close }
}
