/**
 * From which index on a column is watched, and counts as drifted. A rule of thumb of credit scoring: Siddiqi, Credit Risk Scorecards (2006), chapter 8. It
 * knows nothing of the number of messages: see chance.ts.
 */
export const cutOffs = { watch: 0.1, drifted: 0.25 } as const

/** Half a message in each bin, so that an empty one does not make the index infinite. */
const pseudoCount = 0.5

/**
 * Population stability index Σ (p - q)·ln(p / q): the divergence of Jeffreys between the shares of bins then and now. 0: the same; it does not know
 * which of the two came first. Counts of the same bins; they need not be whole numbers.
 */
export function stabilityIndex(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const [before, now] = [sharesOf(reference), sharesOf(current)]
  return before.reduce((sum, share, bin) => {
    const other = now[bin] ?? 0
    return sum + (other - share) * Math.log(other / share)
  }, 0)
}

/** Shares of bins, none of them zero. Bins that nobody ever filled count in neither. */
export function sharesOf(counts: ArrayLike<number>): Float64Array {
  const total = Array.from(counts).reduce((sum, count) => sum + count + pseudoCount, 0)
  return Float64Array.from(counts, (count) => (count + pseudoCount) / total)
}
