import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { packProfile, unpackProfile } from '../../service/profile/pack-profile.ts'
import { emptyProfile } from '../../service/profile/profile.ts'
import { observation, seeded, variedObservation } from './observations.ts'

for (const messages of [0, 1, 40, 300]) {
  test(`a profile of ${messages} messages comes back as it was packed`, () => {
    const random = seeded(3)
    const profile = Array.from({ length: messages }, (_, index) => variedObservation(random, index)).reduce(
      (before, one) => foldObservation(before, one),
      emptyProfile()
    )

    assert.deepEqual(unpackProfile(packProfile(profile)), profile)
  })
}

test('bytes that lie anywhere in a larger buffer are read, and may change afterwards', () => {
  const profile = foldObservation(emptyProfile(), observation())
  const packed = packProfile(profile)
  const within = new Uint8Array(packed.bytes.length + 3)
  within.set(packed.bytes, 3)

  const read = unpackProfile({ ...packed, bytes: within.subarray(3) })
  within.fill(0)

  assert.deepEqual(read, profile)
})

test('bytes cut short are refused, not misread', () => {
  const packed = packProfile(foldObservation(emptyProfile(), observation()))

  assert.throws(() => unpackProfile({ ...packed, bytes: packed.bytes.subarray(0, 200) }), RangeError)
})
