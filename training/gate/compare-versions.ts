import type { GateReport, SliceReport } from '../../service/models/frozen/gate-report.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import type { Progress } from '../progress.ts'
import { drawSenders, type Draw } from './draw-senders.ts'
import { createHeldShares, type HeldShares } from './held-shares.ts'
import type { FrozenScore } from './score-frozen.ts'
import { belongs, sliceNames, type SliceName } from './slice-names.ts'

export interface CompareOptions {
  readonly budgetPer10k: number
  readonly progress: Progress
  readonly rounds?: number
}

/** Draws of senders: enough for the outermost draw in a thousand. */
const defaultRounds = 2_000
/** Threshold by fewer honest messages than this, and chance decides. */
const leastHeld = 20
/** Losses that do not count although they are certain: two points of a kind of attack. */
const tolerated = 0.02
/** How sure a loss in any slice has to be, all slices taken together: with twenty of them one would look worse by chance. */
const mistake = 0.05
/** Of all attacks together it must be certain that no more than this is lost. */
const leastCertain = 0.05

/**
 * Not worse than the active version at equal budget: all attacks together, each kind of them, and each kind of honest mail. Both are held to
 * the same share of honest messages, by a threshold of their own. Messages of one sender stand or fall together: whole senders are drawn,
 * and thresholds found anew in each draw.
 */
export function compareVersions(
  scored: readonly FrozenScore[],
  { budgetPer10k, progress, rounds = defaultRounds }: CompareOptions
): Pick<GateReport, 'result' | 'reasons' | 'heldPer10k' | 'slices'> {
  const honest = scored.filter(({ isBad }) => !isBad).length
  const rate = Math.max(budgetPer10k / 10_000, leastHeld / honest)
  const names = sliceNames(scored)
  const shares = createHeldShares(scored, names, rate)
  const draw = drawSenders(scored, createRandom(1))
  const differences = names.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    const drawn = differencesOf(shares, draw())
    for (const [index, difference] of drawn.entries())
      if (!Number.isNaN(difference)) differences[index]?.push(difference)
    if (round % 100 === 99) progress('compare', round + 1, rounds)
  }
  const once: Draw = new Float64Array(scored.length).fill(1)
  const slices = names.map((slice, index) =>
    toSlice(slice, {
      scored,
      index,
      rate,
      shares,
      once,
      differences: differences[index] ?? [],
      slices: names.length
    })
  )
  const worse = slices.filter(({ isWorse }) => isWorse)
  return {
    result: worse.length === 0 ? 'passed' : 'refused',
    reasons: worse.map(toSentence),
    heldPer10k: round4(10_000 * rate),
    slices
  }
}

function differencesOf(shares: HeldShares, draw: Draw): readonly number[] {
  const active = shares.active(draw)
  return shares.candidate(draw).map((share, index) => share - (active[index] ?? Number.NaN))
}

interface Measured {
  readonly scored: readonly FrozenScore[]
  readonly index: number
  readonly rate: number
  readonly shares: HeldShares
  readonly once: Draw
  readonly differences: readonly number[]
  /** How many are looked at. */
  readonly slices: number
}

function toSlice(
  name: SliceName,
  { scored, index, rate, shares, once, differences, slices }: Measured
): SliceReport {
  const own = scored.filter((one) => belongs(one, name))
  const active = shares.active(once)[index] ?? Number.NaN
  const candidate = shares.candidate(once)[index] ?? Number.NaN
  const { low, high, least, most } = rangesOf(differences, mistake / slices)
  const difference = candidate - active
  const isWorse =
    name.kind === 'bad'
      ? (most < 0 && difference < -tolerated) || (name.isAll && low < -leastCertain)
      : least > 0 && difference > rate
  return {
    slice: name.slice,
    kind: name.kind,
    messages: own.length,
    senders: new Set(own.map(({ sender }) => sender)).size,
    active: finite(active),
    candidate: finite(candidate),
    difference: finite(difference),
    low: finite(low),
    high: finite(high),
    isWorse
  }
}

/** 95 % of the draws; and below `least`, above `most` only `share` of them. */
function rangesOf(values: readonly number[], share: number) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975), least: at(share), most: at(1 - share) }
}

function toSentence({ slice, kind, active, candidate, low, high }: SliceReport): string {
  const range = `difference ${percent(low)} to ${percent(high)}`
  return kind === 'bad'
    ? `Of ${slice} it stops ${percent(candidate)}, the active version ${percent(active)} (${range}).`
    : `Of ${slice} it holds ${percent(candidate)}, the active version ${percent(active)} (${range}).`
}

function percent(share: number | null): string {
  return `${(100 * (share ?? 0)).toFixed(1)} %`
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? round4(value) : null
}

function round4(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
