import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreForest } from '../../../service/models/forest/forest.ts'
import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { areaUnderCurve } from '../../../training/measure/ranking.ts'
import { fitTrees } from '../../../training/trees/fit-trees.ts'

const random = createRandom(11)
const draw = (count: number, columns: number): Float32Array[] =>
  Array.from({ length: count }, () => Float32Array.from({ length: columns }, () => random()))
const isOdd = (row: Float32Array): number => Number((row[0] ?? 0) > 0.5 !== (row[1] ?? 0) > 0.3)

/** Logistic regression by gradient descent: the best that a plane can do. */
function linearScores(rows: readonly Float32Array[], labels: readonly number[]): number[] {
  const weights = new Float64Array((rows[0]?.length ?? 0) + 1)
  const logit = (row: Float32Array): number =>
    row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), weights.at(-1) ?? 0)
  for (let round = 0; round < 200; round += 1) {
    const gradient = new Float64Array(weights.length)
    for (const [index, row] of rows.entries()) {
      const error = 1 / (1 + Math.exp(-logit(row))) - (labels[index] ?? 0)
      for (const [at, value] of [...row, 1].entries()) gradient[at] = (gradient[at] ?? 0) + error * value
    }
    for (const [at, slope] of gradient.entries()) weights[at] = (weights[at] ?? 0) - slope / rows.length
  }
  return rows.map(logit)
}

test('trees learn an exclusive or, which no plane can separate', () => {
  const train = draw(1_500, 4)
  const unseen = draw(500, 4)
  const forest = fitTrees(train, train.map(isOdd), { trees: 40, depth: 3, shrinkage: 0.3 })
  const byTrees = unseen.map((row) => ({ score: scoreForest(forest, row), isBad: isOdd(row) === 1 }))
  const labels = unseen.map(isOdd)
  const byPlane = linearScores(unseen, labels).map((score, at) => ({ score, isBad: labels[at] === 1 }))
  assert.ok(areaUnderCurve(byTrees) > 0.97, `trees reach ${areaUnderCurve(byTrees)}`)
  assert.ok(areaUnderCurve(byPlane) < 0.75, `a plane reaches ${areaUnderCurve(byPlane)}`)
})

test('the same rows, options and seed give the same forest, and another seed another one', () => {
  const rows = draw(300, 5)
  const labels = rows.map(isOdd)
  const fit = (seed: number) => fitTrees(rows, labels, { trees: 5, seed, rowShare: 0.5 })
  assert.deepEqual(fit(3), fit(3))
  assert.notDeepEqual(fit(3), fit(4))
})

test('constant columns, infinite values and values that are no numbers neither break a fit nor a score', () => {
  const rows = draw(200, 4).map((row, at) => Float32Array.of(row[0] ?? 0, 7, at % 3 === 0 ? NaN : Infinity, row[1] ?? 0)) // prettier-ignore
  const labels = rows.map((row) => Number((row[0] ?? 0) > 0.5))
  const forest = fitTrees(rows, labels, { trees: 10 })
  assert.ok(rows.every((row) => Number.isFinite(scoreForest(forest, row))))
  assert.equal(forest.gain[1], 0)
  assert.ok(Number.isFinite(scoreForest(forest, Float32Array.of(NaN, -Infinity, NaN, 3))))
})

test('rows all of one label give a forest that says so, and rows without columns are refused', () => {
  const rows = draw(50, 2)
  const forest = fitTrees(rows, rows.map(() => 1), { trees: 3 }) // prettier-ignore
  assert.ok(scoreForest(forest, Float32Array.of(0.5, 0.5)) > 5)
  assert.throws(() => fitTrees([new Float32Array()], [1]), RangeError)
  assert.throws(() => fitTrees(rows, [1]), RangeError)
})

test('weights count rows as often as they say', () => {
  const rows = [...draw(100, 1), ...draw(100, 1)]
  const labels = rows.map((_, at) => Number(at < 100))
  const weights = Float32Array.from(rows, (_, at) => (at < 100 ? 9 : 1))
  const forest = fitTrees(rows, labels, { trees: 1, depth: 1, weights })
  assert.ok(Math.abs(forest.base - Math.log(9)) < 1e-3)
})
