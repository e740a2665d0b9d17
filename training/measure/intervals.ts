import type { Random } from '../../service/verdict/budget/seeded-random.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** 95 % for a count of rare events (Garwood's exact Poisson interval, by the Wilson-Hilferty approximation of the quantiles). */
export function poissonInterval(count: number): Interval {
  return {
    low: count === 0 ? 0 : halfChiSquare(2 * count, -1.96),
    high: halfChiSquare(2 * (count + 1), 1.96)
  }
}

function halfChiSquare(degrees: number, z: number): number {
  const a = 2 / (9 * degrees)
  return (degrees * (1 - a + z * Math.sqrt(a)) ** 3) / 2
}

/**
 * 95 % by bootstrap over groups (senders, campaigns): messages of one group stand or fall together, so whole groups are drawn.
 * `groups` holds each group's hits and trials.
 */
export function bootstrapShare(
  groups: readonly { hits: number; trials: number }[],
  random: Random,
  rounds = 500
): Interval {
  const shares: number[] = []
  for (let round = 0; round < rounds && groups.length > 0; round += 1) {
    let hits = 0
    let trials = 0
    for (let i = 0; i < groups.length; i += 1) {
      const group = groups[Math.floor(random() * groups.length)]
      hits += group?.hits ?? 0
      trials += group?.trials ?? 0
    }
    if (trials > 0) shares.push(hits / trials)
  }
  const sorted = shares.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975) }
}
