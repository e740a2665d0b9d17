/**
 * How large a stability index gets by chance alone. For n independent messages against m it is about (1/n + 1/m)·χ² with one degree of freedom fewer than
 * bins (Yurdakul and Naranjo 2020, Statistical properties of the population stability index). Messages of one sender are anything but independent,
 * so that its expectation is measured, with whole senders as draws, and the tail is scaled to it: the first-order correction of Rao and Scott
 * (1981) for clustered samples, by F instead of χ², as few senders tell little of how far they differ (Thomas and Rao 1987).
 */
export interface ChanceOptions {
  /** Of the index, were nothing but chance at work. */
  readonly expected: number
  /** Effective ones that the expectation was measured on. */
  readonly senders: number
  /** That hold anything. */
  readonly bins: number
  /** How many columns are looked at together: the chance of one false alarm among all of them is `falseAlarms`. */
  readonly columns: number
  readonly falseAlarms?: number
}

/** Once in a hundred weeks. */
const usualFalseAlarms = 0.01

/** What the index exceeds by chance in one of a hundred weeks, in any of the columns. Infinite where so few senders could do anything. */
export function largestByChance(options: ChanceOptions): number {
  const { expected, senders, bins, columns, falseAlarms = usualFalseAlarms } = options
  if (expected === 0) return 0
  // Senders differ in a few ways, not in each bin on its own: half as many directions carry what differs, and the tail is the longer
  const degrees = Math.max(1, (bins - 1) / 2)
  return expected * fQuantile(degrees, senders - 1, normalTail(falseAlarms / Math.max(1, columns)))
}

/**
 * The quantile of F at a normal deviate above 0: Paulson (1942), who set the cube root of F as the ratio of two normal numbers. Infinite where there are too
 * few degrees for so rare a draw.
 */
export function fQuantile(degrees: number, ofVariance: number, deviate: number): number {
  const [a, b] = [2 / (9 * degrees), 2 / (9 * ofVariance)]
  const z2 = deviate * deviate
  const square = (1 - b) ** 2 - z2 * b
  if (ofVariance <= 0 || square <= 0) return Infinity
  const half = (1 - a) * (1 - b)
  const root = half + Math.sqrt(Math.max(0, half * half - square * ((1 - a) ** 2 - z2 * a)))
  return (root / square) ** 3
}

/** The normal deviate that a share of draws exceeds, for shares below one half (Abramowitz and Stegun 26.2.23; off by at most 4.5e-4). */
export function normalTail(share: number): number {
  const t = Math.sqrt(-2 * Math.log(share))
  const top = 2.515517 + 0.802853 * t + 0.010328 * t * t
  return t - top / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
}
