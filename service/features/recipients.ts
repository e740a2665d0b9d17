import { domainLimits, peopleLimits } from '../profile/profile.ts'
import { maxRecentPeople } from '../profile/recent.ts'
import { readTally, tallyTotal, type Tally, type TallyLimits } from '../profile/tally.ts'
import type { Comparison, Facts, Family, Measured } from './family.ts'
import { habitFeatureNames, habitFeatureValues, type HabitFeature } from './habit-features.ts'
import { isTelling, othersWith, trustHere } from './installation.ts'
import { surprisal, trust } from './surprisal.ts'
import { deviation } from './deviation.ts'

const habits: readonly HabitFeature[] = [
  { name: 'bucket', habit: 'recipientsBucket' },
  { name: 'bucket_with_kind', habit: 'recipientsWithKind' },
  { name: 'self_copied', habit: 'selfCopied' }
]

const own = [
  'count_log',
  'count_deviation',
  'surprisal_sum',
  'surprisal_mean',
  'surprisal_max',
  'surprisal_min',
  'new_count_log',
  'new_fraction',
  'domain_surprisal_mean',
  'domain_surprisal_max',
  'new_domain_count_log',
  'new_domain_fraction',
  'pairs_known_fraction',
  'jaccard_max'
] as const

/** By what the other senders here do; 0 while nobody is known. */
const here = ['share_known_here', 'unknown_here_log'] as const

/** To whom: people and domains never written to, and whether these people belong together. */
export const recipientsFamily: Family = {
  group: 'recipients',
  names: [...own, ...habitFeatureNames(habits), ...here],
  measure(comparison): Measured {
    const { profile, at, people, domains } = comparison
    const persons = surprise(people, profile.people, at, peopleLimits)
    const places = surprise(domains, profile.domains, at, domainLimits)
    const values: Record<(typeof own)[number], number> = {
      count_log: Math.log1p(people.length),
      count_deviation: deviation(
        comparison,
        'recipientsLog',
        Math.log1p(comparison.observation.recipients.length)
      ),
      surprisal_sum: Math.log1p(persons.sum),
      surprisal_mean: persons.mean,
      surprisal_max: persons.max,
      surprisal_min: persons.min,
      new_count_log: Math.log1p(persons.fresh.length),
      new_fraction: persons.freshFraction,
      domain_surprisal_mean: places.mean,
      domain_surprisal_max: places.max,
      new_domain_count_log: Math.log1p(places.fresh.length),
      new_domain_fraction: places.freshFraction,
      pairs_known_fraction: knownPairs(comparison),
      jaccard_max: closestSet(comparison)
    }
    const known = knownHere(comparison, persons.fresh)
    return {
      values: [
        ...own.map((name) => values[name]),
        ...habitFeatureValues(habits, comparison),
        ...known.values
      ],
      facts: facts(comparison, persons.fresh.length, places.fresh.length, known.strangers)
    }
  }
}

interface Surprise {
  readonly sum: number
  readonly mean: number
  readonly max: number
  readonly min: number
  /** Keys never written to. */
  readonly fresh: readonly number[]
  readonly freshFraction: number
}

/** All zero without recipients; bits shrink to 0 while the sender has no history of recipients. */
function surprise(keys: readonly number[], tally: Tally, at: number, { halfLife }: TallyLimits): Surprise {
  if (keys.length === 0) return { sum: 0, mean: 0, max: 0, min: 0, fresh: [], freshFraction: 0 }
  const total = tallyTotal(tally, at, halfLife)
  const prior = 0.2 / (total + 0.2 * world)
  const seen = keys.map((key) => readTally(tally, key, at, halfLife))
  const bits = seen.map(
    ({ count }) => trust(total) * surprisal({ count, total, distinct: tally.keys.length }, prior)
  )
  const fresh = keys.filter((_, index) => seen[index]?.known !== true)
  const sum = bits.reduce((all, one) => all + one, 0)
  return {
    sum,
    mean: sum / bits.length,
    max: bits.reduce((most, one) => Math.max(most, one), 0),
    min: bits.reduce((least, one) => Math.min(least, one), Infinity),
    fresh,
    freshFraction: fresh.length / keys.length
  }
}

/** People there are to write to (MODELS.md). */
const world = 1e5

/** Share of the pairs among the first dozen recipients that stood together lately; 1 without a pair. */
function knownPairs({ people, recentSets }: Comparison): number {
  const first = people.slice(0, maxRecentPeople)
  if (first.length < 2) return 1
  const sets = recentSets.filter((set) => set.length > 1)
  let pairs = 0
  let known = 0
  for (const [index, one] of first.entries()) {
    const together = sets.filter((set) => set.includes(one))
    for (const other of first.slice(index + 1)) {
      pairs += 1
      if (together.some((set) => set.includes(other))) known += 1
    }
  }
  return known / pairs
}

/** Largest overlap with the recipients of one recent message: intersection over union. */
function closestSet({ people, recentSets }: Comparison): number {
  let closest = 0
  for (const set of recentSets) {
    let shared = 0
    for (const person of set) if (people.includes(person)) shared += 1
    const union = people.length + set.length - shared
    if (union > 0) closest = Math.max(closest, shared / union)
  }
  return closest
}

/** Share of the recipients whom other senders here write to; how many of the new ones nobody here does. */
function knownHere(
  { background, people }: Comparison,
  fresh: readonly number[]
): { readonly values: readonly number[]; readonly strangers: number } {
  const { installation } = background
  const trusted = trustHere(installation, 'people')
  if (trusted === 0) return { values: [0, 0], strangers: 0 }
  const unknown = (keys: readonly number[]): number =>
    keys.filter((key) => othersWith(installation, 'people', key) === 0).length
  const strangers = unknown(fresh)
  const share = people.length === 0 ? 0 : 1 - unknown(people) / people.length
  return {
    values: [trusted * share, trusted * Math.log1p(strangers)],
    strangers: isTelling(installation, 'people') ? strangers : 0
  }
}

function facts(
  { people, domains, profile }: Comparison,
  newRecipients: number,
  newDomains: number,
  strangersHere: number
): Facts {
  return {
    recipients: people.length,
    newRecipients,
    recipientDomains: domains.length,
    newRecipientDomains: newDomains,
    recipientsKnownBefore: profile.people.keys.length,
    ...(strangersHere > 0 && { recipientsUnknownHere: strangersHere })
  }
}
