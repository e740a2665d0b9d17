import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { createCalibration } from '../../../training/drift/calibration.ts'
import { createHoldRate } from '../../../training/drift/hold-rate.ts'
import { weekMs } from '../../../training/drift/week.ts'
import { wilsonInterval } from '../../../training/measure/wilson-interval.ts'
import { firstWeek, normal } from './seeded-history.ts'

const prior = 0.001
const bad = { isBad: true, basis: 'feedback/operator' }
const honest = { isBad: false, basis: 'hold/released' }
const logitOf = (risk: number): number => Math.log(risk / (1 - risk))

test('Wilson’s interval is that of the tables, and stays between 0 and 1', () => {
  const { low, high } = wilsonInterval(1, 10) ?? assert.fail()
  assert.deepEqual([low.toFixed(4), high.toFixed(4)], ['0.0179', '0.4042'])
  assert.equal(wilsonInterval(0, 0), null)
  assert.equal(wilsonInterval(5, 5)?.high, 1)
})

test('each message counts in the bin of its risk, as bad, honest, or unspoken of', () => {
  const calibration = createCalibration(prior)
  calibration.add(logitOf(0.2), bad)
  calibration.add(logitOf(0.2), honest)
  calibration.add(logitOf(0.2), null)
  calibration.add(logitOf(0.00005), { isBad: false, basis: 'unlabelled' })
  const { bins, messages, spoken, balanced } = calibration.end()
  const filled = bins.filter((bin) => bin.messages > 0)
  assert.deepEqual([messages, spoken, balanced], [4, 2, null])
  assert.partialDeepStrictEqual(filled, [
    { from: 0, to: 0.0001, messages: 1, unspoken: 1, ofSpoken: null },
    { from: 0.1, to: 0.3, messages: 3, bad: 1, honest: 1, unspoken: 1 }
  ])
  assert.ok(Math.abs((filled[1]?.said ?? 0) - 0.6) < 1e-9)
})

test('only too low can be proven: known bad mail is the least there is', () => {
  const low = createCalibration(prior)
  const high = createCalibration(prior)
  for (let index = 0; index < 30; index += 1) {
    low.add(logitOf(0.01), bad)
    high.add(logitOf(0.99), index < 20 ? bad : null)
  }
  assert.equal(low.end().state, 'too-low')
  assert.equal(high.end().state, 'plausible')
  const few = createCalibration(prior)
  few.add(logitOf(0.5), bad)
  assert.equal(few.end().state, 'few')
})

test('with both classes even a calibrated score has a small error, and a shifted one a large one', () => {
  const [sound, shifted] = [createCalibration(prior), createCalibration(prior)]
  const random = createRandom(3)
  for (let index = 0; index < 4_000; index += 1) {
    const isBad = index % 2 === 0
    // Normal with means ±1 and variance 1: the log-odds at even classes is 2x
    const logit = 2 * ((isBad ? 1 : -1) + normal(random)) + logitOf(prior)
    sound.add(logit, isBad ? bad : honest)
    shifted.add(logit + 2, isBad ? bad : honest)
  }
  const [one, other] = [sound.end().balanced, shifted.end().balanced]
  assert.ok((one?.error ?? 1) < 0.03 && (one?.logLoss ?? 1) < 0.4, JSON.stringify(one))
  assert.ok((other?.error ?? 0) > 0.15, JSON.stringify(other))
})

test('holds are set against the budget week by week: for their risk only, and without what was bad', () => {
  const holds = createHoldRate(10)
  const message = { received_at: firstWeek, risk_logit: -8, hold_threshold: 0.1, judged: 'allow' }
  for (let index = 0; index < 5_000; index += 1) holds.add(message, null)
  const held = { ...message, judged: 'hold', risk_logit: 0 }
  for (let index = 0; index < 12; index += 1) holds.add(held, index < 2 ? honest : null)
  holds.add(held, bad)
  // Held for a limit
  holds.add({ ...message, judged: 'hold' }, null)
  holds.add({ ...message, received_at: firstWeek + weekMs }, null)
  holds.add({ ...message, risk_logit: null }, null)
  const [first, second] = holds.end()
  assert.partialDeepStrictEqual(first, { messages: 5_013, held: 12, unspoken: 10, state: 'over' })
  assert.ok((first?.range?.low ?? 0) > 10 && (first?.range?.high ?? 0) < 50)
  assert.partialDeepStrictEqual(second, { week: firstWeek + weekMs, messages: 1, held: 0, state: 'few' })
})

test('so many without a hold are under budget', () => {
  const holds = createHoldRate(10)
  for (let index = 0; index < 10_000; index += 1)
    holds.add({ received_at: firstWeek, risk_logit: -8, hold_threshold: 0.1, judged: 'allow' }, null)
  assert.equal(holds.end()[0]?.state, 'under')
})
