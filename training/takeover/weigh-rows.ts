import type { LearnedRow } from './row-table.ts'
import type { AttackFamily } from './corpus/sender-history.ts'

/** Weights beside the rows, of mean 1: honest mail and attacks weigh the same. */
export function weighRows(rows: readonly LearnedRow[]): Float32Array {
  const raw = rows.map(({ family }) => (family === 'honest' ? 1 : familyWeights[family]))
  const sums = { honest: 0, bad: 0 }
  for (const [index, { family }] of rows.entries())
    sums[family === 'honest' ? 'honest' : 'bad'] += raw[index] ?? 0
  return Float32Array.from(
    raw,
    (weight, index) =>
      (weight * rows.length) / 2 / (rows[index]?.family === 'honest' ? sums.honest : sums.bad)
  )
}

/** The hard families weigh more: there the last points are won. */
const familyWeights: Readonly<Record<AttackFamily, number>> = {
  A1: 1,
  A2: 1,
  A3: 2,
  A4: 2,
  A4L: 2,
  A5: 1.5,
  A6: 2,
  A6H: 1.5,
  A6K: 2
}
