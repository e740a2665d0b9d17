/** The tables that rows are written to, as the migrations make them. */
export const historyTables = [
  'messages',
  'deliveries',
  'feedback',
  'holds',
  'containment',
  'model_events',
  'habits',
  'priors'
] as const
export type HistoryTable = (typeof historyTables)[number]

/** Their rows are about nobody: erasing a sender leaves them. */
export const tablesOfNobody: readonly HistoryTable[] = ['model_events', 'priors']

/** Rows as they wait on disk: already in the form that ClickHouse reads, so that nobody has to look into them again. */
export interface HistoryEntry {
  readonly table: HistoryTable
  /** Keyed hash; '' where the rows are about nobody. Erasing a sender finds them by it. */
  readonly sender: string
  /** Its rows have so many of the table's columns, from the first: an older version's have fewer, as columns are only ever appended. */
  readonly columns: number
  readonly rows: number
  /** RowBinary. */
  readonly bytes: Uint8Array
}
