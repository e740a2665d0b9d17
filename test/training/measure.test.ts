import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { fitPlatt } from '../../training/fit-calibration.ts'
import { balancedCalibrationError, balancedLogLoss } from '../../training/measure/calibration-error.ts'
import { bootstrapShare, poissonInterval } from '../../training/measure/intervals.ts'
import { areaUnderCurve, averagePrecision, shareAbove, thresholdAt } from '../../training/measure/ranking.ts'
import { quantise } from '../../training/quantise.ts'
import { thresholdsByBudget } from '../../training/thresholds.ts'

const scored = (honest: readonly number[], bad: readonly number[]) => [
  ...honest.map((score) => ({ score, isBad: false })),
  ...bad.map((score) => ({ score, isBad: true }))
]

test('the area under the curve counts ordered pairs, and ties half', () => {
  assert.equal(areaUnderCurve(scored([1, 2, 3], [2, 4])), (1.5 + 3) / 6)
  assert.equal(averagePrecision(scored([1], [2, 3])), 1)
})

test('at most the allowed share of honest mail is above the threshold', () => {
  const honest = Array.from({ length: 1000 }, (_, index) => index)
  assert.equal(honest.filter((score) => score > thresholdAt(honest, 0.01)).length, 10)
  assert.equal(shareAbove([5, 6, 7, 8], 6), 0.5)
})

test('Poisson intervals are close to the exact ones', () => {
  assert.equal(poissonInterval(0).low, 0)
  assert.ok(Math.abs(poissonInterval(0).high - 3.69) < 0.15)
  assert.ok(
    Math.abs(poissonInterval(10).low - 4.8) < 0.05 && Math.abs(poissonInterval(10).high - 18.39) < 0.05
  )
})

test('the bootstrap draws whole groups', () => {
  const { low, high } = bootstrapShare(
    [
      { hits: 10, trials: 10 },
      { hits: 0, trials: 10 }
    ],
    createRandom(1)
  )
  assert.deepEqual([low, high], [0, 1])
})

test('Platt scaling finds the slope and intercept that made the labels, also from far away', () => {
  const random = createRandom(4)
  const made = Array.from({ length: 20_000 }, () => {
    const score = 40 * (random() - 0.5)
    return { score, isBad: random() < 1 / (1 + Math.exp(-(0.4 * score))) }
  })
  const { slope, intercept } = fitPlatt(made)
  assert.ok(Math.abs(slope - 0.4) < 0.03 && Math.abs(intercept) < 0.15, `${slope} ${intercept}`)
  const calibrated = made.map(({ score, isBad }) => ({ score: slope * score + intercept, isBad }))
  assert.ok(balancedCalibrationError(calibrated) < 0.02)
  assert.ok(balancedLogLoss(calibrated) < 0.3)
})

test('separable scores keep a finite slope', () => {
  assert.ok(fitPlatt(scored([-30, -20], [20, 30])).slope < 20)
})

test('eight-bit weights keep zero and stay within half a step', () => {
  const values = Float32Array.of(0, -1.3, 2.5, 0.01)
  const { bytes, scaling } = quantise(values)
  const back = Array.from(bytes, (byte) => byte * scaling.scale + scaling.min)
  assert.equal(back[0], 0)
  for (const [index, value] of values.entries())
    assert.ok(Math.abs(value - (back[index] ?? 9)) <= scaling.scale)
})

test('thresholds fall as the budget grows, and never block what is not certain', () => {
  const logits = Array.from({ length: 20_000 }, (_, index) => -12 + index / 5_000)
  const table = thresholdsByBudget({ risk: logits, spam: logits })
  assert.deepEqual(
    table.map(({ budgetPer10k }) => budgetPer10k),
    [1, 2, 5, 10, 20, 50, 100]
  )
  assert.ok(table.every(({ hold }, index) => index === 0 || hold <= (table[index - 1]?.hold ?? 1)))
  assert.ok(table.every(({ block }) => block >= 0.9))
})
