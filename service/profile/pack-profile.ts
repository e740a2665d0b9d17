import { createByteReader, joinBytes, type ByteReader, type NumberArray } from './number-bytes.ts'
import type { Bag } from './bag.ts'
import type { Habit } from './habit.ts'
import { habitNames, type HabitName } from './habits.ts'
import { noHabits } from './profile.ts'
import type { Moments } from './moments.ts'
import type { Profile } from './profile.ts'
import type { Tally } from './tally.ts'

/**
 * A profile as stores keep it: its numbers in one run of bytes, its texts in one text. It is read and written with each message, and
 * this costs a third of what msgpack needs for the profile's forty arrays and hundred texts.
 */
export interface PackedProfile {
  /** 1: without probation. */
  readonly version: 1 | 2
  /** Lengths of the arrays in `bytes`. */
  readonly sizes: readonly number[]
  readonly bytes: Uint8Array
  /** Number of values of each habit, in the order of `habitNames`. */
  readonly counts: readonly number[]
  readonly values: string
}

/** Never part of a value: see `boundedValue`. */
const separator = '\0'

export function packProfile(profile: Profile): PackedProfile {
  const habits = flattenHabits(profile.habits)
  const arrays = arraysOf(profile, habits)
  return {
    version: 2,
    sizes: arrays.map((array) => array.length),
    bytes: joinBytes(arrays),
    counts: habits.counts,
    values: habits.values.join(separator)
  }
}

/** The very profile that was packed. Its arrays share one buffer of their own; arrays that an older version lacks are empty. */
export function unpackProfile(packed: PackedProfile): Profile {
  const read = createByteReader(packed.bytes, packed.sizes)
  const [messagesSeen = 0, firstAt = 0, lastAt = 0, volumesWeight = 0, ratesWeight = 0, ...others] =
    read.float64()
  const numbers = others.values()
  const next = (): number => numbers.next().value ?? 0
  return {
    version: 2,
    messagesSeen,
    firstAt,
    lastAt,
    habits: readHabits(packed, read),
    hours: read.float32(),
    weekdays: read.float32(),
    gaps: read.float32(),
    sentAt: read.uint32(),
    volumes: readMoments(read, volumesWeight),
    people: readTally(read, next),
    domains: readTally(read, next),
    linkDomains: readTally(read, next),
    recent: {
      messageIds: read.uint32(),
      roots: read.uint32(),
      subjects: read.uint32(),
      sizes: read.uint8(),
      people: read.uint32()
    },
    ownIds: read.uint32(),
    parentIds: read.uint32(),
    subjects: read.uint32(),
    words: readBag(read, next),
    grams: readBag(read, next),
    samples: { sizes: read.uint8(), ids: read.uint16(), weights: read.uint8() },
    rates: readMoments(read, ratesWeight),
    probation: { keys: read.uint32(), seen: read.uint8(), backers: read.uint32() },
    envelopesSeen: next()
  }
}

/** In the order in which `unpackProfile` reads them. */
function arraysOf(profile: Profile, habits: FlatHabits): readonly NumberArray[] {
  const { people, domains, linkDomains, recent, words, grams, samples, volumes, rates, probation } = profile
  return [
    Float64Array.of(
      profile.messagesSeen,
      profile.firstAt,
      profile.lastAt,
      volumes.weight,
      rates.weight,
      ...tallyNumbers(people),
      ...tallyNumbers(domains),
      ...tallyNumbers(linkDomains),
      ...bagNumbers(words),
      ...bagNumbers(grams),
      profile.envelopesSeen
    ),
    Float64Array.from(habits.weights),
    Uint32Array.from(habits.last),
    profile.hours,
    profile.weekdays,
    profile.gaps,
    profile.sentAt,
    volumes.means,
    volumes.variances,
    people.keys,
    people.weights,
    people.last,
    domains.keys,
    domains.weights,
    domains.last,
    linkDomains.keys,
    linkDomains.weights,
    linkDomains.last,
    recent.messageIds,
    recent.roots,
    recent.subjects,
    recent.sizes,
    recent.people,
    profile.ownIds,
    profile.parentIds,
    profile.subjects,
    words.ids,
    words.weights,
    grams.ids,
    grams.weights,
    samples.sizes,
    samples.ids,
    samples.weights,
    rates.means,
    rates.variances,
    probation.keys,
    probation.seen,
    probation.backers
  ]
}

function tallyNumbers({ weight, at }: Tally): readonly number[] {
  return [weight, at]
}

function bagNumbers({ scale, total, messages }: Bag): readonly number[] {
  return [scale, total, messages]
}

/** All habits one after the other: of each its total and time, then those of its values. */
interface FlatHabits {
  readonly counts: number[]
  readonly values: string[]
  readonly weights: number[]
  readonly last: number[]
}

function flattenHabits(habits: Profile['habits']): FlatHabits {
  const flat: FlatHabits = { counts: [], values: [], weights: [], last: [] }
  for (const name of habitNames) {
    const { weight, at, values, weights, last } = habits[name]
    flat.counts.push(values.length)
    flat.weights.push(weight)
    flat.last.push(at)
    for (let index = 0; index < values.length; index++) {
      flat.values.push(values[index] ?? '')
      flat.weights.push(weights[index] ?? 0)
      flat.last.push(last[index] ?? 0)
    }
  }
  return flat
}

function readHabits({ counts, values }: PackedProfile, read: ByteReader): Profile['habits'] {
  const weights = Array.from(read.float64())
  const last = Array.from(read.uint32())
  const texts = values.split(separator)
  const habits: Record<HabitName, Habit> = { ...noHabits }
  let text = 0
  for (let index = 0; index < habitNames.length; index++) {
    const name = habitNames[index]
    const count = counts[index] ?? 0
    const number = text + index
    if (name === undefined || count === 0) continue
    habits[name] = {
      weight: weights[number] ?? 0,
      at: last[number] ?? 0,
      values: texts.slice(text, text + count),
      weights: weights.slice(number + 1, number + 1 + count),
      last: last.slice(number + 1, number + 1 + count)
    }
    text += count
  }
  return habits
}

function readMoments(read: ByteReader, weight: number): Moments {
  return { weight, means: read.float32(), variances: read.float32() }
}

function readTally(read: ByteReader, next: () => number): Tally {
  return { weight: next(), at: next(), keys: read.uint32(), weights: read.float32(), last: read.uint32() }
}

function readBag(read: ByteReader, next: () => number): Bag {
  return { scale: next(), total: next(), messages: next(), ids: read.uint16(), weights: read.float32() }
}
