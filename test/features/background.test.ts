import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBackground, encodeBackground } from '../../service/features/background-codec.ts'
import { emptyBackground, leaveOut, valuePrior, wordPrior } from '../../service/features/background.ts'
import { behaviourFeatureNames, extractBehaviour } from '../../service/features/behaviour.ts'
import { buildBackground } from '../../service/features/build-background.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import { observation, seeded, variedObservation, type ObservationTraits } from '../profile/observations.ts'

function writer(traits: ObservationTraits): Profile {
  return Array.from({ length: 10 }, () => observation(traits)).reduce(
    (before, one) => foldObservation(before, one),
    emptyProfile()
  )
}

const common = { attributes: { clientFamily: 'thunderbird' }, style: { words: [1, 2, 3] } }
const profiles = [
  writer(common),
  writer(common),
  writer(common),
  writer({ attributes: { clientFamily: 'mutt' }, style: { words: [1, 2, 77] } }),
  writer({ attributes: { clientFamily: 'mutt' }, style: { words: [1, 2, 88] } }),
  writer({ attributes: { clientFamily: 'gnus' }, style: { words: [1, 2, 99] } })
]
const background = buildBackground(profiles)

test('what many senders show is expected of a stranger, what nobody shows is not', () => {
  const prior = (value: string): number => valuePrior(background, 'clientFamily', value)

  assert.ok(prior('thunderbird') > prior('mutt'))
  assert.ok(prior('mutt') > prior('never-seen'))
  assert.ok(wordPrior(background, 1) > wordPrior(background, 77))
  assert.ok(wordPrior(background, 77) > wordPrior(background, 5))
})

test('a sender who is left out leaves no trace: what only that sender shows is as if nobody did', () => {
  const without = leaveOut(background, profiles.slice(3, 4))
  const [, , , mutt = emptyProfile()] = profiles
  const never = buildBackground(profiles.filter((profile) => profile !== mutt))

  assert.ok(Math.abs(wordPrior(without, 77) - wordPrior(without, 5)) < 1e-9)
  for (const word of [1, 2, 3, 77, 88, 5]) {
    assert.ok(Math.abs(wordPrior(without, word) / wordPrior(never, word) - 1) < 1e-4, String(word))
  }
  assert.ok(valuePrior(without, 'clientFamily', 'mutt') < valuePrior(background, 'clientFamily', 'mutt'))
  assert.equal(
    valuePrior(leaveOut(background, profiles.slice(3, 5)), 'clientFamily', 'mutt'),
    valuePrior(leaveOut(background, profiles.slice(3, 5)), 'clientFamily', 'never-seen')
  )
})

test('the background tells of no single sender and of no keyed value', () => {
  assert.deepEqual(Array.from(background.habits.get('clientFamily')?.values ?? []), [
    ['thunderbird', 3],
    ['mutt', 2]
  ])
  assert.equal(background.habits.has('network16'), false)
  assert.equal(background.habits.has('clientWithNetwork'), false)
  assert.equal(
    valuePrior(background, 'fromName', 'name-1'),
    valuePrior(emptyBackground, 'fromName', 'name-1')
  )
})

test('a background comes back from its bytes exactly: trained and served rows are the same', () => {
  const random = seeded(9)
  const messages = Array.from({ length: 30 }, (_, index) => variedObservation(random, index))
  const profile = messages.reduce((before, one) => foldObservation(before, one), emptyProfile())
  const trained = buildBackground([...profiles, profile])

  const bytes = encodeBackground(trained)
  const served = decodeBackground(Buffer.concat([Buffer.from([0]), bytes]).subarray(1))

  assert.ok(bytes.length < 400_000, `${bytes.length} bytes`)
  assert.deepEqual(served, trained)
  for (const message of messages) {
    assert.deepEqual(extractBehaviour(message, profile, served), extractBehaviour(message, profile, trained))
  }
})

const damaged: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  ['nothing', () => new Uint8Array(0)],
  ['a file cut short', (bytes) => bytes.subarray(0, -1)],
  ['a head that is not JSON', (bytes) => bytes.with(4, 0)],
  ['a head of another version', (bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').replace('"version":1', '"version":2'), 'latin1')],
  ['a head without hours', (bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').replace('"hours":', '"hourz":'), 'latin1')]
] // prettier-ignore

for (const [fault, damage] of damaged) {
  test(`${fault} is refused as a background`, () => {
    assert.throws(() => decodeBackground(damage(encodeBackground(background))))
  })
}

test('without a background every row is finite and complete', () => {
  const { row } = extractBehaviour(observation(), writer(common), buildBackground([]))

  assert.equal(row.length, behaviourFeatureNames.length)
  assert.ok(row.every(Number.isFinite))
})
