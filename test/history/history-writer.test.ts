import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createClient, type ClickHouseClient } from '@clickhouse/client'
import { createEmbeddedClickHouse } from '../../service/history/embedded/embedded-clickhouse.ts'
import { engineLibrary } from '../../service/history/embedded/engine-library.ts'
import type { HistoryEntry } from '../../service/history/rows/history-entry.ts'
import { runMigrations } from '../../service/history/run-migrations.ts'
import { createHistoryWriter } from '../../service/history/writer/history-writer.ts'
import { createDurableBuffer } from '../../service/storage/durable-buffer.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { openTemporary } from '../storage/open-temporary.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'
const directory = await mkdtemp(join(tmpdir(), 'sluice-writer-'))
const engine = createEmbeddedClickHouse({ directory, log: silentLogger })
after(async () => {
  await engine.close()
  await rm(directory, { recursive: true, force: true })
})
let databases = 0

async function connect(database: string): Promise<ClickHouseClient> {
  const { url, headers } = await engine.address()
  const client = createClient({ url, http_headers: { ...headers } })
  await runMigrations({
    client,
    placement: { database, cluster: null, retentionDays: 3_650 },
    log: silentLogger
  })
  return client
}

const feedback = (id: string): HistoryEntry => ({
  table: 'feedback',
  sender: 's1',
  columns: {
    id,
    verdict_id: 'v',
    submission_id: 'm',
    sender: 's1',
    at: Date.UTC(2026, 10, 22),
    label: 'spam',
    source: 'operator',
    stands: true
  }
})

async function idsIn(client: ClickHouseClient, database: string): Promise<string[]> {
  const found = await client.query({
    query: `SELECT id FROM ${database}.feedback ORDER BY id`,
    format: 'JSONEachRow'
  })
  return (await found.json<{ id: string }>()).map(({ id }) => id)
}

test(
  'rows wait while the server is away, are written in order when it is back, and a repeated batch counts once',
  { skip },
  async (t) => {
    const database = `w${++databases}`
    const storage = await openTemporary(t)
    const buffer = createDurableBuffer<HistoryEntry>({ storage, name: 'history', maxEntries: 100 })
    const client = await connect(database)
    t.after(() => client.close())
    let state: 'away' | 'acknowledges-nothing' | 'up' = 'away'
    const flaky = new Proxy(client, {
      get: (target, name) =>
        name === 'insert' && state === 'acknowledges-nothing'
          ? async (values: Parameters<ClickHouseClient['insert']>[0]) => {
              await target.insert(values)
              throw new Error('the connection broke before the answer')
            }
          : Reflect.get(target, name)
    })
    const writer = createHistoryWriter({
      buffer,
      connect: () => (state === 'away' ? Promise.reject(new Error('refused')) : Promise.resolve(flaky)),
      database,
      accept: (act) => storage.transaction(act),
      log: silentLogger,
      metrics: createMetrics()
    })
    await storage.transaction(() => ['a', 'b'].forEach((id) => buffer.append(feedback(id))))
    await assert.rejects(writer.drain(), /refused/u)
    assert.equal(buffer.waiting(), 2)

    state = 'acknowledges-nothing'
    await assert.rejects(writer.drain(), /broke/u)
    await storage.transaction(() => buffer.append(feedback('c')))
    state = 'up'
    await writer.drain()
    assert.equal(buffer.waiting(), 0)
    assert.deepEqual(await idsIn(client, database), ['a', 'b', 'c'])
    await writer.close()
  }
)
