import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { DurableBuffer } from '../storage/durable-buffer.ts'
import type { Storage, Table } from '../storage/storage.ts'
import type { Logger } from '../telemetry/logger.ts'
import { HistoryError } from './history-error.ts'
import type { Placement } from './render-migration.ts'
import { historyTables, tablesOfNobody, type HistoryEntry } from './rows/history-entry.ts'

/** Senders whose rows are to be erased: noted on disk, so that what cannot be done now is done when ClickHouse is back. */
export interface Erasures {
  /** Inside `Storage.transaction`: everything recorded so far about this sender goes. */
  note(sender: string): void
  isOpen(sender: string): boolean
  areOpen(): boolean
  /** What waits of the noted senders' rows is gone. */
  clearWaiting(): Promise<void>
  /** All of the noted is gone, from what waits and from ClickHouse; nothing may be written meanwhile. Rejects if it does not answer. */
  carryOut(connect: () => Promise<ClickHouseClient>): Promise<void>
}

export interface ErasuresOptions {
  readonly storage: Pick<Storage, 'table'>
  readonly buffer: Pick<DurableBuffer<HistoryEntry>, 'remove' | 'next'>
  readonly placement: Placement
  /** One durable transaction (`Storage.transaction`). */
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly log: Pick<Logger, 'info'>
}

export function createErasures({ storage, buffer, placement, accept, log }: ErasuresOptions): Erasures {
  /** By sender: entries below this number are to go. Nearly always empty. */
  const notes: Table<number> = storage.table('history.erasures')
  const open = new Set(Array.from(notes.range(), ({ key }) => String(key)))

  /** The entries that wait. Gives the number below which they are gone. */
  async function clear(sender: string): Promise<number> {
    const before = notes.get(sender) ?? 0
    for (let from: number | null = 0; from !== null; await breathe()) {
      const start: number = from
      from = await accept(() => buffer.remove((entry) => entry.sender === sender, start, before))
    }
    return before
  }

  /** Noted again meanwhile, it stays open. */
  async function close(sender: string, before: number): Promise<void> {
    const isDone = await accept(() => {
      if ((notes.get(sender) ?? 0) > before) return false
      notes.remove(sender)
      return true
    })
    if (isDone) open.delete(sender)
  }

  return {
    note(sender) {
      notes.put(sender, buffer.next())
      open.add(sender)
    },
    isOpen: (sender) => open.has(sender),
    areOpen: () => open.size > 0,
    async clearWaiting() {
      for (const sender of open) await clear(sender)
    },
    async carryOut(connect) {
      for (const sender of open) {
        const before = await clear(sender)
        await eraseStored(await connect(), sender, placement)
        await close(sender, before)
        log.info('history.sender_erased', { senderKey: sender })
      }
    }
  }
}

/** ClickHouse rewrites parts meanwhile. What takes longer is looked at again with the next try. */
const patienceMs = 20_000
const pollMs = 50

/**
 * Can be repeated at any point: what was begun goes on in the server, and is waited for. Its cleaner removes the parts that were replaced
 * from the disk a moment later (the embedded engine within the minute, a server after `old_parts_lifetime`).
 */
async function eraseStored(client: ClickHouseClient, sender: string, placement: Placement): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (const table of historyTables.filter((name) => !tablesOfNobody.includes(name))) {
    const ask = async (query: string): Promise<number> => {
      const found = await client.query({ query, query_params: { sender }, format: 'JSONEachRow' })
      const [row] = await found.json<{ n: string }>()
      return Number(row?.n ?? 0)
    }
    const { stored, running, command } = erasureSql(table, await digestOf(client, sender), placement)
    if ((await ask(stored)) === 0) continue
    if ((await ask(running)) === 0) await client.command({ query: command })
    while ((await ask(running)) > 0 || (await ask(stored)) > 0) {
      if (performance.now() > deadline) throw new HistoryError('HISTORY_ERASURE_RUNS', { table })
      await sleep(pollMs)
    }
  }
}

async function digestOf(client: ClickHouseClient, sender: string): Promise<string> {
  const query = 'SELECT toString(sipHash64({sender: String})) AS digest'
  const found = await client.query({ query, query_params: { sender }, format: 'JSONEachRow' })
  const [row] = await found.json<{ digest: string }>()
  return row?.digest ?? ''
}

/** The server keeps the text of its last mutations: it names the sender by a digest only. */
export function erasureSql(
  table: string,
  digest: string,
  { database, cluster }: Placement
): { readonly stored: string; readonly running: string; readonly command: string } {
  const onCluster = cluster === null ? '' : ` ON CLUSTER '${cluster}'`
  // Whichever server answers us: another one may hold rows that it does not
  const everywhere = (name: string): string =>
    cluster === null ? name : `clusterAllReplicas('${cluster}', ${name})`
  return {
    stored: `SELECT count() AS n FROM ${everywhere(`${database}.${table}`)} WHERE sender = {sender: String}`,
    running: `SELECT count() AS n FROM ${everywhere('system.mutations')} WHERE database = '${database}' AND table = '${table}' AND NOT is_done AND command LIKE '%${digest}%'`,
    command: `ALTER TABLE ${database}.${table}${onCluster} DELETE WHERE sipHash64(sender) = ${digest}`
  }
}
