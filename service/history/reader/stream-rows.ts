import type { ClickHouseClient } from '@clickhouse/client'

export interface HistoryReaderOptions {
  readonly connect: () => Promise<ClickHouseClient>
  readonly database: string
}

/** Which rows: from `since` (inclusive) to `until` (exclusive), epoch ms; of these senders (keyed hashes) only. */
export interface RowSpan {
  readonly since?: number
  readonly until?: number
  readonly senders?: readonly string[]
}

/** Sorting spills to disk beyond this. */
const sortBytes = 200_000_000
/** Rows in a block of ClickHouse's: a message takes some 10 kB, and reading in order holds blocks of every part. Its default is 65,409. */
const blockRows = 128

/** The rows that a query gives, one after another, whatever their number. 64-bit integers come as numbers. */
export async function* streamRows<Row>(
  { connect }: Pick<HistoryReaderOptions, 'connect'>,
  query: string,
  parameters: Record<string, unknown>
): AsyncGenerator<Row> {
  const client = await connect()
  const found = await client.query({
    query,
    query_params: parameters,
    format: 'JSONEachRow',
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_denormals: 1,
      max_bytes_before_external_sort: String(sortBytes),
      max_block_size: String(blockRows),
      read_in_order_use_buffering: 0,
      max_threads: 2
    }
  })
  for await (const chunk of found.stream<Row>()) for (const row of chunk) yield row.json()
}

export function conditionOf({ since, until, senders }: RowSpan, time: string): string {
  const parts = [
    ...(since === undefined ? [] : [`${time} >= fromUnixTimestamp64Milli({since: Int64})`]),
    ...(until === undefined ? [] : [`${time} < fromUnixTimestamp64Milli({until: Int64})`]),
    ...(senders === undefined ? [] : ['sender IN {senders: Array(String)}'])
  ]
  return parts.length === 0 ? '1' : parts.join(' AND ')
}

export function parametersOf({ since, until, senders }: RowSpan): Record<string, unknown> {
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(senders !== undefined && { senders: [...senders] })
  }
}
