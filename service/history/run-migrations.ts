import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Logger } from '../telemetry/logger.ts'
import { applyRetention } from './apply-retention.ts'
import { HistoryError } from './history-error.ts'
import { renderMigration, type Placement } from './render-migration.ts'
import { warnOfShards } from './warn-of-shards.ts'

export interface RunMigrationsOptions {
  readonly client: ClickHouseClient
  readonly placement: Placement
  readonly log: Logger
}

interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly digest: string
}

interface Applied {
  readonly number: number
  readonly name: string
  readonly digest: string
}

const folder = new URL('migrations/', import.meta.url)

/**
 * Brings the database to this version, forward only, and to this installation's retention. Every statement can be repeated, so that two services that start at once do no
 * harm, and one that was cut off goes on. Throws HISTORY_SCHEMA_NEWER and HISTORY_MIGRATION_CHANGED, and what the server says.
 */
export async function runMigrations({ client, placement, log }: RunMigrationsOptions): Promise<void> {
  const migrations = await readMigrations()
  const { cluster } = placement
  if (cluster !== null) await warnOfShards({ client, cluster, log })
  for (const statement of renderMigration(bookkeeping, placement)) await client.command({ query: statement })
  const applied = await appliedMigrations(client, placement)
  refuseForeign(applied, migrations)
  const done = new Set(applied.map(({ number }) => number))
  for (const migration of migrations) {
    if (done.has(migration.number)) continue
    for (const statement of renderMigration(migration.sql, placement))
      await client.command({ query: statement })
    const { number, name, digest } = migration
    await client.insert({
      table: `${placement.database}.migrations`,
      values: [{ number, name, digest }],
      format: 'JSONEachRow'
    })
    log.info('history.migrated', { number, name })
  }
  const statements = migrations.flatMap(({ sql }) => renderMigration(sql, placement))
  await applyRetention({ client, placement, statements, log })
}

const bookkeeping = `
CREATE DATABASE IF NOT EXISTS {database} {onCluster};
CREATE TABLE IF NOT EXISTS {database}.migrations {onCluster}
(number UInt32, name String, digest String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
ENGINE = {engine:ReplacingMergeTree(applied_at)} ORDER BY number;
`

async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((file) => /^\d{4}_\w+\.sql$/u.test(file)).toSorted()
  return await Promise.all(
    names.map(async (file) => {
      const sql = await readFile(new URL(file, folder), 'utf8')
      const digest = createHash('sha256').update(sql).digest('hex')
      return { number: Number(file.slice(0, 4)), name: file.slice(5, -4), sql, digest }
    })
  )
}

async function appliedMigrations(
  client: ClickHouseClient,
  { database }: Placement
): Promise<readonly Applied[]> {
  const found = await client.query({
    query: `SELECT number, name, digest FROM ${database}.migrations FINAL ORDER BY number`,
    format: 'JSONEachRow'
  })
  return await found.json<Applied>()
}

function refuseForeign(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const { number, name, digest } of applied) {
    const ours = migrations.find((migration) => migration.number === number)
    if (ours === undefined) throw new HistoryError('HISTORY_SCHEMA_NEWER', { migration: `${number} ${name}` })
    if (ours.digest !== digest)
      throw new HistoryError('HISTORY_MIGRATION_CHANGED', { migration: `${number} ${name}` })
  }
}
