import assert from 'node:assert/strict'
import { test } from 'node:test'
import { structureNames } from '../../service/observation/observation.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { probeTraits } from '../../training/content/trait-probe.ts'

const random = createRandom(5)
const example = (id: string, replyToDiffers: number) => ({
  id,
  source: 'test',
  isBad: false,
  group: '',
  tokens: new Uint32Array(0),
  structure: Float32Array.from(structureNames, (name) =>
    name === 'replyToDiffers' ? replyToDiffers : random()
  )
})

const groupOf = (name: string, leak: boolean) =>
  Array.from({ length: 400 }, (_, index) => example(`${name}${index}`, leak ? 1 : 0))

test('the probe sees a planted leak and nothing where there is nothing', () => {
  assert.ok(probeTraits(groupOf('a', false), groupOf('b', true)) > 0.99)
  assert.ok(Math.abs(probeTraits(groupOf('a', false), groupOf('b', false)) - 0.5) < 0.06)
})
