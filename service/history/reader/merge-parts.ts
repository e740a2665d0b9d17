import type { HistoryReaderOptions } from './stream-rows.ts'

/** Reading in order holds a block of every part: up to so many it stays below half a gigabyte. */
const maxParts = 40
/** Of a month, which is a partition. */
const maxPartsOfMonth = 3

/**
 * Merges what many small inserts have left, an import of years for instance, before a table is read in order as a whole. ClickHouse would do it by
 * itself in time. At 100,000 messages in a year: a few seconds, and nothing where all is merged.
 */
export async function mergeParts({ connect, database }: HistoryReaderOptions, table: string): Promise<void> {
  const client = await connect()
  const found = await client.query({
    query: `SELECT partition_id AS month, count() AS parts FROM system.parts
      WHERE active AND database = {database: String} AND table = {table: String} GROUP BY month ORDER BY month`,
    query_params: { database, table },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 }
  })
  const months = await found.json<{ month: string; parts: number }>()
  if (months.reduce((sum, { parts }) => sum + parts, 0) <= maxParts) return
  // ClickHouse takes no parameter here; its own names of partitions are digits
  for (const { month, parts } of months)
    if (parts > maxPartsOfMonth && /^\w+$/u.test(month))
      await client.command({ query: `OPTIMIZE TABLE ${database}.${table} PARTITION ID '${month}' FINAL` })
}
