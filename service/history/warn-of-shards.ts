import type { ClickHouseClient } from '@clickhouse/client'
import type { Logger } from '../telemetry/logger.ts'

export interface WarnOfShardsOptions {
  readonly client: ClickHouseClient
  readonly cluster: string
  readonly log: Pick<Logger, 'warn'>
}

/** Rows are written to the server that answers, and read from it: of a cluster with several shards the others would be missing. */
export async function warnOfShards({ client, cluster, log }: WarnOfShardsOptions): Promise<void> {
  const found = await client.query({
    query: 'SELECT uniqExact(shard_num) AS shards FROM system.clusters WHERE cluster = {cluster: String}',
    query_params: { cluster },
    format: 'JSONEachRow'
  })
  const [row] = await found.json<{ shards: number | string }>()
  const shards = Number(row?.shards ?? 0)
  if (shards > 1)
    log.warn('history.cluster_sharded', {
      cluster,
      shards,
      remedy: 'name a cluster of one shard in clickhouse.cluster'
    })
}
