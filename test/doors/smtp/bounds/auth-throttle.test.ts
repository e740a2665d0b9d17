import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createAuthThrottle,
  type AuthThrottleOptions
} from '../../../../service/doors/smtp/bounds/auth-throttle.ts'

const minuteMs = 60_000

function open(more: Partial<AuthThrottleOptions> = {}) {
  const time = { now: 1_000_000 }
  const throttle = createAuthThrottle({
    delayMs: 0,
    maxFailuresPerConnection: 2,
    maxFailuresPerAddress: 3,
    maxFailuresPerNetwork: 6,
    windowMs: 10 * minuteMs,
    banMs: minuteMs,
    maxBanMs: 4 * minuteMs,
    maxUserDelayMs: 30,
    clock: () => time.now,
    ...more
  })
  const fail = async (ip: string, times: number, user = 'x'): Promise<void> => {
    for (let count = 0; count < times; count += 1) await throttle.failed({}, ip, user)
  }
  return { time, throttle, fail }
}

test('a connection has so many tries', async () => {
  const { throttle } = open()
  const session = {}
  assert.equal(await throttle.failed(session, '192.0.2.1', 'x'), 'go-on')
  assert.equal(await throttle.failed(session, '192.0.2.1', 'x'), 'hang-up')
})

test('an address that guesses is banned, each time for twice as long, up to a bound', async () => {
  const { time, throttle, fail } = open()
  for (const minutes of [1, 2, 4, 4]) {
    await fail('192.0.2.1', 3)
    assert.equal(throttle.isBanned('192.0.2.1'), true)
    time.now += minutes * minuteMs - 1
    assert.equal(throttle.isBanned('192.0.2.1'), true, `${minutes} minutes`)
    time.now += 1
    assert.equal(throttle.isBanned('192.0.2.1'), false)
    // So that the network's count stays below its own bound
    time.now += 10 * minuteMs
  }
  assert.equal(throttle.isBanned('192.0.2.2'), false)
})

test('guesses spread over a network ban the network, and no other', async () => {
  const { throttle, fail } = open()
  for (const last of [1, 2, 3]) await fail(`192.0.2.${last}`, 2)
  assert.equal(throttle.isBanned('192.0.2.200'), true)
  assert.equal(throttle.isBanned('192.0.3.1'), false)
})

test('failures are forgotten after the window, bans after a day of good behaviour', async () => {
  const { time, throttle, fail } = open()
  await fail('192.0.2.1', 2)
  time.now += 10 * minuteMs
  await fail('192.0.2.1', 2)
  assert.equal(throttle.isBanned('192.0.2.1'), false)
  await fail('192.0.2.1', 1)
  time.now += 25 * 60 * minuteMs
  await fail('192.0.2.1', 3)
  time.now += minuteMs
  assert.equal(throttle.isBanned('192.0.2.1'), false, 'the first ban again')
})

test('a login forgives what was typed wrong for that name, not what was guessed for others', async () => {
  const { throttle, fail } = open()
  await fail('192.0.2.1', 2, 'owner')
  throttle.succeeded('192.0.2.1', 'Owner')
  await fail('192.0.2.1', 2, 'victim')
  assert.equal(throttle.isBanned('192.0.2.1'), false)
  throttle.succeeded('192.0.2.1', 'owner')
  await fail('192.0.2.1', 1, 'victim')
  assert.equal(throttle.isBanned('192.0.2.1'), true)
})

test('a name under attack makes strangers wait, never its owner at home, and is never locked', async () => {
  const { throttle, fail } = open({ delayMs: 1, maxFailuresPerAddress: 100, maxFailuresPerNetwork: 100 })
  throttle.succeeded('198.51.100.1', 'owner')
  await fail('192.0.2.1', 12, 'owner')
  const waits = async (ip: string): Promise<boolean> => {
    let isThrough = false
    const through = throttle.slowDown(ip, 'owner').then(() => (isThrough = true))
    // Whoever need not wait is through before any timer could be
    await new Promise((resolve) => process.nextTick(resolve))
    const hasWaited = !isThrough
    await through
    return hasWaited
  }
  assert.equal(await waits('203.0.113.1'), true, 'a stranger')
  assert.equal(await waits('198.51.100.99'), false, 'the owner’s network')
})
