import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOperatorStates } from '../../../service/delivery/routes/operator-states.ts'
import type { DeliveryRoute } from '../../../service/delivery/routes/route.ts'
import type { Choice } from '../../../service/delivery/routes/choice.ts'
import { createSteering, type SteeringOptions } from '../../../service/delivery/routes/steering.ts'
import { createWarmUps, dayMs } from '../../../service/delivery/routes/warm-up.ts'
import { createBoundedTable } from '../../../service/storage/bounded-table.ts'
import { openStorage } from '../../../service/storage/lmdb-storage.ts'
import { createMemoryTable } from '../../../service/storage/memory-table.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import type { RecipientResult } from '../../../service/delivery/session/reply.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

const start = Date.UTC(2026, 10, 22, 8)
const gone: RecipientResult = { kind: 'deferred', reply: 'connect ECONNREFUSED', status: '4.4.1' }
const two = [
  routeTo(25, { name: 'a', host: 'a.test', pool: 'p' }),
  routeTo(25, { name: 'b', host: 'b.test', pool: 'p' })
]
const pool = { name: 'p', algorithm: 'weighted-round-robin' } as const

test('a full window sends mail to the other route, and with both full it waits for its own', () => {
  const { choose } = open(two)
  assert.equal(choose({ hasRoom: ({ route }) => route.name === 'b' }).destination.route.name, 'b')
  assert.equal(choose({ hasRoom: () => false }).waitUntil, null)
})

test('a route that was not reached three times is left alone, one message at a time tries it again, and nobody urgent', () => {
  const { choose, steering, later } = open(two)
  fail(steering, choose({ avoid: ['b'] }), 3)
  assert.equal(choose().why, 'around a: a.test is not reached')
  later(61_000)
  assert.equal(choose({ label: 'urgent' }).how, 'around')
  const probe = choose()
  assert.deepEqual([probe.destination.route.name, probe.isProbe, probe.how], ['a', true, 'probe'])
  steering.took(probe)
  assert.equal(choose().how, 'around', 'one at a time')
  steering.left(probe)
  assert.equal(choose().how, 'probe')
})

test('when all are bad the mail goes all the same, by what was not tried just now', () => {
  const { choose, steering } = open(two)
  fail(steering, choose({ avoid: ['b'] }), 3)
  fail(steering, choose({ avoid: ['a'] }), 3)
  const choice = choose({ avoid: ['a'] })
  assert.deepEqual([choice.how, choice.destination.route.name], ['least-bad', 'b'])
  assert.match(choice.why ?? '', /^no way is good: b: b\.test is not reached; a: /u)
})

test('a way without another is used whatever is known of it', () => {
  const { choose, steering } = open([routeTo(25, { name: 'only', host: 'a.test' })])
  fail(steering, choose(), 5)
  const choice = choose()
  assert.deepEqual([choice.how, choice.why, choice.isProbe], ['only', null, true])
})

test('what people decided goes before what is measured', async () => {
  const states = createOperatorStates()
  const { choose } = open(two, { states })
  await states.set('a', { state: 'demoted', why: 'listed by bl.test', by: 'watch', at: start })
  assert.equal(choose().why, 'around a: listed by bl.test')
  await states.set('b', { state: 'paused', why: null, by: 'alice', at: start })
  assert.equal(choose().destination.route.name, 'a')
  await states.set('a', { state: 'paused', why: null, by: 'alice', at: start })
  const waits = choose()
  assert.deepEqual([waits.how, waits.waitUntil], ['waits', start + 15 * 60_000])
})

test('what a fresh address may not send goes by the others, or waits for the next day', () => {
  const warmUp = { startedAt: '2026-11-22', ladder: [1, 2] }
  const warmUps = createWarmUps({ table: createMemoryTable(), clock: () => start })
  const fresh = routeTo(25, { name: 'fresh', kind: 'mx', pool: 'p', warmUp })
  const both = open([fresh, routeTo(25, { name: 'old', kind: 'mx', pool: 'p' })], { warmUps })
  const first = both.choose()
  assert.equal(first.destination.route.name, 'fresh')
  both.steering.record(first, [{ kind: 'delivered', reply: '250 ok', status: '2.0.0' }])
  const second = both.choose()
  assert.deepEqual([second.destination.route.name, second.why], ['old', 'fresh is warming up'])
  const alone = open([{ ...fresh, pool: undefined }], { warmUps }).choose()
  assert.equal(alone.waitUntil, Date.UTC(2026, 10, 22) + dayMs)
})

test('a restart remembers which way is bad', async (t) => {
  const storage = await openStorage({ directory: await temporaryDirectory(t) })
  t.after(() => storage.close())
  const shelf: NonNullable<SteeringOptions['shelf']> = createBoundedTable(storage, 'routes.paths', 100)
  const before = open(two, { shelf })
  fail(before.steering, before.choose({ avoid: ['b'] }), 3)
  await before.steering.close()
  assert.equal(open(two, { shelf }).choose().why, 'around a: a.test is not reached')
})

test('a route that reaches nobody of many is bad as a whole, until somebody answers', () => {
  const mx = [
    routeTo(25, { name: 'a', kind: 'mx', pool: 'p' }),
    routeTo(25, { name: 'b', kind: 'mx', pool: 'p' })
  ]
  const { choose, steering } = open(mx)
  for (let at = 0; at < 8; at += 1) fail(steering, choose({ avoid: ['b'], domain: `d${at}.test` }), 1)
  assert.match(choose({ domain: 'new.test' }).why ?? '', /^around a: /u)
  steering
    .begin(choose({ avoid: ['b'], domain: 'alive.test' }), 1_000)
    .ended([{ kind: 'delivered', reply: '250', status: '2.0.0' }])
  assert.equal(steering.pathOf('a|').condition.kind, 'returning')
})

function open(routes: readonly DeliveryRoute[], more: Partial<SteeringOptions> = {}) {
  let now = start
  const steering = createSteering({
    routes,
    pools: [pool],
    clock: () => now,
    random: () => 0,
    log: silentLogger,
    ...more
  })
  const choose = (question: Partial<Parameters<typeof steering.choose>[0]> = {}): Choice =>
    steering.choose({
      sender: '',
      domain: 'x.test',
      label: 'normal',
      avoid: [],
      hasRoom: () => true,
      ...question
    })
  return { steering, choose, later: (ms: number) => void (now += ms) }
}

function fail(steering: ReturnType<typeof createSteering>, choice: Choice, times: number): void {
  for (let time = 0; time < times; time += 1) steering.begin(choice, 1_000).refused(gone)
}
