import { Readable } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import { rowColumns } from '../rows/row-tables.ts'
import type { RowsOfTable } from './row-batch.ts'

/** Rejects with what the server says. Repeated with the same rows it changes nothing. */
export async function insertRows(
  client: ClickHouseClient,
  database: string,
  { table, columns, parts, first, last }: RowsOfTable
): Promise<void> {
  const names = rowColumns[table].slice(0, columns)
  const { stream } = await client.exec({
    query: `INSERT INTO ${database}.${table} (${names.join(', ')}) FORMAT RowBinary`,
    values: Readable.from(parts, { objectMode: false }),
    clickhouse_settings: {
      insert_deduplication_token: `${table}:${columns}:${first}-${last}`,
      // The charts' tables decide for themselves what they have: a server that died in between left them behind
      deduplicate_blocks_in_dependent_materialized_views: 1,
      // Imported mail reaches back further than the hundred months that an insert may touch by default
      max_partitions_per_insert_block: '0'
    }
  })
  for await (const _ of stream);
}
