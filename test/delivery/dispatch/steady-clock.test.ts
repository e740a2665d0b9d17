import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSteadyClock } from '../../../service/delivery/dispatch/steady-clock.ts'

const hour = 3_600_000

test('set back by an hour, it goes on by the time that passes; set forward, it follows', () => {
  const time = { wall: 10 * hour, monotonic: 0 }
  const now = createSteadyClock(
    () => time.wall,
    () => time.monotonic
  )
  const pass = (ms: number): void => {
    time.wall += ms
    time.monotonic += ms
  }
  pass(1_000)
  assert.equal(now(), 10 * hour + 1_000)
  time.wall -= hour
  assert.equal(now(), 10 * hour + 1_000)
  pass(5_000)
  assert.equal(now(), 10 * hour + 6_000)
  time.wall += 3 * hour
  assert.equal(now(), 12 * hour + 6_000)
})
