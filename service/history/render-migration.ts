export interface Placement {
  readonly database: string
  /** Name of a ClickHouse cluster; null: one server. */
  readonly cluster: string | null
  /** Rows older than this are dropped. */
  readonly retentionDays: number
}

const name = /^\w{1,64}$/u

/**
 * The statements of a migration as this installation runs them. On a cluster every table is Replicated… and made on all servers; its
 * replicas share a path by shard and name (ClickHouse documentation, "Data replication").
 */
export function renderMigration(
  sql: string,
  { database, cluster, retentionDays }: Placement
): readonly string[] {
  if (!name.test(database) || (cluster !== null && !name.test(cluster)))
    throw new RangeError('Names of database and cluster may hold letters, digits and underscores')
  return sql
    .replaceAll(/^--.*$/gmu, '')
    .replaceAll('{database}', database)
    .replaceAll('{retentionDays}', String(Math.ceil(retentionDays)))
    .replaceAll('{onCluster}', cluster === null ? '' : `ON CLUSTER '${cluster}'`)
    .replaceAll(
      /\{engine:([A-Za-z]+)(?:\(([^)]*)\))?\}/gu,
      (_, engine: string, parameters: string | undefined) =>
        cluster === null ? plain(engine, parameters) : replicated(engine, parameters)
    )
    .replaceAll(/non_replicated_deduplication_window/gu, (setting) =>
      cluster === null ? setting : 'replicated_deduplication_window'
    )
    .split(/;\s*$/mu)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

function plain(engine: string, parameters: string | undefined): string {
  return parameters === undefined ? `${engine}()` : `${engine}(${parameters})`
}

function replicated(engine: string, parameters: string | undefined): string {
  const place = `'/clickhouse/tables/{uuid}/{shard}', '{replica}'`
  return `Replicated${engine}(${parameters === undefined ? place : `${place}, ${parameters}`})`
}
