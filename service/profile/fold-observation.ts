import type { Observation } from '../observation/observation.ts'
import { anchorsOf, isAnchored } from './anchors.ts'
import { foldBag } from './bag.ts'
import { decayPerMessage } from './decay.ts'
import { foldHabit, type Habit } from './habit.ts'
import { habitHalfLife, habitNames, habitValues, type HabitName } from './habits.ts'
import { nextNumber, wholeSeen } from './message-numbers.ts'
import { foldMoments } from './moments.ts'
import {
  isVouchedFor,
  withoutValues,
  withSightings,
  type Probation,
  type ProvisionalValue
} from './probation.ts'
import { usualBounds, type ProfileBounds } from './profile-bounds.ts'
import { clockHalfLife, type Profile } from './profile.ts'
import { isAnchoring, isAttribute, newValues, provisionalValues } from './provisional-values.ts'
import { foldRecent, foldRing } from './recent.ts'
import { foldSamples } from './samples.ts'
import { foldSentAt, gapBin, gapSeconds } from './sending-times.ts'
import { shownTime } from './shown-time.ts'
import { shownBy, type Shown } from './shown.ts'
import { foldTally, type Tally } from './tally.ts'
import { volumesOf } from './volumes.ts'

/** What a profile learns from: all but the content model's input, which the journal does not keep. */
export type HabitObservation = Omit<Observation, 'content'>

/** Below this a text is too short to show how its writer writes. */
export const minStyleWords = 5

export interface FoldOptions {
  /** Somebody vouched for the message: all that it shows is learned. */
  readonly confirmed?: boolean
  /** How much the profile may hold. The same with each message of a sender. */
  readonly bounds?: ProfileBounds
}

/**
 * The profile after one more accepted message. Pure: `profile` stays as it was; parts that did not change are shared with it. A
 * message too unlike its sender does not teach what is new in it: that is noted as on probation (docs/decisions/0007). About 0.08 ms.
 */
export function foldObservation(
  profile: Profile,
  observation: HabitObservation,
  { confirmed = false, bounds = usualBounds }: FoldOptions = {}
): Profile {
  const shown = shownBy(observation)
  const isNewcomer = profile.messagesSeen < newcomerMessages
  if (confirmed || isNewcomer) return learned(profile, observation, shown, bounds)
  const anchors = anchorsOf(profile, observation, shown)
  if (isAnchored(anchors)) return learned(profile, observation, shown, bounds)
  const { company } = anchors
  const values = newValues(profile, observation)
  if (isVouchedFor(profile.probation, values.filter(isAnchoring), company))
    return learned(profile, observation, shown, bounds)
  const rest = withoutNew(profile, observation, shown, values)
  const habits = learned(profile, rest.observation, rest.shown, bounds)
  return { ...habits, probation: withSightings(profile.probation, values, company, bounds.provisional) }
}

/** What the message shows beside what is new in it: words, hours and the people that are known count as ever. */
function withoutNew(
  profile: Profile,
  observation: HabitObservation,
  shown: Shown,
  values: readonly ProvisionalValue[]
): { readonly observation: HabitObservation; readonly shown: Shown } {
  const attributes = { ...observation.attributes }
  for (const { kind } of values) if (isAttribute(kind)) attributes[kind] = ''
  return {
    observation: { ...observation, attributes },
    shown: {
      ...shown,
      people: knownIn(profile.people, shown.people),
      domains: knownIn(profile.domains, shown.domains),
      links: knownIn(profile.linkDomains, shown.links)
    }
  }
}

function knownIn({ keys }: Tally, hashes: readonly number[]): readonly number[] {
  return hashes.filter((hash) => keys.includes(hash))
}

/** Until then a sender has no habits that somebody could shift. */
export const newcomerMessages = 8

