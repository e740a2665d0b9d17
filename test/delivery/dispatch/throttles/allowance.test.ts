import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Allowance } from '../../../../service/delivery/dispatch/throttles/allowance.ts'
import {
  limitsFor,
  type ThrottleRule
} from '../../../../service/delivery/dispatch/throttles/throttle-rules.ts'

const start = Date.UTC(2026, 10, 22, 8)
const minute = 60_000
const site = { per: 'destination', key: 'direct|mx.example.net', maxActive: 10 } as const

/** Takes all that is let through until `end`, each ending at once; gives the times. */
function drain(allowance: Allowance, from: number, end: number): readonly number[] {
  const times: number[] = []
  for (let now = from; now < end; now = Math.max(now, allowance.freeAt(now))) {
    if (allowance.freeAt(now) > now) continue
    allowance.take(now)
    allowance.give()
    times.push(now)
  }
  return times
}

test('a rate is kept over a minute, with a tenth of it at once after a silence', () => {
  const times = drain(new Allowance({ ...site, limits: { messagesPerMinute: 60 } }), start, start + minute)
  assert.ok(times.length >= 60 && times.length <= 66, `${times.length}`)
  assert.equal(times.filter((at) => at === start).length, 6)
})

test('of two rates the harder one counts', () => {
  const allowance = new Allowance({ ...site, limits: { messagesPerMinute: 1_000, messagesPerHour: 60 } })
  assert.equal(allowance.perMinute(start), 1)
  assert.ok(drain(allowance, start, start + 60 * minute).length <= 61)
})

test('a clock that is set back by a day stops a throttled destination for a minute at most', () => {
  const allowance = new Allowance({ ...site, limits: { messagesPerMinute: 60 } })
  drain(allowance, start, start + minute)
  const back = start - 24 * 60 * minute
  assert.ok(allowance.freeAt(back) <= back + minute + 1_000)
})

test('no more are under way than is allowed', () => {
  const allowance = new Allowance({ ...site, limits: { maxConnections: 2 } })
  allowance.take(start)
  allowance.take(start)
  assert.equal(allowance.freeAt(start), Infinity)
  allowance.give()
  assert.ok(allowance.freeAt(start) <= start)
})

test('who asked us to slow down gets a share of what went before, evenly, until the whole is back', () => {
  let share = 1
  const allowance = new Allowance({ ...site, limits: {}, share: () => share })
  for (let count = 0; count < 120; count += 1) {
    allowance.take(start)
    allowance.give()
  }
  share = 0.5
  assert.equal(allowance.perMinute(start + 1), 60)
  const times = drain(allowance, start + 1, start + 10_000)
  assert.ok(times.length >= 9 && times.length <= 11, `${times.length}`)
  share = 1
  assert.equal(allowance.perMinute(start + 20_000), null)
})

test('each limit is that of the first rule that matches and states it', () => {
  const any = { match: [], routes: [] }
  const rules: readonly ThrottleRule[] = [
    { per: 'destination', match: ['*.google.com'], routes: [], maxConnections: 3 },
    { per: 'destination', match: ['example.net'], routes: ['backup'], maxConnections: 1 },
    { ...any, per: 'destination', maxConnections: 8, messagesPerMinute: 100 },
    { per: 'sender', match: ['example.org'], routes: [], messagesPerHour: 10 }
  ]
  const of = (names: readonly string[], route: string) =>
    limitsFor(rules, { per: 'destination', names, route })
  assert.deepEqual(of(['customer.example', 'aspmx.l.google.com'], 'direct'), {
    maxConnections: 3,
    messagesPerMinute: 100
  })
  assert.equal(of(['example.net'], 'direct').maxConnections, 8)
  assert.equal(of(['Example.NET'], 'backup').maxConnections, 1)
  const sender = (name: string) => limitsFor(rules, { per: 'sender', names: [name], route: null })
  assert.deepEqual(sender('alice@example.org'), { messagesPerHour: 10 })
  assert.deepEqual(sender('alice@notexample.org'), {})
})
