import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bagWeight } from '../../service/profile/bag.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { readHabit, usualValue } from '../../service/profile/habit.ts'
import { habitHalfLife, habitNames } from '../../service/profile/habits.ts'
import { emptyProfile, knowsRecipient, peopleLimits, type Profile } from '../../service/profile/profile.ts'
import { usualBounds } from '../../service/profile/profile-bounds.ts'
import { packProfile } from '../../service/profile/pack-profile.ts'
import { sentInLastHour } from '../../service/profile/sending-times.ts'
import {
  day,
  hour,
  minute,
  monday9,
  observation,
  seeded,
  variedObservation,
  type ObservationTraits
} from './observations.ts'

function learned(...messages: readonly ObservationTraits[]): Profile {
  return messages.map(observation).reduce((before, one) => foldObservation(before, one), emptyProfile())
}

function repeated(count: number, traits: (index: number) => ObservationTraits): Profile {
  return learned(...Array.from({ length: count }, (_, index) => traits(index)))
}

test('folding leaves the profile that it started from as it was', () => {
  const random = seeded(1)
  const before = Array.from({ length: 80 }, (_, index) => variedObservation(random, index)).reduce(
    (profile, one) => foldObservation(profile, one),
    emptyProfile()
  )
  const copy = structuredClone(before)

  foldObservation(before, variedObservation(random, 81))

  assert.deepEqual(before, copy)
})

test('a profile stays below 32 kB, however long and varied the history', () => {
  const random = seeded(2)
  let profile = emptyProfile()
  let largest = 0

  for (let index = 0; index < 800; index++) {
    profile = foldObservation(profile, variedObservation(random, index))
    if (index % 25 === 0) {
      const { bytes, values } = packProfile(profile)
      largest = Math.max(largest, bytes.length + values.length)
    }
  }

  assert.ok(largest < 32_000, `${largest} bytes`)
  assert.ok(habitNames.every((name) => profile.habits[name].values.length <= usualBounds.habitValues))
  assert.ok(profile.people.keys.length <= peopleLimits.maxKeys)
})

test('a value counts half after its half-life of messages without it', () => {
  const halfLife = habitHalfLife('clientFamily')
  const profile = repeated(1 + halfLife, (index) => ({
    attributes: { clientFamily: index === 0 ? 'outlook' : 'thunderbird' }
  }))

  const { count, age } = readHabit(profile.habits.clientFamily, 'outlook', profile.messagesSeen, halfLife)

  assert.ok(Math.abs(count - 0.5) < 1e-9, String(count))
  assert.equal(age, halfLife)
  assert.equal(usualValue(profile.habits.clientFamily, halfLife), 'thunderbird')
})

test('an absent value neither becomes a habit nor wears one out', () => {
  const once = learned({ attributes: { network16: 'home' } })
  const after = [observation({ attributes: { network16: '' } })].reduce(
    (before, one) => foldObservation(before, one),
    once
  )

  assert.deepEqual(after.habits.network16, once.habits.network16)
  assert.deepEqual(after.habits.clientWithNetwork, once.habits.clientWithNetwork)
})

test('beyond the bound the rarest value goes and the usual ones stay', () => {
  const profile = repeated(200, (index) => ({
    attributes: { clientFull: index % 2 === 0 ? 'usual' : `rare-${index}` }
  }))

  assert.ok(profile.habits.clientFull.values.includes('usual'))
  assert.ok(profile.habits.clientFull.values.includes('rare-199'))
  assert.ok(!profile.habits.clientFull.values.includes('rare-1'))
})

test('a value of any length and any characters is kept short, and told apart from its like', () => {
  const long = 'x'.repeat(5_000)
  const profile = learned({ attributes: { clientFull: `${long}1` } }, { attributes: { clientFull: 'a\0b' } })

  assert.ok(profile.habits.clientFull.values.every((value) => value.length <= 48 && !value.includes('\0')))
  assert.equal(readHabit(profile.habits.clientFull, `${long}1`, 3, 200).known, true)
  assert.equal(readHabit(profile.habits.clientFull, `${long}2`, 3, 200).known, false)
})

