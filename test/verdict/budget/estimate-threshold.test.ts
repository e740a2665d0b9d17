import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreTailOf } from '../../../service/verdict/budget/estimate-threshold.ts'
import { honestTailOf } from '../../../service/verdict/budget/honest-tail.ts'
import { weighSenders } from '../../../service/verdict/budget/weigh-senders.ts'
import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { columns, honestMail, measured, take, thresholdAt, type Sent, type Traffic } from '../scores.ts'

const tail = honestTailOf(measured)
const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected} ± ${within}`)

test('the manifest’s thresholds are one curve, read either way and on beyond both ends', () => {
  for (const share of [1e-6, 1e-4, 3e-4, 1e-3, 0.01, 0.2]) {
    near(tail.thresholdAt(share), thresholdAt(share), 1e-6)
    near(tail.shareAbove(thresholdAt(share)) / share, 1, 1e-6)
  }
})

test('a manifest with one budget, none, or the same threshold twice still has a threshold for every share', () => {
  const one = { budgetPer10k: 1, hold: 0.2, block: 0.9 }
  for (const points of [[], [one], [one, { ...one, budgetPer10k: 10 }]]) {
    const curve = honestTailOf(points)
    const [few, many] = [curve.thresholdAt(1e-4), curve.thresholdAt(1e-2)]
    assert.ok(Number.isFinite(few) && Number.isFinite(many) && few > many)
    near(curve.shareAbove(many) / 1e-2, 1, 1e-6)
  }
})

test('no sender weighs more than its share, all others as they are', () => {
  const scores = [
    ...Array<number>(5_000).fill(1),
    ...Array.from({ length: 5_000 }, (_, at) => 2 + (at % 999))
  ]
  const weights = weighSenders(scores, 0.005)

  near(weights.weightOf(1) * 5_000, 0.005, 1e-9)
  near(weights.weightOf(2) / weights.weightOf(500), 1, 1e-9)
  near(
    scores.reduce((sum, sender) => sum + weights.weightOf(sender), 0),
    1,
    1e-9
  )
})

test('where there are too few senders for the share, all weigh the same', () => {
  const weights = weighSenders([1, 1, 1, 1, 1, 1, 2, 2, 3], 0.1)

  near(weights.weightOf(1) * 6, 1 / 3, 1e-9)
  near(weights.weightOf(3), 1 / 3, 1e-9)
})

interface Case {
  readonly traffic: Omit<Traffic, 'random'>
  readonly length: number
  readonly share: number
  readonly maxSenderShare: number
}

/**
 * Estimates thresholds from many windows of one traffic: how many budgets of that traffic then lie above them in the mean, and the root
 * mean square of the logarithm.
 */
function measure({ traffic, length, share }: Case, estimate: (window: readonly Sent[]) => number) {
  const endless = take(honestMail({ ...traffic, random: createRandom(1) }), 60_000)
  const truth = Float64Array.from(endless, ({ logit }) => logit).toSorted()
  const budgets = Array.from({ length: 20 }, (_, run) => {
    const at = estimate(take(honestMail({ ...traffic, random: createRandom(100 + run) }), length))
    return (truth.length - lowerBound(truth, at) + 0.5) / truth.length / share
  })
  const mean = budgets.reduce((sum, one) => sum + one, 0) / budgets.length
  const error = Math.sqrt(budgets.reduce((sum, one) => sum + Math.log(one) ** 2, 0) / budgets.length)
  return { mean, error }
}

function lowerBound(sorted: Float64Array, at: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

function orderStatistic(window: readonly Sent[], share: number): number {
  const ascending = Float64Array.from(window, ({ logit }) => logit).toSorted()
  return ascending.at(-Math.max(1, Math.round(share * (window.length + 1)))) ?? 0
}

const tenth = 0.001
const many = { length: 5_000, share: tenth, maxSenderShare: 0.005 }
const few = { length: 500, maxSenderShare: 0.1 }
const cases: readonly (readonly [string, Case, readonly [number, number]])[] = [
  ['20,000 scores like the manifest’s', { ...many, traffic: { senders: 500 }, length: 20_000 }, [0.8, 1.3]],
  ['5,000 scores like the manifest’s', { ...many, traffic: { senders: 250 } }, [0.7, 1.5]],
  ['5,000 scores one log-odds higher', { ...many, traffic: { senders: 250, shift: 1 } }, [0.8, 1.8]],
  ['5,000 scores one log-odds lower', { ...many, traffic: { senders: 250, shift: -1 } }, [0.5, 1.3]],
  ['5,000 scores with a longer tail', { ...many, traffic: { senders: 250, stretch: 1.4 } }, [0.7, 1.8]],
  [
    '500 scores one log-odds higher, 1 %',
    { ...few, traffic: { senders: 20, shift: 1 }, share: 0.01 },
    [0.7, 2]
  ],
  ['500 scores, 0.1 %', { ...few, traffic: { senders: 20 }, share: tenth }, [0.5, 2]]
]

for (const [name, one, [least, most]] of cases) {
  test(`${name}: the estimate is near the budget in the mean, and errs hardly more than an order statistic, or less`, () => {
    const { share, maxSenderShare } = one
    const options = { maxSenderShare, from: -20 }
    const own = measure(one, (window) => scoreTailOf(columns(window), tail, options).thresholdAt(share))
    const plain = measure(one, (window) => orderStatistic(window, share))

    assert.ok(own.mean >= least && own.mean <= most, `${own.mean.toFixed(2)} budgets are held`)
    assert.ok(
      own.error <= plain.error * 1.2,
      `${own.error.toFixed(2)} is worse than ${plain.error.toFixed(2)}`
    )
  })
}
