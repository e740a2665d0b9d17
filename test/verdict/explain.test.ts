import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import {
  topReasons,
  wholeReasons,
  type GroupContribution
} from '../../service/verdict/reasons/explain-reasons.ts'
import { explain, planExplanation } from '../../service/verdict/explain.ts'
import { fuseRisk } from '../../service/verdict/fuse-risk.ts'
import type { Evidence } from '../../service/verdict/verdict.ts'
import { planShapley, shapleyValues } from '../../service/verdict/shapley.ts'

/** A risk like ours: two models, each with an interaction, fused by noisy-or. */
function riskOf(weights: readonly number[]): (present: number) => number {
  const half = weights.length >> 1
  const sum = (present: number, from: number, to: number): number => {
    let total = -6.9
    for (let group = from; group < to; group += 1)
      if ((present & (1 << group)) !== 0) total += weights[group] ?? 0
    const together = (present & (1 << from)) !== 0 && (present & (1 << (to - 1))) !== 0
    return total + (together ? 1.5 : 0)
  }
  return (present) => fuseRisk(sum(present, 0, half), sum(present, half, weights.length))
}

function exactShapley(players: number, value: (coalition: number) => number): readonly number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return Array.from({ length: players }, (_, player) => {
    let sum = 0
    for (let coalition = 0; coalition < 2 ** players; coalition += 1) {
      if ((coalition & (1 << player)) !== 0) continue
      const size = coalition.toString(2).replaceAll('0', '').length
      const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players)
      sum += weight * (value(coalition | (1 << player)) - value(coalition))
    }
    return sum
  })
}

const weightLists = fc.array(fc.double({ min: -3, max: 5, noNaN: true }), { minLength: 16, maxLength: 16 })

test('the reasons of a verdict sum to the logit of its risk', () => {
  fc.assert(
    fc.property(weightLists, (weights) => {
      const value = riskOf(weights)
      const { base, contributions } = explain(planExplanation(weights.length), value)
      const groups = contributions.map((contribution, index) => ({ group: `g${index}`, contribution }))

      const total = wholeReasons(base, groups, () => ({})).reduce(
        (sum, reason) => sum + reason.contribution,
        0
      )

      assert.ok(Math.abs(total - value(2 ** 16 - 1)) <= 1e-3)
    }),
    { numRuns: 50 }
  )
})

test('sampled contributions are close to the exact Shapley values', () => {
  const weights = [3, -1, 0.5, 2, 0, 1, -0.5, 0.2, 0, 1, 2, -1, 0.3, 0.1]
  const value = riskOf(weights)

  const sampled = explain(planExplanation(weights.length), value).contributions
  const exact = exactShapley(weights.length, value)

  const furthest = Math.max(...exact.map((one, index) => Math.abs(one - (sampled[index] ?? 0))))
  assert.ok(furthest < 0.35, `off by ${furthest}`)
})

test('a group that changes nothing contributes nothing', () => {
  const plan = planShapley(5, 3, 1)

  const values = shapleyValues(plan, (coalition) => ((coalition & 1) === 0 ? 0 : 2))

  assert.deepEqual(values, [2, 0, 0, 0, 0])
})

test('equal seeds plan equal coalitions, the empty and the full one among them', () => {
  const plan = planShapley(9, 4, 7)

  assert.deepEqual(plan, planShapley(9, 4, 7))
  assert.ok(plan.coalitions.includes(0) && plan.coalitions.includes(511))
})

const groups: readonly GroupContribution[] = [
  { group: 'client', contribution: 1.84 },
  { group: 'recipients', contribution: 0.7 },
  { group: 'style', contribution: -0.4 },
  { group: 'time', contribution: 0.01 }
]
const facts: Readonly<Record<string, Evidence>> = {
  client: { networkKnown: false, clientKnown: true },
  recipients: { recipients: 3, newRecipients: 3 },
  style: { similarityPercent: 92 }
}
const evidenceOf = (group: string): Evidence => facts[group] ?? {}

test('reasons name what is new, fill in the facts, and sum up what is small', () => {
  const reasons = wholeReasons(-6.9, groups, evidenceOf)

  assert.deepEqual(
    reasons.map(({ code, message, contribution }) => [code, message, contribution]),
    [
      ['CLIENT_NETWORK_NEW', 'Sent from a network this sender has not used before', 1.84],
      ['RECIPIENTS_NEW', '3 of 3 recipients never written to', 0.7],
      ['STYLE_KNOWN', 'Written as this sender writes: similarity 92 %', -0.4],
      ['OTHER_SIGNALS', 'Smaller signals together (1)', 0.01],
      ['BASELINE', 'Where every message starts, before anything in it speaks', -6.9]
    ]
  )
})

test('an allow says only what is loud', () => {
  assert.deepEqual(
    topReasons(groups, evidenceOf).map(({ code }) => code),
    ['CLIENT_NETWORK_NEW', 'RECIPIENTS_NEW', 'STYLE_KNOWN']
  )
})