test('regular correspondents survive one message to a thousand strangers', () => {
  const strangers = Array.from({ length: 1_000 }, (_, index) => `stranger${index}@elsewhere.example`)
  const regular = repeated(30, () => ({ to: ['bob@example.net', 'eve@example.net'] }))

  const after = foldObservation(regular, observation({ to: strangers }))

  assert.ok(knowsRecipient(after, 'bob@example.net') && knowsRecipient(after, 'eve@example.net'))
  assert.ok(after.people.keys.length <= peopleLimits.maxKeys)
})

test('the latest threads, people and subjects are remembered', () => {
  const profile = repeated(300, (index) => ({
    messageId: `m${index}`,
    parents: [`p${index}`],
    subject: `s${index}`
  }))

  assert.equal(profile.recent.sizes.length, 60)
  assert.equal(profile.ownIds.length, 160)
  assert.equal(profile.subjects.length, 100)
})

test('words and grams decay together, and a text too short to tell leaves them alone', () => {
  const first = learned({ style: { words: [7], grams: [7], gramCounts: [3] } })
  const later = Array.from({ length: 400 }, () =>
    observation({ style: { words: [9], grams: [9], gramCounts: [1] } })
  )
  const after = later.reduce((before, one) => foldObservation(before, one), first)
  const short = foldObservation(
    after,
    observation({ style: { authoredWords: 2, words: [1], grams: [1], gramCounts: [1] } })
  )

  assert.ok(Math.abs(bagWeight(after.words, 7) - 0.5) < 1e-3)
  assert.ok(Math.abs(bagWeight(after.grams, 7) - 0.995 ** 400) < 1e-3)
  assert.equal(short.words, after.words)
  assert.equal(short.rates, after.rates)
})

test('five thousand messages of decay leave every number finite', () => {
  const one = foldObservation(
    emptyProfile(),
    observation({ style: { words: [1], grams: [1], gramCounts: [1] } })
  )
  let words = one.words
  let profile = one
  for (let index = 0; index < 5_000; index++) {
    profile = foldObservation(profile, observation({ style: { words: [2], grams: [2], gramCounts: [1] } }))
    words = profile.words
  }

  assert.ok(words.weights.every(Number.isFinite) && Number.isFinite(words.scale))
  assert.ok(Math.abs(bagWeight(words, 2) - words.total) < 0.01 * words.total)
})

const clockFaults: readonly (readonly [string, readonly number[]])[] = [
  ['a clock that runs backwards', [monday9, monday9 - 40 * day, monday9 + hour]],
  ['a clock that is years ahead once', [monday9, monday9 + 20 * 365 * day, monday9 + hour]],
  ['a clock at zero, before zero and beyond all dates', [0, -5 * day, 8.64e15, monday9]],
  ['a clock that says nothing', [monday9, Number.NaN, Number.POSITIVE_INFINITY, monday9 + hour]]
]

for (const [fault, times] of clockFaults) {
  test(`${fault} spoils no habit`, () => {
    const steady = repeated(50, (index) => ({ receivedAt: monday9 + index * hour, hour: 9 }))

    const after = times
      .map((receivedAt) => ({ ...observation({ hour: 9 }), receivedAt, weekday: 1 }))
      .reduce((before, one) => foldObservation(before, one), steady)

    assert.equal(after.messagesSeen, 50 + times.length)
    assert.ok(
      [...after.hours, ...after.gaps, ...after.volumes.means, ...after.volumes.variances].every(
        Number.isFinite
      )
    )
    assert.ok(Number.isFinite(after.lastAt) && Number.isFinite(after.firstAt))
    assert.ok((after.hours[9] ?? 0) > 45)
    assert.equal(usualValue(after.habits.clientFamily, 200), 'thunderbird')
  })
}

test('the last hour counts what was sent in it, whatever the order of times', () => {
  const profile = learned(
    { receivedAt: monday9 + 30 * minute },
    { receivedAt: monday9 + 365 * day },
    { receivedAt: monday9 - 2 * hour },
    { receivedAt: monday9 + 50 * minute }
  )

  assert.equal(sentInLastHour(profile, monday9 + 60 * minute), 2)
  assert.equal(sentInLastHour(profile, monday9 + 100 * minute), 1)
})
