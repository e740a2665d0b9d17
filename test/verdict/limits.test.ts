import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import {
  brokenLimits,
  limitInForce,
  limitNames,
  remainingToday,
  type Limits,
  type Usage
} from '../../service/verdict/limits.ts'
import { personalLimit, type PastDays } from '../../service/verdict/personal-limit.ts'
import { toReason } from '../../service/verdict/reasons/reason.ts'

const rule = { minDays: 20, quantile: 0.97, headroom: 5, minShare: 0.25 }
const limits: Limits = {
  messagesPerMinute: 30,
  messagesPerHour: 100,
  messagesPerDay: 200,
  recipientsPerHour: 300,
  recipientsPerDay: 1_000,
  newRecipientsPerHour: 50,
  newRecipientsPerDay: 200
}
const nothing: Usage = {
  messagesLastHour: 0,
  messagesLastDay: 0,
  recipientsLastHour: 0,
  recipientsLastDay: 0,
  newRecipientsLastDay: 0
}
const one = { recipients: 1, newRecipients: 1 }

/** So many days with as many messages, each to one person, all within an hour. */
function past(...messages: readonly number[]): PastDays {
  const none = messages.map(() => 0)
  return {
    day: messages.map((_, index) => index),
    messages,
    recipients: messages,
    newRecipients: none,
    messagesInHour: messages,
    recipientsInHour: messages,
    newRecipientsInHour: none
  }
}

const days = (count: number, each: number): readonly number[] => Array.from({ length: count }, () => each)

for (const [name, most, code] of [
  ['messagesLastMinute', 30, 'LIMIT_MESSAGES_PER_MINUTE'],
  ['messagesLastHour', 100, 'LIMIT_MESSAGES_PER_HOUR'],
  ['messagesLastDay', 200, 'LIMIT_MESSAGES_PER_DAY'],
  ['recipientsLastHour', 300, 'LIMIT_RECIPIENTS_PER_HOUR'],
  ['recipientsLastDay', 1_000, 'LIMIT_RECIPIENTS_PER_DAY'],
  ['newRecipientsLastHour', 50, 'LIMIT_NEW_RECIPIENTS_PER_HOUR'],
  ['newRecipientsLastDay', 200, 'LIMIT_NEW_RECIPIENTS_PER_DAY']
] as const) {
  test(`one more is too many, and one less is not: ${code}`, () => {
    const broken = brokenLimits(limits, { ...nothing, [name]: most }, one)
    assert.deepEqual(
      broken.map((limit) => limit.code),
      [code]
    )
    assert.deepEqual(brokenLimits(limits, { ...nothing, [name]: most - 1 }, one), [])
  })
}

test('what is not limited bounds nothing, and what costs nothing breaks nothing', () => {
  const used = { ...nothing, recipientsLastMinute: 1e9, newRecipientsLastMinute: 1e9, messagesLastDay: 500 }
  assert.deepEqual(brokenLimits(limits, used, { messages: 0, recipients: 1, newRecipients: 0 }), [])
  assert.equal(limitInForce('recipientsPerMinute', limits, used), null)
})

test('a sender who has usually at most 12 a day is limited to 60, and told so', () => {
  const usage = { ...nothing, messagesLastDay: 60, past: past(...days(29, 12), 400) }
  const [broken = assert.fail()] = brokenLimits({ ...limits, personal: rule }, usage, one)
  assert.equal(broken.code, 'LIMIT_PERSONAL_MESSAGES_PER_DAY')
  assert.deepEqual(broken.evidence, { used: 60, adds: 1, limit: 60, usual: 12 })
  assert.equal(
    toReason(broken.code, 0, { ...broken.evidence, recoversAt: '2026-11-22T09:05:00Z' }).message,
    'This sender has usually at most 12 messages a day; 60 in the last 24 hours and 1 more are above its limit of 60; there is room again at 2026-11-22T09:05:00Z'
  )
  assert.equal(remainingToday({ ...limits, personal: rule }, { ...usage, messagesLastDay: 20 }, 1), 39)
})

for (const [name, given, expected] of [
  ['with too few days nothing is usual', past(...days(19, 1)), 200],
  ['a quiet sender may use a share of the limit', past(...days(40, 1)), 50],
  ['a busy one is bounded by the configured limit', past(...days(40, 150)), 200],
  ['one day of an earlier takeover is not usual', past(...days(39, 15), 10_000), 75],
  ['what happens every month is', past(...days(57, 2), 35, 35, 35), 175]
] as const) {
  test(name, () => {
    const usage = { ...nothing, past: given }
    assert.equal(limitInForce('messagesPerDay', { ...limits, personal: rule }, usage)?.limit, expected)
  })
}

test('no habit lowers what an operator has set, or tells of a minute', () => {
  const personal: Limits = { ...limits, personal: rule, own: ['messagesPerDay'], messagesPerDay: 5_000 }
  const usage = { ...nothing, past: past(...days(40, 1)) }
  assert.deepEqual(limitInForce('messagesPerDay', personal, usage), { limit: 5_000, usual: null })
  assert.deepEqual(limitInForce('messagesPerMinute', personal, usage), { limit: 30, usual: null })
  assert.deepEqual(limitInForce('messagesPerHour', personal, usage), { limit: 25, usual: 1 })
})

test('a personal limit never lies above the configured one, nor below its share of it', () => {
  const numbers = fc.array(fc.nat(5_000), { minLength: 20, maxLength: 60 })
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 5_000 }), (messages, ceiling) => {
      const found = personalLimit(past(...messages), 'messages', ceiling, rule) ?? assert.fail()
      assert.ok(found.limit <= ceiling && found.limit >= rule.minShare * ceiling)
      assert.ok(messages.includes(found.usual))
    })
  )
})

test('with or without habits, what fits under the limit in force is not broken, and one more is', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 60 }), fc.nat(300), (messages, used) => {
      const usage = { ...nothing, messagesLastDay: used, past: past(...messages) }
      const personal = { ...limits, messagesPerHour: 1e9, personal: rule }
      const broken = brokenLimits(personal, usage, { recipients: 0, newRecipients: 0 })
      const { limit } = limitInForce('messagesPerDay', personal, usage) ?? assert.fail()
      assert.equal(broken.length > 0, used + 1 > limit)
    })
  )
  assert.equal(limitNames.length, 9)
})
