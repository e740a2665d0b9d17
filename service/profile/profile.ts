import { rateNames } from '../observation/observation.ts'
import { emptyBag, type Bag } from './bag.ts'
import { compactHash } from './compact-hash.ts'
import { emptyHabit, type Habit } from './habit.ts'
import { habitNames, type HabitName } from './habits.ts'
import { emptyMoments, type Moments } from './moments.ts'
import { emptyProbation, type Probation } from './probation.ts'
import { usualBounds } from './profile-bounds.ts'
import { emptyRecent, type Recent } from './recent.ts'
import { emptySamples, type Samples } from './samples.ts'
import { emptyTally, type Tally } from './tally.ts'

/**
 * A sender's habits: a fold over the observations that Sluice accepted as this sender's own. Plain data (numbers, texts, arrays,
 * typed arrays), bounded, encodable by msgpack. All decay is by the sender's own messages, never by the clock, so that a wrong
 * clock can spoil a gap but no habit. Folding never changes a profile: it returns a new one.
 */
export interface Profile {
  readonly version: 2
  readonly messagesSeen: number
  /** Those of them of which only the envelope was shown. */
  readonly envelopesSeen: number
  /** Epoch ms of the first and the latest message, as their doors saw it; 0 before the first. */
  readonly firstAt: number
  readonly lastAt: number
  readonly habits: Readonly<Record<HabitName, Habit>>
  /** Decayed messages by local hour (24) and weekday (7, Sunday first). */
  readonly hours: Float32Array
  readonly weekdays: Float32Array
  /** Decayed messages by `gapBin` of the time since the one before. */
  readonly gaps: Float32Array
  /** Epoch seconds of the latest messages, oldest first: what the last hour held. */
  readonly sentAt: Uint32Array
  /** By `volumeNames`. */
  readonly volumes: Moments
  readonly people: Tally
  readonly domains: Tally
  readonly linkDomains: Tally
  readonly recent: Recent
  /** Hashes of own Message-IDs, of ids replied to, of subjects: newest last. */
  readonly ownIds: Uint32Array
  readonly parentIds: Uint32Array
  readonly subjects: Uint32Array
  readonly words: Bag
  readonly grams: Bag
  readonly samples: Samples
  /** By `rateNames` of the observation. */
  readonly rates: Moments
  /** What was seen but not learned. Whatever stands elsewhere in a profile is established. */
  readonly probation: Probation
}

/** What is averaged besides the rates of style. Logs are natural, of 1 + the count. */
export const volumeNames = [
  'sizeLog',
  'wordsLog',
  'quotedFraction',
  'linksLog',
  'recipientsLog',
  'gapLog',
  'hourlyLog'
] as const
export type VolumeName = (typeof volumeNames)[number]

/** Half-lives in messages and bounds of a profile of the usual size. */
export const { people: peopleLimits, domains: domainLimits, linkDomains: linkLimits } = usualBounds
export const clockHalfLife = 200
export const maxSentAt = 64
export const gapBins = 24

export function emptyProfile(): Profile {
  return {
    version: 2,
    messagesSeen: 0,
    envelopesSeen: 0,
    firstAt: 0,
    lastAt: 0,
    habits: noHabits,
    hours: new Float32Array(24),
    weekdays: new Float32Array(7),
    gaps: new Float32Array(gapBins),
    sentAt: new Uint32Array(0),
    volumes: emptyMoments(volumeNames.length),
    people: emptyTally,
    domains: emptyTally,
    linkDomains: emptyTally,
    recent: emptyRecent,
    ownIds: new Uint32Array(0),
    parentIds: new Uint32Array(0),
    subjects: new Uint32Array(0),
    words: emptyBag,
    grams: emptyBag,
    samples: emptySamples,
    rates: emptyMoments(rateNames.length),
    probation: emptyProbation
  }
}

/** Whether the sender has written to this person (keyed hash of the canonical address) as far as the profile remembers. */
export function knowsRecipient(profile: Profile, person: string): boolean {
  return profile.people.keys.includes(compactHash(person))
}

/** The habits of a newcomer. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each name of the table
export const noHabits = Object.fromEntries(habitNames.map((name) => [name, emptyHabit])) as Record<
  HabitName,
  Habit
>
