export interface Quantiles {
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** By the nearest rank: every figure is one that occurs. null for nothing. */
export function quantilesOf(values: readonly number[]): Quantiles | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).toSorted()
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}
