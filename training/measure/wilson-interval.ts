import type { Interval } from './intervals.ts'

/** Normal deviate of 95 %. */
const z = 1.959964

/** 95 % for a share of independent trials (Wilson 1927): sound for few trials, too, and never outside 0 to 1. null: no trials. */
export function wilsonInterval(hits: number, trials: number): Interval | null {
  if (trials <= 0) return null
  const share = hits / trials
  const scale = 1 + (z * z) / trials
  const middle = (share + (z * z) / (2 * trials)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
