import type { ClickHouseClient } from '@clickhouse/client'
import type { Logger } from '../telemetry/logger.ts'
import type { Placement } from './render-migration.ts'

export interface ApplyRetentionOptions {
  readonly client: ClickHouseClient
  readonly placement: Placement
  /** Of the migrations, as this installation runs them. */
  readonly statements: readonly string[]
  readonly log: Logger
}

/** When the rows of a table are dropped. */
export interface TableRetention {
  readonly table: string
  readonly expression: string
}

/**
 * A table keeps the retention of the day on which it was made: where the configuration says another one now, its TTL is changed, and
 * ClickHouse drops or keeps rows by it from its next merges on. Repeated it changes nothing. Throws what the server says.
 */
export async function applyRetention({
  client,
  placement,
  statements,
  log
}: ApplyRetentionOptions): Promise<void> {
  const { database } = placement
  const found = await client.query({
    query: 'SELECT name, engine_full FROM system.tables WHERE database = {database: String}',
    query_params: { database },
    format: 'JSONEachRow'
  })
  const stored = new Map<string, string>()
  for (const row of await found.json<{ name: string; engine_full: string }>())
    stored.set(row.name, row.engine_full)
  for (const { table, expression } of retentionsIn(statements)) {
    const before = daysIn(stored.get(table) ?? '')
    const days = daysIn(`TTL ${expression}`)
    if (before === undefined || before === days) continue
    await client.command({ query: retentionSql(table, expression, placement) })
    log.info('history.retention_changed', { table, days: Number(days), before: Number(before) })
  }
}

/** What the statements that make tables say of when their rows are dropped. */
export function retentionsIn(statements: readonly string[]): readonly TableRetention[] {
  return statements.flatMap((statement) => {
    const [, table] = /^CREATE TABLE IF NOT EXISTS \w+\.(\w+)/u.exec(statement) ?? []
    const [, expression] = /^TTL (.+)$/mu.exec(statement) ?? []
    return table === undefined || expression === undefined ? [] : { table, expression }
  })
}

export function retentionSql(table: string, expression: string, { database, cluster }: Placement): string {
  const onCluster = cluster === null ? '' : ` ON CLUSTER '${cluster}'`
  return `ALTER TABLE ${database}.${table}${onCluster} MODIFY TTL ${expression}`
}

/** The first interval of a TTL, in our writing or in the server's; undefined: there is none. */
function daysIn(text: string): string | undefined {
  return /\bTTL\b.*?(?:toIntervalDay\((\d+)\)|INTERVAL (\d+) DAY)/su.exec(text)?.slice(1).find(Boolean)
}
