import assert from 'node:assert/strict'
import { test } from 'node:test'
import { microBatch } from '../../../service/models/network/micro-batch.ts'

test('calls of one tick share one pass and each gets its own answers', async () => {
  const passes: number[] = []
  const double = microBatch((inputs: readonly number[]) => {
    passes.push(inputs.length)
    return inputs.map((input) => 2 * input)
  }, 64)
  assert.deepEqual(await Promise.all([double([1]), double([2, 3]), double([]), double([4])]), [
    [2],
    [4, 6],
    [],
    [8]
  ])
  assert.deepEqual(passes, [4])
})

test('a pass takes no more than its bound', async () => {
  const passes: number[] = []
  const same = microBatch((inputs: readonly number[]) => {
    passes.push(inputs.length)
    return inputs
  }, 3)
  assert.deepEqual(await same([1, 2, 3, 4, 5, 6, 7]), [1, 2, 3, 4, 5, 6, 7])
  assert.deepEqual(passes, [3, 3, 1])
})

test('a failing pass fails every call that rode along, and the next pass works', async () => {
  let broken = true
  const run = microBatch((inputs: readonly number[]) => {
    if (broken) throw new RangeError('too much')
    return inputs
  }, 8)
  const outcomes = await Promise.allSettled([run([1]), run([2])])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected']
  )
  broken = false
  assert.deepEqual(await run([3]), [3])
})
