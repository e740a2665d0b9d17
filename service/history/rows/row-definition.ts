import type { HistoryEntry, HistoryTable } from './history-entry.ts'
import { RowBytes } from './row-bytes.ts'

/** Writes one column's value. */
export type Column<Facts> = (bytes: RowBytes, facts: Facts) => void

/** How facts become rows of one table. */
export interface RowDefinition<Facts> {
  readonly table: HistoryTable
  /** Names in the order in which they are written. Columns are only ever appended: entries of older versions wait on disk. */
  readonly columns: readonly string[]
  /** Rows about one sender; '': about nobody. */
  toEntry(sender: string, rows: readonly Facts[]): HistoryEntry
}

export function defineRow<Facts>(
  table: HistoryTable,
  columns: Readonly<Record<string, Column<Facts>>>
): RowDefinition<Facts> {
  const names = Object.keys(columns)
  const writers = Object.values(columns)
  const bytes = new RowBytes()
  return {
    table,
    columns: names,
    toEntry(sender, rows) {
      bytes.clear()
      for (const facts of rows) for (const write of writers) write(bytes, facts)
      return { table, sender, columns: names.length, rows: rows.length, bytes: bytes.take() }
    }
  }
}

type Of<Facts, Value> = (facts: Facts) => Value

/** String and LowCardinality(String). */
export function text<Facts>(of: Of<Facts, string>): Column<Facts> {
  return (bytes, facts) => bytes.text(of(facts))
}

/** Array(String). */
export function texts<Facts>(of: Of<Facts, readonly string[]>): Column<Facts> {
  return (bytes, facts) => bytes.texts(of(facts))
}

/** DateTime64(3): epoch ms. */
export function time<Facts>(of: Of<Facts, number>): Column<Facts> {
  return (bytes, facts) => bytes.u64(Math.max(0, Math.trunc(of(facts))))
}

export function bool<Facts>(of: Of<Facts, boolean>): Column<Facts> {
  return (bytes, facts) => bytes.bool(of(facts))
}

export function u8<Facts>(of: Of<Facts, number>): Column<Facts> {
  return (bytes, facts) => bytes.u8(of(facts))
}

export function u32<Facts>(of: Of<Facts, number>): Column<Facts> {
  return (bytes, facts) => bytes.u32(of(facts))
}

export function u64<Facts>(of: Of<Facts, number>): Column<Facts> {
  return (bytes, facts) => bytes.u64(of(facts))
}

export function f32<Facts>(of: Of<Facts, number>): Column<Facts> {
  return (bytes, facts) => bytes.f32(of(facts))
}

export function f64<Facts>(of: Of<Facts, number>): Column<Facts> {
  return (bytes, facts) => bytes.f64(of(facts))
}

/** Nullable(Float64). */
export function optionalF64<Facts>(of: Of<Facts, number | null>): Column<Facts> {
  return (bytes, facts) => {
    const value = of(facts)
    bytes.bool(value === null)
    if (value !== null) bytes.f64(value)
  }
}

/** Array(UInt32). */
export function u32s<Facts>(of: Of<Facts, ArrayLike<number>>): Column<Facts> {
  return (bytes, facts) => bytes.u32s(of(facts))
}

/** Array(Float32). */
export function f32s<Facts>(of: Of<Facts, ArrayLike<number>>): Column<Facts> {
  return (bytes, facts) => bytes.f32s(of(facts))
}

/** Array(Float64). */
export function f64s<Facts>(of: Of<Facts, ArrayLike<number>>): Column<Facts> {
  return (bytes, facts) => bytes.f64s(of(facts))
}
