import { gramBuckets, wordBuckets } from '../observation/observation.ts'
import { habitNames, keyedHabits, type HabitName } from '../profile/habits.ts'
import type { Moments } from '../profile/moments.ts'
import type { Profile } from '../profile/profile.ts'
import { noInstallation } from './installation.ts'
import { emptyBackground, type Background, type Spread, type ValueCounts } from './background.ts'

export interface BuildBackgroundOptions {
  /** Values of fewer senders are not kept, so that the background tells of no single person. */
  readonly minSenders?: number
  /** Values kept per habit, the commonest first. */
  readonly maxValues?: number
}

/** Counts over whole histories: pass each training sender's final profile. */
export function buildBackground(
  profiles: readonly Profile[],
  { minSenders = 2, maxValues = 1_000 }: BuildBackgroundOptions = {}
): Background {
  if (profiles.length === 0) return emptyBackground
  const publicHabits = habitNames.filter((name) => !keyedHabits.has(name))
  return {
    senders: profiles.length,
    habits: new Map(publicHabits.map((name) => [name, countValues(profiles, name, minSenders, maxValues)])),
    hours: meanShares(
      profiles.map(({ hours }) => hours),
      24
    ),
    weekdays: meanShares(
      profiles.map(({ weekdays }) => weekdays),
      7
    ),
    words: sumWords(profiles),
    gramWeights: weighGrams(profiles),
    rates: spreadOf(profiles.map(({ rates }) => rates)),
    volumes: spreadOf(profiles.map(({ volumes }) => volumes)),
    without: [],
    installation: noInstallation
  }
}

function countValues(
  profiles: readonly Profile[],
  name: HabitName,
  minSenders: number,
  maxValues: number
): ValueCounts {
  const counts = new Map<string, number>()
  let total = 0
  for (const { habits } of profiles) {
    total += habits[name].values.length
    for (const value of habits[name].values) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const common = Array.from(counts)
    .filter(([, senders]) => senders >= minSenders)
    .toSorted(([a, aSenders], [b, bSenders]) => bSenders - aSenders || (a < b ? -1 : 1))
  return { total, distinct: counts.size, values: new Map(common.slice(0, maxValues)) }
}

/** Each sender has one vote, however much mail; ten pseudo-senders write at any time. */
function meanShares(counts: readonly Float32Array[], length: number): readonly number[] {
  const shares = Array.from({ length }, () => 10 / length)
  let voters = 10
  for (const own of counts) {
    const sum = own.reduce((total, count) => total + count, 0)
    if (sum === 0) continue
    voters += 1
    for (let index = 0; index < length; index++)
      shares[index] = (shares[index] ?? 0) + (own[index] ?? 0) / sum
  }
  return shares.map((share) => share / voters)
}

function sumWords(profiles: readonly Profile[]): Float32Array {
  const sums = new Float32Array(wordBuckets)
  for (const { words } of profiles) {
    if (words.total === 0) continue
    for (const [index, id] of words.ids.entries()) {
      sums[id] = (sums[id] ?? 0) + (words.weights[index] ?? 0) / words.scale / words.total
    }
  }
  return sums
}

function weighGrams(profiles: readonly Profile[]): Float32Array {
  const senders = new Uint32Array(gramBuckets)
  for (const { grams } of profiles) for (const id of grams.ids) senders[id] = (senders[id] ?? 0) + 1
  return Float32Array.from(senders, (count) => 1 + Math.log((profiles.length + 1) / (count + 1)))
}

/** Over all senders' messages: the mean of the means; within plus between senders' variance. */
function spreadOf(moments: readonly Moments[]): Spread {
  const known = moments.filter(({ weight }) => weight > 0)
  const length = moments[0]?.means.length ?? 0
  const mean = (of: (one: Moments) => number): number =>
    known.length === 0 ? 0 : known.reduce((sum, one) => sum + of(one), 0) / known.length
  const means = Array.from({ length }, (_, index) => mean((one) => one.means[index] ?? 0))
  const deviations = means.map((centre, index) => {
    const between = mean((one) => ((one.means[index] ?? 0) - centre) ** 2)
    return Math.sqrt(between + mean((one) => one.variances[index] ?? 0)) || 1
  })
  return { means, deviations }
}
