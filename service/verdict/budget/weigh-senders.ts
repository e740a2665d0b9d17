/** What each sender's scores weigh, so that nobody's count for more than a share of the whole. */
export interface SenderWeights {
  /** Distinct senders. */
  readonly senders: number
  /** Of one score of this sender, as a share of all weight. */
  weightOf(sender: number): number
  /** How many equally weighing scores would tell as much (Kish 1965, section 11.7). */
  readonly effective: number
}

/**
 * Every score weighs the same until its sender would weigh more than `maxShare` of the whole: then that sender's scores share `maxShare`.
 * Too few senders for that, and all of them weigh the same.
 */
export function weighSenders(scores: Iterable<number>, maxShare: number): SenderWeights {
  const counts = new Map<number, number>()
  for (const sender of scores) counts.set(sender, (counts.get(sender) ?? 0) + 1)
  const most = mostOfOne([...counts.values()], maxShare)
  let whole = 0
  let squares = 0
  for (const count of counts.values()) {
    const weight = Math.min(1, most / count)
    whole += count * weight
    squares += count * weight * weight
  }
  return {
    senders: counts.size,
    weightOf: (sender) => Math.min(1, most / (counts.get(sender) ?? 1)) / whole,
    effective: squares === 0 ? 0 : (whole * whole) / squares
  }
}

/** The number of scores that a sender may count for: `most` = maxShare × Σ min(count, most), the largest one. */
function mostOfOne(counts: readonly number[], maxShare: number): number {
  const descending = counts.toSorted((a, b) => b - a)
  let rest = counts.reduce((sum, count) => sum + count, 0)
  for (const [capped, count] of descending.entries()) {
    const free = 1 - maxShare * capped
    const most = free > 0 ? (maxShare * rest) / free : 0
    // Whoever comes next has no more than that: only the ones before had to be cut
    if (count <= most) return most
    rest -= count
  }
  return descending.at(-1) ?? 0
}
