import type { BehaviourRow } from './behaviour-rows.ts'

/** The row of an unremarkable message: each feature's median over honest messages of senders who have a history. */
export function neutralRowOf(rows: readonly BehaviourRow[]): number[] {
  const honest = rows.filter(({ family, repeated }) => family === 'honest' && !repeated)
  const settled = honest.filter(({ seen }) => seen >= 10)
  const chosen = settled.length > 0 ? settled : honest
  const size = rows[0]?.row.length ?? 0
  return Array.from({ length: size }, (_, feature) =>
    median(Float64Array.from(chosen, ({ row }) => row[feature] ?? 0))
  )
}

function median(values: Float64Array): number {
  return values.toSorted()[values.length >> 1] ?? 0
}
