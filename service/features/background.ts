import { gramBuckets, rateNames, wordBuckets } from '../observation/observation.ts'
import { bagWeight } from '../profile/bag.ts'
import { boundedValue } from '../profile/habit.ts'
import type { HabitName } from '../profile/habits.ts'
import { volumeNames, type Profile } from '../profile/profile.ts'
import { noInstallation, priorHere, type Installation } from './installation.ts'

/**
 * What is usual among senders in general: the prior that a sender's own counts back off to. Built from the profiles of training
 * senders, shipped with the model that was trained beside it; holds only values without the installation's key.
 */
export interface Background {
  readonly senders: number
  readonly habits: ReadonlyMap<HabitName, ValueCounts>
  /** Mean share of each local hour (24) and weekday (7). */
  readonly hours: readonly number[]
  readonly weekdays: readonly number[]
  /** By word bucket: the sum over senders of the word's share among theirs. */
  readonly words: Float32Array
  /** By gram bucket: how rare it is among senders, as inverse document frequency: 1 + ln((senders + 1) / (senders with it + 1)). */
  readonly gramWeights: Float32Array
  readonly rates: Spread
  readonly volumes: Spread
  /** Profiles that this background was built from and that it must not know of now: see `leaveOut`. */
  readonly without: readonly Profile[]
  /** What the senders around this one do; never shipped, empty until the installation hands it in. */
  readonly installation: Installation
}

/** How many senders show each value, by value. */
export interface ValueCounts {
  /** Sum over all values, the rare ones that `values` leaves out included. */
  readonly total: number
  readonly distinct: number
  readonly values: ReadonlyMap<string, number>
}

export interface Spread {
  readonly means: readonly number[]
  readonly deviations: readonly number[]
}

export const emptyBackground: Background = {
  senders: 0,
  habits: new Map(),
  hours: flat(24),
  weekdays: flat(7),
  words: new Float32Array(wordBuckets),
  gramWeights: new Float32Array(gramBuckets).fill(1),
  rates: wide(rateNames.length),
  volumes: wide(volumeNames.length),
  without: [],
  installation: noInstallation
}

/**
 * The same background as if it had never met these senders, by subtraction: cheap enough for every training row. Training leaves
 * out the sender and, in a simulated takeover, the intruder too: at the installation neither is known to the shipped background,
 * and "unseen here, known elsewhere" would mark the intruder in training only. `profiles` are the very ones it was built from.
 */
export function leaveOut(background: Background, profiles: readonly Profile[]): Background {
  return { ...background, without: profiles }
}

/** Probability that a sender whom nothing is known of shows this value: by the domain, the installation, senders in general. */
export function valuePrior(background: Background, name: HabitName, value: string): number {
  const bounded = boundedValue(value)
  return priorHere(background.installation, name, bounded, shippedPrior(background, name, bounded))
}

/** MODELS.md: (n + 0.3) / (total + 0.3 V + 1). */
function shippedPrior(background: Background, name: HabitName, bounded: string): number {
  const counts = background.habits.get(name)
  if (counts === undefined) return unknownPrior
  let senders = counts.values.get(bounded) ?? 0
  let total = counts.total
  for (const { habits } of background.without) {
    total -= habits[name].values.length
    if (habits[name].values.includes(bounded)) senders -= 1
  }
  return (Math.max(0, senders) + 0.3) / (Math.max(0, total) + 0.3 * counts.distinct + 1)
}

/** For values that carry the installation's key, and for all without a background. */
const unknownPrior = 1e-3

/** Probability of a word bucket among all words. Positive. */
export function wordPrior(background: Background, word: number): number {
  let share = background.words[word] ?? 0
  for (const { words } of background.without)
    share -= words.total === 0 ? 0 : bagWeight(words, word) / words.total
  const senders = Math.max(0, background.senders - background.without.length)
  return (Math.max(0, share) + wordFloor) / (senders + wordFloor * wordBuckets)
}

/** Spread evenly, it weighs as much as six and a half senders. */
const wordFloor = 1e-4

function flat(length: number): readonly number[] {
  return Array.from({ length }, () => 1 / length)
}

function wide(length: number): Spread {
  return { means: Array.from({ length }, () => 0), deviations: Array.from({ length }, () => 1) }
}
