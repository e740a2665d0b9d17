import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isOverBudget,
  movedThresholds,
  moveThresholds,
  type BudgetState,
  type BudgetWindowOptions
} from '../../../service/verdict/budget/budget-window.ts'
import { honestTailOf } from '../../../service/verdict/budget/honest-tail.ts'
import { thresholdsFor, type Thresholds } from '../../../service/verdict/budget/thresholds.ts'
import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { policy } from '../policy.ts'
import { columns, honestMail, measured, take, thresholdAt, type Sent } from '../scores.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 22)
const manifest = thresholdsFor(measured, policy)
const manifestHold = thresholdAt(0.001)
const options: BudgetWindowOptions = {
  minMessages: 5_000,
  minSenders: 200,
  maxSenderShare: 0.005,
  maxRisePerDayLogit: 0.5
}

/** The state after windows were looked at, one after the other. */
function follow(
  windows: readonly (readonly [at: number, sent: readonly Sent[]])[],
  more: Partial<BudgetWindowOptions> = {}
) {
  const move = {
    ...options,
    ...more,
    manifest,
    tail: honestTailOf(measured),
    budgetPer10k: policy.holdBudgetPer10k
  }
  let state: BudgetState | undefined
  for (const [at, sent] of windows)
    state = moveThresholds({ scores: columns(sent), counted: sent.length, at }, move, state)
  return state ?? assert.fail('nothing was looked at')
}

const honest = (shift = 0, length = 6_000, senders = 250): readonly Sent[] =>
  take(honestMail({ senders, random: createRandom(3), shift }), length)
const flood = (senders: number, length: number, logit: number): readonly Sent[] =>
  Array.from({ length }, (_, at) => ({ sender: 10_000 + (at % senders), logit: logit + (at % 97) / 10_000 }))
const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected} ± ${within}`)

for (const [name, sent] of [
  ['4,999 messages of 250 senders', honest(2, 4_999)],
  ['6,000 messages of 199 senders', honest(2, 6_000, 199)]
] as const) {
  test(`with ${name} the manifest’s thresholds hold`, () => {
    assert.equal(movedThresholds(manifest, follow([[start, sent]])), manifest)
  })
}

const bound = Math.max(thresholdAt(0.0001), manifestHold + 2)

test('a threshold rises by half a log-odds above what it was a day before, however often it is computed', () => {
  const higher = honest(1.5)
  const daily = (until: number, stepMs: number) =>
    follow(Array.from({ length: until / stepMs }, (_, step) => [start + step * stepMs, higher]))

  near(daily(day, hour).hold.value, manifestHold + 0.5, 1e-9)
  near(daily(day, hour / 4).hold.value, manifestHold + 0.5, 1e-9)
  near(daily(2 * day, hour).hold.value, manifestHold + 1, 1e-9)
})

test('after a rest of three days a rise is still half a log-odds', () => {
  const higher = honest(1.5)

  near(
    follow([
      [start, higher],
      [start + 4 * day, higher]
    ]).hold.value,
    manifestHold + 1,
    1e-9
  )
})

test('a threshold never rises past that of a tenth of its budget, or by two log-odds; beyond it the budget is exceeded, and that is known', () => {
  const far = Array.from({ length: 30 }, (_, days) => [start + days * day, honest(4)] as const)
  const state = follow(far)

  near(state.hold.value, bound, 1e-9)
  assert.ok(isOverBudget(state))
  assert.ok(!isOverBudget(follow([[start, honest()]])))
})

test('a threshold falls at once, but not below that of ten budgets', () => {
  const { hold } = follow([[start, honest(-1)]])
  assert.ok(hold.value < manifestHold - 0.5, `fell to ${hold.value}`)

  near(follow([[start, honest(-6)]]).hold.value, thresholdAt(0.01), 1e-9)
})

test('what fell by mistake comes back to the value of the day before at once', () => {
  const dip = follow([
    [start, honest()],
    [start + 30 * hour, honest(-3)],
    [start + 31 * hour, honest()]
  ])

  near(dip.hold.value, follow([[start, honest()]]).hold.value, 1e-9)
})

test('one hijacked sender with hundreds of messages above the threshold does not move it', () => {
  const before = follow([[start, honest()]]).hold.wanted
  const after = follow([[start, [...honest(), ...flood(1, 500, manifestHold + 2)]]]).hold.wanted

  near(after, before, 0.25)
})

test('thousands of messages of a few senders just below the threshold do not open the gate', () => {
  const before = follow([[start, honest()]]).hold.wanted
  const after = follow([[start, [...honest(), ...flood(4, 8_000, before - 0.05)]]]).hold.wanted

  assert.ok(after <= before + 0.1, `from ${before} to ${after}`)
})

test('twenty hijacked senders that climb with the threshold gain half a log-odds a day and stop at the bound', () => {
  let state = follow([[start, honest()]])
  const move = { ...options, manifest, tail: honestTailOf(measured), budgetPer10k: 10 }
  const values = [state.hold.value]
  for (let days = 1; days <= 10; days += 1) {
    const sent = [...honest(), ...flood(20, 2_000, state.hold.value + 0.3)]
    state = moveThresholds({ scores: columns(sent), counted: 1, at: start + days * day }, move, state)
    values.push(state.hold.value)
  }

  for (const [days, value] of values.entries())
    assert.ok(value <= (values[days - 1] ?? Infinity) + 0.5 + 1e-9)
  assert.ok((values.at(-1) ?? 0) <= bound + 1e-9)
})

test('a newsletter flood of three senders does not close the gate', () => {
  const before = follow([[start, honest()]]).hold.wanted
  const after = follow([[start, [...honest(), ...flood(3, 30_000, -12)]]]).hold.wanted

  near(after, before, 0.25)
})

test('another budget begins anew from the manifest', () => {
  const move = { ...options, manifest, tail: honestTailOf(measured) }
  const before = follow(Array.from({ length: 5 }, (_, days) => [start + days * day, honest(2)]))
  const scores = columns(honest(2))
  const state = moveThresholds(
    { scores, counted: 6_000, at: start + 6 * day },
    { ...move, budgetPer10k: 20 },
    before
  )

  near(state.hold.value, manifestHold + 0.5, 1e-9)
})

/** Ten days of mail, before a model whose block threshold is 0.2. */
function tenDays(shift: number): Thresholds {
  const days = Array.from({ length: 10 }, (_, at) => [start + at * day, honest(shift)] as const)
  return movedThresholds({ ...manifest, block: 0.2 }, follow(days))
}

test('suspicious follows ten budgets, and block moves only where hold would lie above it', () => {
  const [usual, high] = [tenDays(0), tenDays(4)]

  assert.ok(usual.suspicious < usual.hold && usual.block === 0.2)
  assert.ok(high.hold > 0.2 && high.block === high.hold)
})
