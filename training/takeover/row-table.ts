import type { BehaviourRow } from './behaviour-rows.ts'
import { attackFamilies } from './corpus/sender-history.ts'

/** What a fit looks at in a row. */
export type LearnedRow = Pick<BehaviourRow, 'row' | 'family'>

/** Rows of features side by side, in memory that threads share: none has a copy of its own. */
export interface RowTable {
  readonly columns: number
  /** [rows, columns] */
  readonly values: Float32Array
  /** One a row: place in `families`. */
  readonly families: Uint8Array
}

const families = ['honest', ...attackFamilies] as const

export function toRowTable(rows: readonly LearnedRow[]): RowTable {
  const columns = rows[0]?.row.length ?? 0
  const values = new Float32Array(
    new SharedArrayBuffer(rows.length * columns * Float32Array.BYTES_PER_ELEMENT)
  )
  const places = new Uint8Array(new SharedArrayBuffer(rows.length))
  for (const [index, { row, family }] of rows.entries()) {
    values.set(row, index * columns)
    places[index] = families.indexOf(family)
  }
  return { columns, values, families: places }
}

/** Views of these rows. */
export function rowsOf({ columns, values, families: places }: RowTable, chosen: Int32Array): LearnedRow[] {
  return Array.from(chosen, (index) => ({
    row: values.subarray(index * columns, (index + 1) * columns),
    family: families[places[index] ?? 0] ?? 'honest'
  }))
}
