import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { logit } from '../../../service/verdict/log-odds.ts'
import { scoreOf } from '../../../service/verdict/budget/score-scale.ts'
import { thresholdsFor } from '../../../service/verdict/budget/thresholds.ts'
import { policy } from '../policy.ts'

const measured = [
  { budgetPer10k: 1, hold: 0.9, block: 0.99 },
  { budgetPer10k: 10, hold: 0.5, block: 0.9 },
  { budgetPer10k: 100, hold: 0.1, block: 0.5 }
]
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`)

test('a measured budget has its measured threshold', () => {
  const { suspicious, hold, block } = thresholdsFor(measured, policy)

  near(hold, 0.5)
  near(block, 0.99)
  near(suspicious, 0.1)
})

test('between two budgets the log-odds follow the logarithm of the budget', () => {
  const { hold } = thresholdsFor(measured, { ...policy, holdBudgetPer10k: Math.sqrt(10) })

  near(logit(hold), (logit(0.9) + logit(0.5)) / 2)
})

test('beyond the measured budgets the nearest threshold holds', () => {
  near(thresholdsFor(measured, { ...policy, holdBudgetPer10k: 0.01 }).hold, 0.9)
  near(thresholdsFor(measured, { ...policy, holdBudgetPer10k: 1000 }).hold, 0.1)
})

test('without measured thresholds even odds hold and near certainty blocks', () => {
  const { hold, block } = thresholdsFor([], policy)

  assert.deepEqual([hold, block], [0.5, 0.97])
})

const budgets = fc.double({ min: 0.001, max: 1000, noNaN: true })

test('suspicious ≤ hold ≤ block, whatever the budgets, and a larger budget never raises the hold threshold', () => {
  fc.assert(
    fc.property(budgets, budgets, budgets, (a, b, blockBudgetPer10k) => {
      const of = (holdBudgetPer10k: number) =>
        thresholdsFor(measured, { ...policy, holdBudgetPer10k, blockBudgetPer10k })
      const { suspicious, hold, block } = of(a)
      assert.ok(suspicious <= hold && hold <= block)
      if (b > a) assert.ok(of(b).hold <= hold + 1e-12)
    })
  )
})

const thresholds = { suspicious: 0.1, hold: 0.4, block: 0.9 }

test('the score is 0 at the prior, 6 at the hold threshold and 15 at the block threshold', () => {
  const scores = [0.001, 0.4, 0.9].map((risk) => scoreOf(logit(risk), thresholds, 0.001, 'allow'))

  assert.deepEqual(scores, [0, 6, 15])
})

test('a verdict raised by policy has at least the score of that verdict', () => {
  assert.equal(scoreOf(logit(0.001), thresholds, 0.001, 'hold'), 6)
  assert.equal(scoreOf(logit(0.001), thresholds, 0.001, 'block'), 15)
})

test('the score rises with the risk, also where both thresholds fall together', () => {
  const risks = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })
  fc.assert(
    fc.property(risks, risks, risks, risks, (a, b, one, other) => {
      const [hold, block] = one < other ? [one, other] : [other, one]
      const at = (risk: number) => scoreOf(logit(risk), { suspicious: 0, hold, block }, 0.001, 'allow')
      assert.ok(Number.isFinite(at(a)))
      if (a < b) assert.ok(at(a) <= at(b))
    })
  )
})
