import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { weighExamples } from '../../training/content/content-example.ts'
import { contentDefaults, fitContent, scoreContent } from '../../training/content/fit-content.ts'
import { areaUnderCurve } from '../../training/measure/ranking.ts'

const shape = { buckets: 512, bagRows: 128, bagUnits: 4, hiddenUnits: 8, structure: 3 }

/** Bad mail uses low ids more often, and its first structure value is higher. */
function examples(count: number, seed: number) {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, index) => {
    const isBad = index % 3 === 0
    const tokens = Uint32Array.from({ length: 5 + Math.floor(random() * 30) }, () =>
      Math.floor(random() * (isBad && random() < 0.3 ? 60 : 512))
    )
    return {
      id: String(index),
      source: isBad ? 'x' : 'y',
      isBad,
      group: '',
      tokens,
      structure: Float32Array.of(random() + (isBad ? 0.3 : 0), random(), 7)
    }
  })
}

before(() => selectBackend('wasm'))

test('the network learns on wasm, one seed gives one model, and no tensor is left behind', () => {
  const known = examples(600, 1)
  const weights = weighExamples(
    known,
    Int32Array.from(known, (_, index) => index),
    { other: 1 }
  )
  const held = tf.memory().numTensors
  const runs = [1, 2].map(() => {
    const { model, losses } = fitContent(known, weights, { ...contentDefaults, epochs: 12, shape, seed: 9 })
    const unseen = examples(300, 2)
    const scores = scoreContent(model, unseen)
    model.dispose()
    return { scores, losses, unseen }
  })
  const [first, second] = runs
  assert.deepEqual(first?.scores, second?.scores)
  assert.ok((first?.losses.at(-1) ?? 9) < (first?.losses[0] ?? 0))
  assert.ok(
    areaUnderCurve(
      first?.unseen.map(({ isBad }, index) => ({ isBad, score: first.scores[index] ?? 0 })) ?? []
    ) > 0.8
  )
  assert.equal(tf.memory().numTensors, held)
})

test('classes weigh the same, sources as told, and copies of one message less', () => {
  const known = examples(90, 3).map((example, index) => ({
    ...example,
    source: index % 2 === 0 ? 'loud' : 'quiet'
  }))
  const cluster = Int32Array.from(known, (_, index) => (index < 20 ? 0 : index))
  const weights = weighExamples(known, cluster, { loud: 3, quiet: 1 })
  const sum = (wanted: (index: number) => boolean) =>
    weights.reduce((total, weight, index) => total + (wanted(index) ? weight : 0), 0)
  assert.ok(Math.abs(sum((index) => known[index]?.isBad === true) - 45) < 1e-3)
  assert.ok(
    Math.abs(sum((index) => known[index]?.isBad === true && known[index].source === 'loud') - 45 * 0.75) <
      1e-3
  )
  assert.ok((weights[1] ?? 9) < (weights[31] ?? 0))
})
