import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { bagWeight } from '../../service/profile/bag.ts'
import { compactHash } from '../../service/profile/compact-hash.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { isProvisional, provisionalHabits, sightings } from '../../service/profile/probation.ts'
import { profileBounds } from '../../service/profile/profile-bounds.ts'
import { packProfile } from '../../service/profile/pack-profile.ts'
import { emptyProfile, knowsRecipient, peopleLimits, type Profile } from '../../service/profile/profile.ts'
import { newValues } from '../../service/profile/provisional-values.ts'
import { readTally } from '../../service/profile/tally.ts'
import {
  day,
  monday9,
  observation,
  seeded,
  variedObservation,
  type ObservationTraits
} from './observations.ts'

const contacts = ['bob@example.net', 'eve@example.net', 'joe@example.com', 'amy@example.com']
const elsewhere = { network16: 'n16-hotel', network24: 'n24-hotel', heloDomain: 'helo-hotel' }
const otherLaptop = { clientFull: 'Other 1.0', clientFamily: 'other', headerOrder: 'order-2' }
const usualPlace = { network16: '', network24: '', heloDomain: '' }

/** After forty messages from home, by one program, to four people. */
const owner = learn(
  emptyProfile(),
  Array.from({ length: 40 }, (_, index) => ({ to: [contacts[index % 4] ?? ''], messageId: `m${index}` }))
)

function countOf(profile: Profile, person: string): number {
  return readTally(profile.people, compactHash(person), profile.messagesSeen + 1, peopleLimits.halfLife).count
}

function learn(profile: Profile, messages: readonly ObservationTraits[], confirmed = false): Profile {
  return messages
    .map((traits, index) => observation({ receivedAt: monday9 + index * day, ...traits }))
    .reduce((before, message) => foldObservation(before, message, { confirmed }), profile)
}

/** What is new in the message is the sender's own afterwards. */
function taught(profile: Profile, message: ObservationTraits): boolean {
  return newValues(learn(profile, [message]), observation(message)).length === 0
}

test('ten harmless messages of an intruder, and patience, make nothing of his a habit', () => {
  const intrusion = Array.from({ length: 10 }, (_, index) => ({
    receivedAt: monday9 + (60 + 20 * index) * day,
    attributes: { ...elsewhere, ...otherLaptop, language: 'fr' },
    to: [`stranger${index}@elsewhere.example`],
    links: ['harmless.example'],
    parents: ['unknown'],
    style: { words: [7], grams: [9], gramCounts: [3] }
  }))

  const after = learn(owner, intrusion)

  for (const name of provisionalHabits)
    assert.deepEqual(after.habits[name].values, owner.habits[name].values, name)
  for (const name of ['people', 'domains', 'linkDomains'] as const)
    assert.deepEqual(after[name].keys, owner[name].keys, name)
  assert.equal(sightings(after, 'network16', 'n16-hotel'), 10)
  assert.equal(sightings(after, 'linkDomain', 'harmless.example'), 10)
  assert.equal(sightings(after, 'person', 'stranger3@elsewhere.example'), 1)
  assert.equal(isProvisional(after, 'network16', 'n16-home'), false)
})

const honest: readonly (readonly [string, ObservationTraits])[] = [
  ['a new laptop at home, to a contact', { attributes: otherLaptop }],
  ['the laptop in a hotel, to a contact', { attributes: elsewhere }],
  ['a stranger, from home by the usual program', { to: ['new@elsewhere.example'] }],
  [
    'an answer in an own thread, from a hotel, to a contact and others',
    { attributes: elsewhere, to: ['bob@example.net', 'a@x.example', 'b@x.example'], parents: ['m39'] }
  ],
  [
    'an update of the program, to a stranger',
    { attributes: { clientFull: 'Other 2.0' }, to: ['new@x.example'] }
  ]
]

for (const [what, message] of honest) {
  test(`at once a habit: ${what}`, () => {
    assert.ok(taught(owner, message))
    assert.equal(learn(owner, [message]).probation.keys.length, 0)
  })
}

const odd: readonly (readonly [string, ObservationTraits])[] = [
  ['a new laptop at home, to a stranger', { attributes: otherLaptop, to: ['new@x.example'] }],
  ['the laptop in a hotel, to a stranger', { attributes: elsewhere, to: ['new@x.example'] }],
  ['a new laptop in a hotel, to a contact', { attributes: { ...elsewhere, ...otherLaptop } }],
  [
    'a reference to an own message, from a hotel, to a stranger',
    { attributes: elsewhere, to: ['new@x.example'], parents: ['m39'] }
  ],
  ['from nowhere, by a new program, to a contact', { attributes: { ...usualPlace, ...otherLaptop } }],
  [
    'one contact among many strangers, from a hotel',
    { attributes: elsewhere, to: ['bob@example.net', 'a@x.example', 'b@x.example', 'c@x.example'] }
  ]
]

for (const [what, message] of odd) {
  test(`on probation: ${what}`, () => {
    assert.equal(taught(owner, message), false)
  })
}

