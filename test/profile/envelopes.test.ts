import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBackground } from '../../service/features/background.ts'
import { behaviourFeatureNames, behaviourGroups, extractBehaviour } from '../../service/features/behaviour.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { packProfile, unpackProfile } from '../../service/profile/pack-profile.ts'
import { isProvisional } from '../../service/profile/probation.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import { envelopeOf as withoutContentOf } from '../../training/takeover/envelopes-only.ts'
import { day, hour, monday9, observation, type ObservationTraits } from './observations.ts'

/** The same message with its envelope alone, of a size that nobody states. */
function envelopeOf(whole: Observation): Observation {
  return { ...withoutContentOf(whole), sizeBytes: 0 }
}

function learn(
  profile: Profile,
  count: number,
  shape: (whole: Observation) => Observation,
  traits: ObservationTraits = {}
): Profile {
  let learned = profile
  for (let index = 0; index < count; index += 1) {
    const receivedAt = learned.lastAt === 0 ? monday9 : learned.lastAt + day
    learned = foldObservation(learned, shape(observation({ ...traits, receivedAt })))
  }
  return learned
}

const asItIs = (whole: Observation): Observation => whole

function featuresOf(profile: Profile, message: Observation) {
  const { row, shown } = extractBehaviour(message, profile, emptyBackground)
  const values = Object.fromEntries(behaviourFeatureNames.map((name, index) => [name, row[index] ?? 0]))
  const groups = Object.keys(behaviourGroups).filter((_, place) => (shown & (1 << place)) !== 0)
  return { values, groups }
}

const next = (profile: Profile, traits: ObservationTraits = {}) =>
  observation({ receivedAt: profile.lastAt + day, hour: 9, ...traits })

test('two hundred envelopes make nothing of a whole message unusual but what they showed otherwise', () => {
  const profile = learn(emptyProfile(), 200, envelopeOf)

  const { values } = featuresOf(profile, next(profile, { links: ['shop.example'], hour: 23 }))

  const strange = Object.entries(values).filter(
    ([name, value]) =>
      /surprisal|unseen|deviation|age_log|novelty|hour|rates/u.test(name) && Math.abs(value) > Math.LN2
  )
  assert.deepEqual(strange, [])
})

test('envelopes in between neither age nor weaken what whole messages taught', () => {
  const taught = learn(emptyProfile(), 40, asItIs)
  const profile = learn(taught, 200, envelopeOf)

  const before = featuresOf(taught, next(taught)).values
  const after = featuresOf(profile, next(profile)).values

  const ofContent = Object.keys(before).filter((name) =>
    /^(?:structure|style|thread|links)\.|^client\.(?:full|family|zone)/u.test(name)
  )
  for (const name of ofContent) assert.equal(after[name], before[name], name)
})

test('envelopes teach people, networks and how often: what is new in one stands out', () => {
  const profile = learn(emptyProfile(), 30, envelopeOf)
  const strange = next(profile, {
    to: ['eve@evil.example'],
    attributes: { network16: 'n16-far', network24: 'n24-far' }
  })

  const usual = featuresOf(profile, envelopeOf(next(profile))).values
  const unusual = featuresOf(profile, envelopeOf(strange)).values

  assert.deepEqual([usual['recipients.new_fraction'], unusual['recipients.new_fraction']], [0, 1])
  assert.ok((unusual['client.network16_surprisal'] ?? 0) > 5)
  assert.ok((usual['client.network16_surprisal'] ?? 9) < 1)
  assert.ok((usual['volume.gap_surprisal'] ?? 9) < 1)
})

test('of an envelope only the groups speak that it shows; its hour where the sender’s clock is known', () => {
  const unknown = learn(emptyProfile(), 10, envelopeOf)
  const known = learn(emptyProfile(), 10, asItIs, { hour: 10 })

  const groups = ['client', 'recipients', 'volume', 'history']
  assert.deepEqual(featuresOf(unknown, envelopeOf(next(unknown))).groups, groups)
  assert.deepEqual(featuresOf(known, envelopeOf(next(known))).groups, ['client', 'time', ...groups.slice(1)])
  // The zone of these messages is an hour east of UTC
  const atNight = { ...envelopeOf(next(known)), receivedAt: known.lastAt + 17 * hour }
  assert.equal(featuresOf(known, envelopeOf(next(known))).values['time.hour_unseen'], 0)
  assert.ok((featuresOf(known, atNight).values['time.hour_unseen'] ?? 0) > 0.5)
})

test('an envelope does not teach hours of a clock that nobody knows, nor volumes it does not show', () => {
  const profile = learn(emptyProfile(), 50, envelopeOf)

  assert.equal(
    profile.hours.reduce((sum, one) => sum + one, 0),
    0
  )
  assert.equal(profile.volumes.weight, 0)
  assert.deepEqual([profile.messagesSeen, profile.envelopesSeen], [50, 50])
})

test('whoever sends whole messages does not get a new network believed by showing an envelope for once', () => {
  const profile = learn(emptyProfile(), 30, asItIs)
  const elsewhere = envelopeOf(next(profile, { attributes: { network16: 'n16-far' } }))

  const after = foldObservation(profile, elsewhere)

  assert.ok(isProvisional(after, 'network16', 'n16-far'))
  assert.ok(!after.habits.network16.values.includes('n16-far'))
})

test('where only envelopes are shown, a new network is believed beside a known contact', () => {
  const profile = learn(emptyProfile(), 30, envelopeOf)
  const moved = { attributes: { network16: 'n16-new' } }

  const toContact = foldObservation(profile, envelopeOf(next(profile, moved)))
  const toStranger = foldObservation(
    profile,
    envelopeOf(next(profile, { ...moved, to: ['eve@evil.example'] }))
  )

  assert.ok(toContact.habits.network16.values.includes('n16-new'))
  assert.ok(isProvisional(toStranger, 'network16', 'n16-new'))
})

test('how many envelopes there were is kept, and 0 in a profile of before there were any', () => {
  const profile = learn(emptyProfile(), 3, envelopeOf)
  const packed = packProfile(profile)
  const [numbers = 0, ...sizes] = packed.sizes
  const { bytes } = packed
  const older = {
    ...packed,
    sizes: [numbers - 1, ...sizes],
    bytes: Buffer.concat([bytes.subarray(0, 8 * (numbers - 1)), bytes.subarray(8 * numbers)])
  }

  assert.deepEqual(unpackProfile(packed), profile)
  assert.deepEqual(unpackProfile(older), { ...profile, envelopesSeen: 0 })
})
