import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { selectBackend } from '../../../service/models/tensor/backend.ts'
import { hashedBagOf } from '../../../service/models/network/content-network.ts'
import { noToken } from '../../../service/models/network/hashed-bag.ts'
// Brings the gradients of TensorFlow.js's own ops.
import '@tensorflow/tfjs-layers'

/** The same by TensorFlow.js's own ops, for lines without padding and ids below the rows. */
function byGather(ids: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor2D {
  return tf.div(tf.sum(tf.gather(table, ids), 1), Math.sqrt(ids.shape[1]))
}

const ids = (): tf.Tensor2D => tf.tensor2d([3, 0, 5, 5, 1, 2], [2, 3], 'int32')
const table = (): tf.Tensor2D =>
  tf.tensor2d(
    Array.from({ length: 18 }, (_, index) => Math.sin(index)),
    [6, 3]
  )

for (const backend of ['wasm', 'cpu'] as const) {
  test(`on ${backend} the bag is what gather and sum give, and so is its gradient`, async () => {
    await selectBackend(backend)
    tf.tidy(() => {
      const weight = tf.tensor2d([1, -2, 0.5, 3, 1, 1], [2, 3])
      const cost = (bag: (ids: tf.Tensor2D, table: tf.Tensor2D) => tf.Tensor2D) =>
        tf.grad((x) => tf.sum(tf.mul(bag(ids(), tf.reshape(x, [6, 3])), weight)))
      assertClose(hashedBagOf(ids(), table()), byGather(ids(), table()))
      assertClose(cost(hashedBagOf)(table()), cost(byGather)(table()))
    })
  })

  test(`on ${backend} padding adds nothing and ids count modulo the rows`, async () => {
    await selectBackend(backend)
    tf.tidy(() => {
      const padded = tf.tensor2d([3, noToken, 6, noToken, noToken, noToken], [2, 3], 'int32')
      const [first = [], empty = []] = hashedBagOf(padded, table()).arraySync()
      const rows = table().arraySync()
      assert.deepEqual(empty, [0, 0, 0])
      for (const [k, value] of first.entries())
        assert.ok(Math.abs(value - ((rows[3]?.[k] ?? 0) + (rows[0]?.[k] ?? 0)) / Math.SQRT2) < 1e-6)
    })
  })
}

function assertClose(a: tf.Tensor, b: tf.Tensor): void {
  assert.deepEqual(a.shape, b.shape)
  const [left, right] = [a.dataSync(), b.dataSync()]
  for (const [index, value] of left.entries())
    assert.ok(Math.abs(value - (right[index] ?? Number.NaN)) < 1e-5)
}
