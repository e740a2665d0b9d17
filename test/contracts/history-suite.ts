import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { test, type TestContext } from 'node:test'
import type { ClickHouseClient } from '@clickhouse/client'
import { openHistory, type History, type HistoryOptions } from '../../service/history/history.ts'
import { retentionsIn, retentionSql } from '../../service/history/apply-retention.ts'
import { createErasures, erasureSql } from '../../service/history/erasures.ts'
import { createHistoryWriter } from '../../service/history/writer/history-writer.ts'
import { createDurableBuffer } from '../../service/storage/durable-buffer.ts'
import { createHistoryReader } from '../../service/history/reader/history-reader.ts'
import { renderMigration } from '../../service/history/render-migration.ts'
import { runMigrations } from '../../service/history/run-migrations.ts'
import type { HistoryEntry } from '../../service/history/rows/history-entry.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { openTemporary } from '../storage/open-temporary.ts'
import { at, everyKindOfRow, label, messageOf } from './history-rows.ts'

/** A ClickHouse that the suite may use. */
export interface HistoryServer {
  readonly name: string
  /** Why it cannot be used; false: it can. */
  readonly skip: string | false
  /** How it is reached. */
  place(): Promise<HistoryPlace>
}

export interface HistoryPlace extends Pick<
  HistoryOptions,
  'url' | 'user' | 'password' | 'directory' | 'log'
> {
  /** After the history is closed. */
  readonly clear: () => Promise<void>
}

export interface OpenedHistory {
  readonly history: History
  readonly storage: Awaited<ReturnType<typeof openTemporary>>
  readonly client: ClickHouseClient
  readonly record: (entries: readonly HistoryEntry[]) => Promise<void>
  /** Gives the rows of a query. */
  readonly rows: <Row>(query: string) => Promise<Row[]>
}

