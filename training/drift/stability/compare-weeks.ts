import { largestByChance } from './chance.ts'
import type { Tally, WeekCounts, WeekTally } from './count-weeks.ts'
import { cutOffs, sharesOf, stabilityIndex } from './stability.ts'

/** `few`: too few messages or senders to say anything. `stable` is also what chance alone may have made. */
export type DriftState = 'reference' | 'few' | 'stable' | 'watch' | 'drifted'

/** One column in one week. */
export interface DriftCell {
  /** Population stability index; null: too few messages. */
  readonly psi: number | null
  /** What it may reach by chance. */
  readonly byChance: number | null
  readonly state: DriftState
}

export interface DriftWeek {
  /** Epoch ms. */
  readonly week: number
  readonly messages: number
  readonly senders: number
  /** As many equally busy senders would tell as much. */
  readonly effectiveSenders: number
  /** By column. */
  readonly cells: readonly DriftCell[]
}

export interface CompareOptions {
  readonly isReference: (week: number) => boolean
  /** Of a week, and of the reference. */
  readonly minMessages?: number
  /** Effective ones: how far senders differ is not learned from a handful. */
  readonly minSenders?: number
  readonly falseAlarms?: number
}

const usual = { minMessages: 200, minSenders: 10 } as const

/** Each week beside the reference, column by column. */
export function compareWeeks(counts: WeekCounts, options: CompareOptions): readonly DriftWeek[] {
  const { isReference, minMessages = usual.minMessages, minSenders = usual.minSenders } = options
  const isEnough = (tally: Tally): boolean =>
    tally.messages >= minMessages && effectiveSenders(tally) >= minSenders
  return counts.weeks.map((week) => {
    const isTold = isEnough(counts.reference) && isEnough(week)
    const cells = counts.edges.map((_, column): DriftCell => {
      if (!isTold) return { psi: null, byChance: null, state: isReference(week.week) ? 'reference' : 'few' }
      const cell = compareColumn(counts, week, column, options.falseAlarms)
      const byChance = Number.isFinite(cell.byChance) ? cell.byChance : null
      return { psi: cell.psi, byChance, state: isReference(week.week) ? 'reference' : stateOf(cell) }
    })
    const { messages, senders } = week
    return { week: week.week, messages, senders, effectiveSenders: effectiveSenders(week), cells }
  })
}

/** Kish's effective size: one very busy sender and a hundred quiet ones tell as little as a few. */
export function effectiveSenders({ weight, squares }: Pick<Tally, 'weight' | 'squares'>): number {
  return squares === 0 ? 0 : (weight * weight) / squares
}

function stateOf({ psi, byChance }: { psi: number; byChance: number }): DriftState {
  if (byChance === Infinity) return 'few'
  if (psi < cutOffs.watch || psi <= byChance) return 'stable'
  return psi < cutOffs.drifted ? 'watch' : 'drifted'
}

function compareColumn(
  counts: WeekCounts,
  week: WeekTally,
  column: number,
  falseAlarms?: number
): { readonly psi: number; readonly byChance: number } {
  const [start, end] = [counts.starts[column] ?? 0, counts.starts[column + 1] ?? 0]
  const [then, now] = [counts.reference.sum.subarray(start, end), week.sum.subarray(start, end)]
  const [before, after] = [sharesOf(then), sharesOf(now)]
  let expected = 0
  let bins = 0
  for (let bin = 0; bin < end - start; bin += 1) {
    if ((then[bin] ?? 0) + (now[bin] ?? 0) === 0) continue
    bins += 1
    const mean = ((before[bin] ?? 0) + (after[bin] ?? 0)) / 2
    expected += varianceOfDifference(counts.reference, week, start + bin) / mean
  }
  const columns = counts.edges.length
  const senders = Math.min(effectiveSenders(counts.reference), effectiveSenders(week))
  const told = { expected, senders, bins, columns, ...(falseAlarms !== undefined && { falseAlarms }) }
  return { psi: stabilityIndex(then, now), byChance: largestByChance(told) }
}

/**
 * Of a bin's share in the week less its share in the reference, with senders as draws (Cochran 1977, section 3.12: ratio of two sums over clusters).
 * That a sender writes as it did before takes away from it: both shares have its habits.
 */
function varianceOfDifference(reference: Tally, week: WeekTally, bin: number): number {
  const [p, q] = [shareOf(week, bin), shareOf(reference, bin)]
  const both = week.both[bin] ?? 0
  const shared =
    both - q * (week.withReference[bin] ?? 0) - p * (week.referenceWith[bin] ?? 0) + p * q * week.wholes
  const variance =
    ownVariance(week, bin, p) +
    ownVariance(reference, bin, q) -
    (2 * shared) / (week.weight * reference.weight)
  const senders = Math.min(week.senders, reference.senders)
  return Math.max(0, variance) * (senders / Math.max(1, senders - 1))
}

function ownVariance(tally: Tally, bin: number, share: number): number {
  const residue =
    (tally.square[bin] ?? 0) - 2 * share * (tally.withWhole[bin] ?? 0) + share * share * tally.squares
  return residue / (tally.weight * tally.weight)
}

function shareOf(tally: Tally, bin: number): number {
  return tally.weight === 0 ? 0 : (tally.sum[bin] ?? 0) / tally.weight
}
