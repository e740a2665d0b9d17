/** The tables that rows are written to, as the migrations make them. */
export const historyTables = [
  'messages',
  'deliveries',
  'feedback',
  'holds',
  'containment',
  'model_events'
] as const
export type HistoryTable = (typeof historyTables)[number]

/** One row as it waits on disk: plain data and typed arrays, small to store. */
export interface HistoryEntry {
  readonly table: HistoryTable
  /** Keyed hash; '' where the row is about nobody. Erasing a sender finds rows by it. */
  readonly sender: string
  /** Columns by name: text, numbers, booleans, lists, typed arrays; times as epoch ms. */
  readonly columns: Readonly<Record<string, unknown>>
}

/** A row as ClickHouse's JSONEachRow takes it: typed arrays as lists, DateTime64(3) as epoch ms. */
export function toJsonRow({ columns }: HistoryEntry): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, toJson(value)]))
}

function toJson(value: unknown): unknown {
  if (value instanceof Uint32Array || value instanceof Float32Array || value instanceof Float64Array)
    return Array.from(value)
  return Array.isArray(value) ? value.map(toJson) : value
}
