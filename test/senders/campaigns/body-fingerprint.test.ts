import '../../helpers/fixed-chance.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { languagesOfWord } from '../../../service/observation/function-words.ts'
import { wordBuckets } from '../../../service/observation/observation.ts'
import {
  bandsOf,
  fingerprintOf,
  likeness,
  sketchOf
} from '../../../service/senders/campaigns/body-fingerprint.ts'
import { observation } from '../../profile/observations.ts'

const of = (words: readonly number[]) => fingerprintOf(observation({ style: { words } }))

test('the likeness of two bodies is near the share of words that they have in common', () => {
  const words = fc.uniqueArray(fc.nat(wordBuckets - 1), { minLength: 90, maxLength: 300 })
  fc.assert(
    fc.property(words, fc.double({ min: 0, max: 0.6, noNaN: true }), (all, apart) => {
      const cut = Math.floor((all.length * apart) / 2)
      const [one, other] = [all.slice(cut), all.slice(0, all.length - cut)].map(of)
      fc.pre(typeof one === 'string' && typeof other === 'string')
      const found = likeness(sketchOf(one ?? ''), sketchOf(other ?? ''))
      assert.ok(Math.abs(found - (all.length - 2 * cut) / all.length) < 0.3)
    })
  )
})

test('the order of the words does not matter, and words of grammar do not count', () => {
  const words = Array.from({ length: 40 }, (_, place) => 1_001 * (place + 1))
  const grammar = Array.from(languagesOfWord.keys(), (hash) => hash % wordBuckets).slice(0, 100)

  assert.equal(of(words.toReversed()), of(words))
  assert.equal(of([...words, ...grammar]), of(words))
  assert.equal(of(grammar), null)
})

test('equal sketches look in equal places, each a number below 2^32', () => {
  const sketch = sketchOf(of(Array.from({ length: 40 }, (_, place) => 1_001 * (place + 1))) ?? '')

  assert.deepEqual(bandsOf(sketch), bandsOf(Uint8Array.from(sketch)))
  assert.ok(bandsOf(sketch).every((number) => Number.isInteger(number) && number >= 0 && number < 2 ** 32))
})