test('of a message too unlike its sender only what is new is withheld: its words, its hour and the people known count', () => {
  const after = learn(owner, [
    {
      attributes: { ...elsewhere, ...otherLaptop, language: 'fr' },
      to: ['bob@example.net', 'a@x.example', 'b@x.example'],
      hour: 3,
      style: { words: [7] }
    }
  ])

  assert.equal(after.messagesSeen, owner.messagesSeen + 1)
  assert.ok(bagWeight(after.words, 7) > 0 && (after.hours[3] ?? 0) > 0)
  assert.ok(after.habits.language.values.includes('fr'))
  assert.ok(countOf(after, 'bob@example.net') > countOf(owner, 'bob@example.net'))
  assert.ok(!knowsRecipient(after, 'a@x.example'))
})

test('a new laptop in a new place is believed once three contacts stand beside it', () => {
  const moved = { ...elsewhere, ...otherLaptop }
  const two = learn(owner, [
    { attributes: moved, to: ['bob@example.net'] },
    { attributes: moved, to: ['eve@example.net'] },
    { attributes: moved, to: ['stranger@x.example'] }
  ])
  assert.ok(isProvisional(two, 'network16', 'n16-hotel'))

  const three = learn(two, [{ attributes: moved, to: ['joe@example.com'] }])

  assert.ok(taught(two, { attributes: moved, to: ['joe@example.com'] }))
  assert.equal(isProvisional(three, 'network16', 'n16-hotel'), false)
  assert.ok(taught(three, { attributes: moved, to: ['another@x.example'] }))
})

test('one contact, who may be an accomplice, vouches for nobody, however often', () => {
  const moved = { ...elsewhere, ...otherLaptop }
  const insistent = Array.from({ length: 30 }, (_, index) => ({
    attributes: moved,
    to: index % 2 === 0 ? ['bob@example.net'] : ['bob@example.net', `stranger${index}@x.example`]
  }))

  assert.equal(sightings(learn(owner, insistent), 'network16', 'n16-hotel'), 30)
})

test('who vouches for a message vouches for all its values, in other messages too', () => {
  const strange = { attributes: { ...elsewhere, ...otherLaptop }, to: ['new@x.example'] }
  const seen = learn(owner, [strange, strange])
  assert.equal(sightings(seen, 'clientFull', 'Other 1.0'), 2)

  const confirmed = learn(seen, [strange], true)

  assert.equal(confirmed.probation.keys.length, 0)
  assert.ok(knowsRecipient(confirmed, 'new@x.example'))
  assert.ok(taught(confirmed, strange))
})

test('the first eight messages of a newcomer are all learned', () => {
  const scattered = Array.from({ length: 9 }, (_, index) => ({
    attributes: { network16: `n16-${index}`, clientFull: `Program ${index}`, headerOrder: `order-${index}` },
    to: [`p${index}@d${index}.example`]
  }))

  const { values } = learn(emptyProfile(), scattered).habits.network16

  assert.deepEqual(
    values,
    Array.from({ length: 8 }, (_, index) => `n16-${index}`)
  )
})

test('where no message shows a network one anchor is enough, and none is not', () => {
  const hidden = learn(
    emptyProfile(),
    Array.from({ length: 20 }, (_, index) => ({ attributes: usualPlace, to: [contacts[index % 4] ?? ''] }))
  )

  assert.ok(taught(hidden, { attributes: usualPlace, to: ['new@x.example'] }))
  assert.ok(taught(hidden, { attributes: { ...usualPlace, ...otherLaptop } }))
  assert.ok(!taught(hidden, { attributes: { ...usualPlace, ...otherLaptop }, to: ['new@x.example'] }))
})

test('who copies himself is no contact of his own', () => {
  const self = 'address-1'
  const copied = learn(owner, [{ to: ['bob@example.net', self] }])

  assert.equal(taught(copied, { attributes: elsewhere, to: ['new@x.example', self] }), false)
})

test('whatever comes, a profile keeps to its bounds and to their share of 32 kB', () => {
  const scales = [0.25, 0.5, 1, 2]
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...scales), (seed, scale) => {
      const random = seeded(seed)
      const bounds = profileBounds(scale)
      let profile = emptyProfile()
      for (let index = 0; index < 130; index++) {
        const message = variedObservation(random, index)
        profile = foldObservation(profile, message, { bounds, confirmed: random() < 0.5 })
      }
      const { bytes, values } = packProfile(profile)
      assert.ok(bytes.length + values.length < scale * 32_000, `${bytes.length + values.length} at ${scale}`)
      assert.ok(profile.probation.keys.length <= bounds.provisional)
      assert.equal(profile.probation.backers.length, 2 * profile.probation.keys.length)
      assert.ok(profile.people.keys.length <= bounds.people.maxKeys)
      assert.ok(profile.habits.network16.values.length <= bounds.habitValues)
    }),
    { numRuns: 8 }
  )
})
