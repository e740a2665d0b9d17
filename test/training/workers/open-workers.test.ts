import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { selectBackend } from '../../../service/models/tensor/backend.ts'
import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { toRowTable, type LearnedRow } from '../../../training/takeover/row-table.ts'
import { takeoverDefaults } from '../../../training/takeover/fit-takeover.ts'
import { withWorkers } from '../../../training/workers/with-workers.ts'

before(() => selectBackend('wasm'))

const random = createRandom(2)
const rows = Array.from({ length: 60 }, (_, index): LearnedRow => ({
  family: index % 2 === 0 ? 'honest' : 'A3',
  row: Float32Array.of(random() + (index % 2), random())
}))
const fit = {
  table: toRowTable(rows),
  known: Int32Array.from({ length: 40 }, (_, index) => index),
  unseen: Int32Array.of(50, 51),
  options: { ...takeoverDefaults, seed: 1, epochs: 1 }
}

test('a thread answers what this one would, tells how far it is, and throws what the job throws', async () => {
  const told: number[] = []
  const progress = (_: string, done: number, total: number): void => void told.push(done / total)
  const beside = await withWorkers({ threads: 2 }, async (workers) => {
    const answers = await workers.run('takeover network', [fit, fit], progress)
    const broken = { ...fit, table: { ...fit.table, columns: 0 } }
    await assert.rejects(workers.run('takeover forest', [broken]), RangeError)
    return answers
  })
  const here = await withWorkers({ threads: 1 }, (workers) => workers.run('takeover network', [fit]))
  assert.deepEqual(beside, [...here, ...here])
  assert.equal(told.at(-1), 1)
})

test('whoever waits for threads that are closed hears of it', async () => {
  const waiting = await withWorkers({ threads: 2 }, async (workers) => {
    const jobs = workers.run('takeover forest', [fit, fit, fit, fit])
    return { outcome: assert.rejects(jobs, /thread/u) }
  })
  await waiting.outcome
})