/** History in a database of its own, which is dropped after the test. */
export async function openedHistory(t: TestContext, server: HistoryServer): Promise<OpenedHistory> {
  const storage = await openTemporary(t)
  const database = `sluice_test_${randomBytes(6).toString('hex')}`
  const { clear, ...place } = await server.place()
  const history = openHistory({
    ...place,
    placement: { database, cluster: null, retentionDays: 3_650 },
    maxMemoryMiB: 1_000,
    maxWaitingRows: 100_000,
    storage,
    metrics: createMetrics()
  })
  const client = await history.connect()
  t.after(async () => {
    const last = await history.connect()
    await last.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` })
    await history.close()
    await clear()
  })
  return {
    history,
    storage,
    client,
    record: (entries) => storage.transaction(() => entries.forEach((entry) => history.record(entry))),
    rows: async <Row>(query: string) => {
      const found = await (await history.connect()).query({ query, format: 'JSONEachRow' })
      return await found.json<Row>()
    }
  }
}

const migrations = new URL('../../service/history/migrations/', import.meta.url)

async function migrationTexts(): Promise<readonly string[]> {
  const names = (await readdir(migrations)).toSorted()
  return await Promise.all(names.map((file) => readFile(new URL(file, migrations), 'utf8')))
}

/** What history promises of any ClickHouse. */
export function historySuite(server: HistoryServer): void {
  const { name, skip } = server

  test(`${name}: migrations can be run twice, and by two services at once`, { skip }, async (t) => {
    const { client, rows, history } = await openedHistory(t, server)
    const placement = { database: `${history.database}_b`, cluster: null, retentionDays: 30 }
    const run = (): Promise<void> => runMigrations({ client, placement, log: silentLogger })
    await Promise.all([run(), run()])
    await run()
    const applied = await rows<{ number: number }>(
      `SELECT number FROM ${placement.database}.migrations FINAL ORDER BY number`
    )
    assert.deepEqual(
      applied.map(({ number }) => number),
      applied.map((_, index) => index + 1)
    )
    assert.ok(applied.length >= 7)

    const [table] = await rows<{ create_table_query: string }>(
      `SELECT create_table_query FROM system.tables WHERE database = '${placement.database}' AND name = 'messages'`
    )
    assert.match(table?.create_table_query ?? '', /TTL toDateTime\(received_at\) \+ toIntervalDay\(30\)/u)
    await client.command({ query: `DROP DATABASE ${placement.database} SYNC` })
  })

  test(`${name}: another retention is taken over by tables that are there already`, { skip }, async (t) => {
    const { client, history, rows } = await openedHistory(t, server)
    const { database } = history
    const told: unknown[] = []
    const log = { ...silentLogger, info: (event: string) => void told.push(event) }
    const run = (retentionDays: number): Promise<void> =>
      runMigrations({ client, placement: { database, cluster: null, retentionDays }, log })
    const ttls = async (): Promise<readonly string[]> => {
      const tables = await rows<{ engine_full: string }>(
        `SELECT engine_full FROM system.tables WHERE database = '${database}' AND engine_full LIKE '% TTL %' ORDER BY name`
      )
      return tables.flatMap(
        ({ engine_full }) => /TTL .* \+ toIntervalDay\((\d+)\)/u.exec(engine_full)?.[0] ?? []
      )
    }
    const before = await ttls()
    await run(3_650)
    assert.deepEqual(await ttls(), before)
    await run(7)
    const after = await ttls()
    assert.deepEqual(
      after,
      before.map((ttl) => ttl.replace('3650', '7'))
    )
    assert.deepEqual(told, Array(after.length).fill('history.retention_changed'))
    assert.ok(after.length >= 7)
  })

  test(`${name}: every statement for a cluster is one that it understands`, { skip }, async (t) => {
    const { client } = await openedHistory(t, server)
    const placement = { database: 'mail', cluster: 'west', retentionDays: 30 }
    const statements = (await migrationTexts()).flatMap((sql) => renderMigration(sql, placement))
    const [retention] = retentionsIn(statements)
    assert.ok(retention)
    const { command, stored, running } = erasureSql('messages', '42', placement)
    const change = retentionSql(retention.table, retention.expression, placement)
    for (const statement of [...statements, change, command, stored, running]) {
      const parsed = await client.query({
        query: `EXPLAIN AST ${statement}`,
        query_params: { sender: 's1' },
        format: 'TabSeparated'
      })
      assert.match(await parsed.text(), /^(?:Create|Alter|Select)\w*Quer(?:y|\w+)/u, statement)
    }
  })

  test(`${name}: a newer schema and a changed migration are refused by their codes`, { skip }, async (t) => {
    const { client, history } = await openedHistory(t, server)
    const placement = { database: history.database, cluster: null, retentionDays: 30 }
    const apply = (number: number, migration: string): Promise<unknown> =>
      client.insert({
        table: `${history.database}.migrations`,
        values: [{ number, name: migration, digest: 'other' }],
        format: 'JSONEachRow'
      })
    const run = (): Promise<void> => runMigrations({ client, placement, log: silentLogger })
    await apply(9_999, 'of_tomorrow')
    await assert.rejects(run(), { code: 'HISTORY_SCHEMA_NEWER', facts: { migration: '9999 of_tomorrow' } })
    await client.command({ query: `TRUNCATE TABLE ${history.database}.migrations` })
    await apply(1, 'messages')
    await assert.rejects(run(), { code: 'HISTORY_MIGRATION_CHANGED' })
  })

  test(
    `${name}: rows wait while it is away, and a batch that was not acknowledged counts once`,
    { skip },
    async (t) => {
      const { client, storage, history, rows } = await openedHistory(t, server)
      const { database } = history
      let state: 'away' | 'acknowledges-nothing' | 'up' = 'away'
      const flaky = new Proxy(client, {
        get: (target, method) =>
          method === 'exec' && state === 'acknowledges-nothing'
            ? async (values: Parameters<ClickHouseClient['exec']>[0]) => {
                const { stream } = await target.exec(values)
                for await (const _ of stream);
                throw new Error('the connection broke before the answer')
              }
            : Reflect.get(target, method)
      })
      const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
      const buffer = createDurableBuffer<HistoryEntry>({ storage, name: 'other', maxEntries: 100 })
      const placement = { database, cluster: null, retentionDays: 30 }
      const writer = createHistoryWriter({
        buffer,
        erasures: createErasures({ storage, buffer, placement, accept, log: silentLogger }),
        connect: () => (state === 'away' ? Promise.reject(new Error('refused')) : Promise.resolve(flaky)),
        database,
        accept,
        onlyOnDemand: true,
        log: silentLogger,
        metrics: createMetrics()
      })
      await accept(() => ['a', 'b'].forEach((id) => buffer.append(label('s1', id, { id }))))
      await assert.rejects(writer.drain(), /refused/u)
      assert.equal(buffer.waiting(), 2)

      state = 'acknowledges-nothing'
      await assert.rejects(writer.drain(), /broke/u)
      await accept(() => buffer.append(label('s1', 'c', { id: 'c' })))
      state = 'up'
      await writer.drain()
      assert.equal(buffer.waiting(), 0)
      const found = await rows<{ id: string }>(`SELECT id FROM ${database}.feedback ORDER BY id`)
      assert.deepEqual(
        found.map(({ id }) => id),
        ['a', 'b', 'c']
      )
      await writer.close()
    }
  )

  test(
    `${name}: every kind of row arrives with its values, and the summary counts them`,
    { skip },
    async (t) => {
      const { history, record, rows } = await openedHistory(t, server)
      await record(everyKindOfRow.map(({ entry }) => entry))
      await history.drain()
      for (const { entry, stored } of everyKindOfRow)
        assert.deepEqual(
          await rows(`SELECT * FROM ${history.database}.${entry.table} FINAL`),
          stored,
          entry.table
        )

      await record([messageOf('s1', 'm1'), messageOf('s1', 'm2'), messageOf('s2', 'm3')])
      await record([label('s1', 'm1', { id: 'l1' })])
      await history.drain()
      const { messages, senders, labels } = await createHistoryReader(history).summary()
      assert.deepEqual({ messages, senders, labels }, { messages: 3, senders: 2, labels: { spam: 2 } })
    }
  )

  test(`${name}: of a message’s labels the newest that stands is read`, { skip }, async (t) => {
    const { history, record } = await openedHistory(t, server)
    await record([
      label('s1', 'm1', { id: 'a', at: at + 1, label: 'spam' }),
      label('s1', 'm1', { id: 'b', at: at + 3, label: 'legitimate', source: 'operator' }),
      label('s1', 'm1', { id: 'c', at: at + 4, label: 'phishing', stands: false }),
      label('s1', 'm1', { id: 'd', at: at + 2, label: 'takeover' }),
      label('s2', 'm2', { id: 'e', at: at + 1, label: 'takeover', stands: false })
    ])
    await history.drain()
    const labels: unknown[] = []
    for await (const one of createHistoryReader(history).labels()) labels.push(one)
    assert.deepEqual(labels, [
      { submission_id: 'm1', sender: 's1', at: at + 3, label: 'legitimate', source: 'operator' }
    ])
  })

  test(`${name}: a sender who is erased is gone from every table, and nobody else`, { skip }, async (t) => {
    const { history, record, rows } = await openedHistory(t, server)
    await record([...everyKindOfRow.map(({ entry }) => entry), messageOf('stays', 'm2')])
    await history.drain()
    await record([messageOf('s1', 'waits'), messageOf('stays', 'm3')])
    assert.equal(await history.erase('s1'), 'erased')
    await record([messageOf('s1', 'later')])
    await history.drain()
    for (const table of ['deliveries', 'feedback', 'holds', 'containment'])
      assert.deepEqual(await rows(`SELECT * FROM ${history.database}.${table}`), [], table)
    const left = await rows<{ submission_id: string }>(
      `SELECT submission_id FROM ${history.database}.messages ORDER BY submission_id`
    )
    assert.deepEqual(
      left.map(({ submission_id }) => submission_id),
      ['later', 'm2', 'm3']
    )
  })
}
