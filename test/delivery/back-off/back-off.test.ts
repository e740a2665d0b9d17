import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  createBackOff,
  type BackOff,
  type BackOffOptions
} from '../../../service/delivery/back-off/back-off.ts'
import type { Destination } from '../../../service/delivery/routes/route.ts'
import { directRoute } from '../../../service/delivery/routes/route.ts'
import type { RecipientOutcome } from '../../../service/queue/records/queued-message.ts'
import type { Storage } from '../../../service/storage/storage.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { openTemporary } from '../../storage/open-temporary.ts'

const rules = { factor: 0.5, minShare: 0.1, settleMs: 60_000, step: 0.1, rampMs: 180_000 }
const start = Date.UTC(2026, 10, 22, 8)
const mail: Destination = { route: directRoute, domain: 'example.com' }
const slowDown: RecipientOutcome = {
  address: 'bob@example.com',
  state: 'pending',
  reply: '421 4.7.28 unusual rate of mail',
  status: '4.7.28',
  mx: 'mx.example.com',
  bounceKind: 'rate-limited',
  at: start
}

interface Open {
  readonly backOff: BackOff
  readonly told: [string, number][]
  readonly pass: (ms: number) => void
}

function open(storage: Storage, more: Partial<BackOffOptions> = {}): Open {
  let now = start
  const told: [string, number][] = []
  const onAdjusted = (destination: string, share: number): void => void told.push([destination, share])
  const backOff = createBackOff({ storage, rules, clock: () => now, log: silentLogger, onAdjusted, ...more })
  return { backOff, told, pass: (ms) => void (now += ms) }
}

async function fresh(t: TestContext): Promise<Open> {
  return open(await openTemporary(t))
}

test('a destination that asks us to slow down gets half, and a tenth more after each quiet while', async (t) => {
  const { backOff, told, pass } = await fresh(t)
  backOff.heed(mail, [slowDown])
  assert.equal(backOff.share(mail), 0.5)

  pass(179_999)
  assert.equal(backOff.share(mail), 0.5)
  pass(1)
  assert.equal(backOff.share(mail), 0.6)
  pass(4 * 180_000)
  assert.equal(backOff.share(mail), 1)
  assert.deepEqual(told, [
    ['direct|example.com', 0.5],
    ['direct|example.com', 1]
  ])
  assert.deepEqual(backOff.list(), [])
})

test('a hundred connections that hear the same answer are one request, the next minute’s is another', async (t) => {
  const { backOff, pass } = await fresh(t)
  for (let count = 0; count < 100; count += 1) backOff.heed(mail, [slowDown])
  assert.equal(backOff.share(mail), 0.5)

  pass(60_000)
  backOff.heed(mail, [slowDown])
  assert.equal(backOff.share(mail), 0.25)
})

test('however often it asks, mail trickles on', async (t) => {
  const { backOff, pass } = await fresh(t)
  for (let count = 0; count < 20; count += 1) {
    pass(60_000)
    backOff.heed(mail, [slowDown])
  }
  assert.equal(backOff.share(mail), 0.1)
})

test('other refusals, and our own words, slow nobody down; other destinations are not touched', async (t) => {
  const { backOff } = await fresh(t)
  backOff.heed(mail, [{ ...slowDown, bounceKind: 'unknown-user' }])
  backOff.heed(mail, [{ ...slowDown, mx: null }])
  assert.equal(backOff.share(mail), 1)

  backOff.heed(mail, [slowDown])
  assert.equal(backOff.share({ ...mail, domain: 'example.net' }), 1)
})

test('a restart does not begin at full speed', async (t) => {
  const storage = await openTemporary(t)
  const first = open(storage)
  first.backOff.heed(mail, [slowDown])
  await first.backOff.close()

  const { backOff } = open(storage)
  assert.equal(backOff.share(mail), 0.5)
  assert.equal(backOff.list()[0]?.slowdown.reply, '421 4.7.28 unusual rate of mail')
})

test('a clock that is set back neither speeds up nor deafens', async (t) => {
  const { backOff, pass } = await fresh(t)
  backOff.heed(mail, [slowDown])
  pass(-3_600_000)
  assert.equal(backOff.share(mail), 0.5)
  backOff.heed(mail, [slowDown])
  assert.equal(backOff.share(mail), 0.25)
})

test('domains that share a provider share its patience', async (t) => {
  const { backOff } = open(await openTemporary(t), { keyOf: () => 'provider' })
  backOff.heed(mail, [slowDown])
  assert.equal(backOff.share({ ...mail, domain: 'example.net' }), 0.5)
})
