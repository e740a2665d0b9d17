import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adamStep } from '../../../training/adam.ts'
import { createHashedTable } from '../../../training/content/hashed-table.ts'
import { seeded } from '../../profile/observations.ts'

const [rows, units, width] = [40, 2, 6]

/** Adam on the whole table, as the paper has it: every row moves at every step. */
function denseTable(first: Float32Array) {
  const values = Float64Array.from(first)
  const means = new Float64Array(values.length)
  const squares = new Float64Array(values.length)
  let step = 0
  return {
    values,
    learn(ids: Int32Array, slopes: Float32Array, rate: number): void {
      step += 1
      const gradient = new Float64Array(values.length)
      for (const [index, id] of ids.entries())
        for (let unit = 0; unit < units; unit += 1)
          gradient[(id % rows) * units + unit] =
            (gradient[(id % rows) * units + unit] ?? 0) +
            (slopes[Math.floor(index / width) * units + unit] ?? 0) / Math.sqrt(width)
      const { beta1, beta2, epsilon } = adamStep
      for (const [at, slope] of gradient.entries()) {
        const mean = beta1 * (means[at] ?? 0) + (1 - beta1) * slope
        const square = beta2 * (squares[at] ?? 0) + (1 - beta2) * slope * slope
        means[at] = mean
        squares[at] = square
        const move = mean / (1 - beta1 ** step) / (Math.sqrt(square / (1 - beta2 ** step)) + epsilon)
        values[at] = (values[at] ?? 0) - rate * move
      }
    }
  }
}

test('a table whose rows are moved when they are next touched learns what one learns that is moved as a whole', () => {
  const random = seeded(4)
  const first = Float32Array.from({ length: rows * units }, () => random() - 0.5)
  const table = createHashedTable(first, units)
  const dense = denseTable(first)
  for (let step = 0; step < 120; step += 1) {
    // Some rows come often, others once in a hundred steps; ids beyond the last row come round
    const ids = Int32Array.from({ length: 2 * width }, () => Math.floor(2 * rows * random() ** 3))
    const slopes = Float32Array.from({ length: 2 * units }, () => random() - 0.4)
    const rate = 0.01 * (1 - step / 120)
    table.touch({ ids, lines: 2 }).learn(slopes, rate)
    dense.learn(ids, slopes, rate)
  }
  const learned = table.values()
  const apart = learned.map((value, at) => Math.abs(value - (dense.values[at] ?? 0)))
  const moved = learned.map((value, at) => Math.abs(value - (first[at] ?? 0)))
  assert.ok(Math.max(...moved) > 0.1, 'it learned something')
  assert.ok(Math.max(...apart) < 1e-3, `up to ${Math.max(...apart)} apart`)
})

test('a line is the sum of its rows over the root of their number, without what fills it up', () => {
  const table = createHashedTable(Float32Array.of(1, 2, 3, 4), 1)
  const ids = Int32Array.of(0, 1, 6, 2, -1, -1)
  assert.deepEqual([...table.touch({ ids, lines: 2 }).sum()], [Math.fround(6 / Math.sqrt(3)), 3])
})
