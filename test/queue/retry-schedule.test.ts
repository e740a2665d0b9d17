import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRetrySchedule, looksGreylisted } from '../../service/queue/retry-schedule.ts'

const minute = 60_000
const options = { firstDelayMs: 5 * minute, maxDelayMs: 60 * minute, maxAgeMs: 24 * 60 * minute }
const nextRetry = createRetrySchedule({ ...options, random: () => 0 })

test('the delay doubles until the ceiling', () => {
  const delays = [1, 2, 3, 4, 5, 6, 1_000].map((attempts) => nextRetry(attempts, 0))
  assert.deepEqual(
    delays.map((one) => one.kind === 'retry' && one.delayMs / minute),
    [5, 10, 20, 40, 60, 60, 60]
  )
})

test('chance adds at most a tenth, so that retries spread out', () => {
  const late = createRetrySchedule({ ...options, random: () => 0.999_999 })
  assert.deepEqual(late(1, 0), { kind: 'retry', delayMs: 330_000 })
})

test('the last try is made at the maximum age, and after it the message expires', () => {
  assert.deepEqual(nextRetry(9, 23.5 * 60 * minute), { kind: 'retry', delayMs: 30 * minute })
  assert.deepEqual(nextRetry(9, 24 * 60 * minute), { kind: 'expire' })
})

test('a host that greylists is asked again early, once', () => {
  const next = createRetrySchedule({ ...options, random: () => 0 })
  const greylisted = { isGreylisted: true }
  assert.deepEqual(next(1, 0, greylisted), { kind: 'retry', delayMs: 65_000 })
  assert.deepEqual(next(2, 0, greylisted), { kind: 'retry', delayMs: 600_000 })
  assert.deepEqual(
    [
      ['450 4.2.0 <x>: Greylisted, see http://postgrey.example', '4.2.0'],
      ['451 4.7.1 Try again later', '4.7.1'],
      ['450 4.2.1 mailbox disabled', '4.2.1'],
      ['421 4.7.0 too many connections', '4.7.0']
    ].map(([reply = '', status = '']) => looksGreylisted(reply, status)),
    [true, true, false, false]
  )
})

test('a full mailbox is given more time than a busy host', () => {
  const next = createRetrySchedule({ ...options, random: () => 0 })
  assert.deepEqual(next(1, 0, { kind: 'mailbox-full' }), { kind: 'retry', delayMs: 1_200_000 })
  assert.deepEqual(next(1, 0, { kind: 'temporary-network' }), { kind: 'retry', delayMs: 300_000 })
})
