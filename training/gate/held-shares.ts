import type { Draw } from './draw-senders.ts'
import type { FrozenScore } from './score-frozen.ts'
import { belongs, type SliceName } from './slice-names.ts'

/** Share of each slice that is held, by each version at a threshold that the drawn honest messages set. NaN: nothing of it was drawn. */
export interface HeldShares {
  active(draw: Draw): readonly number[]
  candidate(draw: Draw): readonly number[]
}

export function createHeldShares(
  scored: readonly FrozenScore[],
  names: readonly SliceName[],
  rate: number
): HeldShares {
  const members = names.map((name) =>
    Int32Array.from(scored.flatMap((one, row) => (belongs(one, name) ? [row] : [])))
  )
  const by = (version: 'active' | 'candidate') => {
    const scores = Float64Array.from(scored, (one) => one[version])
    const honest = scored.flatMap(({ isBad }, row) => (isBad ? [] : [row]))
    const descending = Int32Array.from(honest.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)))
    return (draw: Draw): readonly number[] => {
      const threshold = thresholdOf(descending, scores, draw, rate)
      return members.map((rows) => shareAbove(rows, scores, draw, threshold))
    }
  }
  return { active: by('active'), candidate: by('candidate') }
}

/** The lowest score that no more than this share of the honest rows, each as often as it was drawn, exceeds. */
function thresholdOf(descending: Int32Array, scores: Float64Array, draw: Draw, rate: number): number {
  let total = 0
  for (const row of descending) total += draw[row] ?? 0
  const allowed = rate * total
  let above = 0
  for (const row of descending) {
    above += draw[row] ?? 0
    if (above > allowed) return scores[row] ?? Infinity
  }
  return -Infinity
}

function shareAbove(rows: Int32Array, scores: Float64Array, draw: Draw, threshold: number): number {
  let held = 0
  let total = 0
  for (const row of rows) {
    const times = draw[row] ?? 0
    total += times
    if ((scores[row] ?? 0) > threshold) held += times
  }
  return total === 0 ? Number.NaN : held / total
}