function learned(
  profile: Profile,
  observation: HabitObservation,
  shown: Shown,
  bounds: ProfileBounds
): Profile {
  const at = profile.messagesSeen + 1
  const receivedAt = Number.isFinite(observation.receivedAt) ? observation.receivedAt : profile.lastAt
  return {
    ...profile,
    messagesSeen: at,
    envelopesSeen: profile.envelopesSeen + Number(observation.shows === 'envelope'),
    firstAt: profile.messagesSeen === 0 ? receivedAt : Math.min(profile.firstAt, receivedAt),
    lastAt: receivedAt,
    habits: foldHabits(profile, observation, bounds.habitValues),
    ...foldTimes(profile, observation, receivedAt),
    people: foldTally(profile.people, shown.people, at, bounds.people),
    domains: foldTally(profile.domains, shown.domains, at, bounds.domains),
    linkDomains: foldTally(profile.linkDomains, shown.links, wholeSeen(profile) + 1, bounds.linkDomains),
    ...foldThread(profile, shown, bounds),
    ...foldStyle(profile, observation, bounds),
    probation: matured(profile.probation, observation)
  }
}

/** Nearly always nothing is on probation. */
function matured(probation: Probation, observation: HabitObservation): Probation {
  return probation.keys.length === 0 ? probation : withoutValues(probation, provisionalValues(observation))
}

function foldHabits(profile: Profile, observation: HabitObservation, maxValues: number): Profile['habits'] {
  const values = habitValues(observation.attributes)
  const folded: Record<HabitName, Habit> = { ...profile.habits }
  for (const name of habitNames) {
    const limits = { halfLife: habitHalfLife(name), maxValues }
    folded[name] = foldHabit(profile.habits[name], values[name], nextNumber(profile, name), limits)
  }
  return folded
}

function foldTimes(profile: Profile, observation: HabitObservation, receivedAt: number): Partial<Profile> {
  const gap = gapSeconds(profile, receivedAt)
  const time = shownTime(profile, observation)
  return {
    hours: time === null ? profile.hours : counted(profile.hours, time.hour),
    weekdays: time === null ? profile.weekdays : counted(profile.weekdays, time.weekday),
    gaps: gap === null ? profile.gaps : counted(profile.gaps, gapBin(gap)),
    sentAt: foldSentAt(profile.sentAt, receivedAt),
    volumes: foldVolumes(profile, observation)
  }
}

/** One weight serves all volumes, so that half of them can't be learned from an envelope. */
function foldVolumes(profile: Profile, observation: HabitObservation): Profile['volumes'] {
  if (observation.shows === 'envelope') return profile.volumes
  return foldMoments(profile.volumes, volumesOf(profile, observation), clockKeep)
}

const clockKeep = decayPerMessage(clockHalfLife)

function counted(counts: Float32Array, index: number): Float32Array {
  const next = counts.map((count) => count * clockKeep)
  if (index >= 0 && index < next.length) next[index] = (next[index] ?? 0) + 1
  return next
}

function foldThread(
  profile: Profile,
  { people, messageId, parents, subject }: Shown,
  { recentMessages, threadIds, subjects }: ProfileBounds
): Partial<Profile> {
  return {
    recent: foldRecent(
      profile.recent,
      { messageId, root: parents[0] ?? messageId, subject, people },
      recentMessages
    ),
    ownIds: foldRing(profile.ownIds, [messageId], threadIds),
    parentIds: foldRing(profile.parentIds, parents, threadIds),
    subjects: foldRing(profile.subjects, [subject], subjects)
  }
}

function foldStyle(profile: Profile, { style }: HabitObservation, bounds: ProfileBounds): Partial<Profile> {
  if (style.authoredWords < minStyleWords) return {}
  const words = new Uint8Array(style.words.length).fill(1)
  const amounts = gramAmounts(style.gramCounts)
  return {
    words: foldBag(profile.words, style.words, words, bounds.words),
    grams: foldBag(profile.grams, style.grams, amounts, bounds.grams),
    samples: foldSamples(profile.samples, style.grams, amounts, bounds.samples),
    rates: foldMoments(profile.rates, style.rates, clockKeep)
  }
}

/** Square roots of the counts, of length 1 together: no message outweighs another by being long. */
export function gramAmounts(counts: readonly number[]): Float32Array {
  let total = 0
  for (const count of counts) total += Math.max(0, count)
  const amounts = new Float32Array(counts.length)
  if (total === 0) return amounts
  for (let index = 0; index < counts.length; index++)
    amounts[index] = Math.sqrt(Math.max(0, counts[index] ?? 0) / total)
  return amounts
}
