/**
 * Where one column's bins end, ascending: bin i holds what is above edge i - 1 and not above edge i. Two more follow: what lies above all edges, and
 * what is no number.
 */
export type Edges = readonly number[]

/** Deciles, as population stability is usually measured (Siddiqi 2006, chapter 8). */
export const usualBins = 10

export function countOfBins(edges: Edges): number {
  return edges.length + 2
}

/** Of what almost all values span. What differs by less moves no model. */
const resolution = 0.05
/** Of the values, at either end: a single outlier stretches nothing. */
const tail = 0.005

/**
 * Bins that hold about as many of these values each, none narrower than a twentieth of what almost all of them span, or than `least`. A value that fills one alone, such as the
 * 0 of a rare cue or all of a constant column, has it to itself, so that anything beside it shows.
 */
export function quantileEdges(values: Iterable<number>, { bins = usualBins, least = 0 } = {}): Edges {
  const sorted = Float64Array.from(Array.from(values).filter((value) => !Number.isNaN(value))).toSorted()
  if (sorted.length === 0) return []
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  const width = Math.max(least, resolution * (at(1 - tail) - at(tail)))
  const edges: number[] = []
  const alone = new Set<number>()
  for (let bin = 1; bin < bins; bin += 1) {
    const edge = at(bin / bins)
    // What comes again was as frequent as a whole bin
    if (edge === at((bin - 1) / bins)) alone.add(edge)
    if (edge - (edges.at(-1) ?? at(tail)) >= width && at(1 - tail) - edge >= width) edges.push(edge)
  }
  return [...new Set([...edges, ...[...alone].flatMap((value) => [justBelow(value), value])])].toSorted(
    (a, b) => a - b
  )
}

/** Between it and the next smaller number that a 32-bit feature can be. */
function justBelow(value: number): number {
  return value - Math.max(Math.abs(value) * 2 ** -25, 2 ** -126)
}

export function binOf(value: number, edges: Edges): number {
  if (Number.isNaN(value)) return edges.length + 1
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value > (edges[middle] ?? Infinity)) low = middle + 1
    else high = middle
  }
  return low
}
