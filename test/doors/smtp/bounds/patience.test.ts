import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPace } from '../../../../service/doors/smtp/bounds/pace.ts'
import { createPatience, type PatienceOptions } from '../../../../service/doors/smtp/bounds/patience.ts'

const options: PatienceOptions = {
  maxErrors: 4,
  tarpitAfterErrors: 2,
  tarpitMs: 700,
  maxIdleCommands: 3,
  commandsPerSecond: 10
}

test('errors cost nothing, then time, then the connection', () => {
  const patience = createPatience(options, () => 0)
  const waits = [1, 2, 3, 4].map(() => patience.after('RCPT', 550))
  assert.deepEqual(
    waits.map((temper) => temper.kind === 'go-on' && temper.waitMs),
    [0, 0, 700, 700]
  )
  const last = patience.after('RCPT', 550)
  assert.ok(last.kind === 'hang-up' && last.cause === 'errors' && last.reply.code === 421)
})

test('a client that is told to come later has done nothing wrong', () => {
  const patience = createPatience(options, () => 0)
  for (let count = 0; count < 50; count += 1)
    assert.deepEqual(patience.after('RCPT', 452), { kind: 'go-on', waitMs: 0 })
})

test('commands that lead nowhere end the session, a message makes up for them', () => {
  const patience = createPatience(options, () => 0)
  for (let count = 0; count < 3; count += 1) assert.equal(patience.after('NOOP', 250).kind, 'go-on')
  patience.after('DATA', 250)
  for (let count = 0; count < 3; count += 1) assert.equal(patience.after('RSET', 250).kind, 'go-on')
  assert.equal(patience.after('EHLO', 250).kind, 'hang-up')
})

test('a burst passes, then commands wait for their turn, and the pause is made good', () => {
  let now = 0
  const patience = createPatience(options, () => now)
  const wait = (): number => {
    const temper = patience.after('RCPT', 250)
    return temper.kind === 'go-on' ? temper.waitMs : -1
  }
  for (let count = 0; count < 50; count += 1) assert.equal(wait(), 0)
  assert.equal(wait(), 100)
  now = 1_000
  assert.equal(wait(), 0)
})

test('a message that trickles is given up after a window, one that pauses within it is not', () => {
  let now = 0
  const pace = createPace({ minBytesPerSecond: 100, windowMs: 1_000, maxMs: 10_000 }, () => now)
  assert.equal(pace.isTooSlow(150), false)
  now = 999
  assert.equal(pace.isTooSlow(0), false)
  assert.equal(pace.deadline(), 1_000)
  now = 1_000
  assert.equal(pace.isTooSlow(0), false, '150 bytes in the first second')
  now = 2_000
  assert.equal(pace.isTooSlow(99), true)
})

test('however fast it comes, a message has an end', () => {
  let now = 0
  const pace = createPace({ minBytesPerSecond: 1, windowMs: 1_000, maxMs: 3_000 }, () => now)
  for (now = 500; now < 3_000; now += 500) assert.equal(pace.isTooSlow(1_000_000), false)
  now = 3_000
  assert.equal(pace.isTooSlow(1_000_000), true)
})
