import { Readable } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import type { HistoryEntry, HistoryTable } from '../rows/history-entry.ts'
import { rowColumns } from '../rows/row-tables.ts'

export interface RowsOfTable {
  readonly table: HistoryTable
  /** How many of the table's columns the rows have. */
  readonly columns: number
  readonly parts: readonly Uint8Array[]
  readonly rows: number
  /** Numbers of the first and last entry: the same rows come with the same numbers. */
  readonly first: number
  readonly last: number
}

interface Numbered {
  readonly number: number
  readonly value: HistoryEntry
}

/** What goes into one insert each: the rows of one table and one version of it. */
export function rowsByTable(batch: readonly Numbered[]): readonly RowsOfTable[] {
  const groups = Map.groupBy(batch, ({ value }) => `${value.table} ${value.columns}`)
  return [...groups.values()].flatMap((entries) => {
    const [head] = entries
    if (head === undefined) return []
    const { table, columns } = head.value
    return {
      table,
      columns,
      parts: entries.map(({ value }) => value.bytes),
      rows: entries.reduce((sum, { value }) => sum + value.rows, 0),
      first: head.number,
      last: entries.at(-1)?.number ?? head.number
    }
  })
}

/** Rejects with what the server says. Repeated with the same rows it changes nothing. */
export async function insertRows(
  client: ClickHouseClient,
  database: string,
  { table, columns, parts, first, last }: RowsOfTable
): Promise<void> {
  const names = rowColumns[table].slice(0, columns)
  const { stream } = await client.exec({
    query: `INSERT INTO ${database}.${table} (${names.join(', ')}) FORMAT RowBinary`,
    values: Readable.from(chunksOf(parts), { objectMode: false }),
    clickhouse_settings: {
      insert_deduplication_token: `${table}:${columns}:${first}-${last}`,
      // Imported mail reaches back further than the hundred months that an insert may touch by default
      max_partitions_per_insert_block: '0'
    }
  })
  for await (const _ of stream);
}

const chunkBytes = 262_144

/** A write to a socket costs more than the copying of a row. */
function* chunksOf(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  let chunk: Uint8Array[] = []
  let length = 0
  for (const part of parts) {
    chunk.push(part)
    length += part.length
    if (length < chunkBytes) continue
    yield Buffer.concat(chunk, length)
    chunk = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(chunk, length)
}
