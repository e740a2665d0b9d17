import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { DeliveryPool, DeliveryRoute } from '../../service/delivery/routes/route.ts'
import { createSteering, defaultPathRules } from '../../service/delivery/routes/steering.ts'
import type { QueuedMessage } from '../../service/queue/records/queued-message.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { isDone, openDelivery, type DeliveryHouse } from '../delivery/open-delivery.ts'
import { zone } from '../delivery/zone.ts'
import { routeTo } from '../helpers/open-pipeline.ts'
import { startSlowProxy, type SlowProxy } from '../helpers/slow-proxy.ts'
import { startSink } from '../helpers/smtp-sink.ts'

const body = `Subject: twenty kilobytes\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(256)}`
const places = { 'far.test': '127.0.0.2', 'near.test': '127.0.0.3' } as const
type Place = keyof typeof places
const hurried = {
  ...defaultPathRules,
  patienceMs: 40,
  firstProbeMs: 60_000,
  assumedBytesPerSecond: 1_000_000
}

test('mail leaves a way that gets slow to one destination, others keep theirs, and it comes back when the way is mended', async (t) => {
  const { house, lines, later } = await twoWays(t, {
    pool: { name: 'out', algorithm: 'weighted-round-robin' },
    routes: { north: { pool: 'out' }, south: { pool: 'out' } }
  })

  const before = await deliver(house, 20)
  assert.deepEqual(routesTo(before, 'far.test'), { north: 10, south: 10 })

  lines.north['far.test'].setRate(50_000)
  const during = await deliver(house, 40)
  const { north: stuck = 0, south: around = 0 } = routesTo(during, 'far.test')
  assert.ok(stuck <= 10 && stuck + around === 40, `${stuck} of 40 messages went the slow way`)
  const near = routesTo(during, 'near.test')['north'] ?? 0
  assert.ok(Math.abs(near - 20) <= 2, `${near} of 40 to the other place`)
  const told = during.flatMap(({ attemptLog }) => attemptLog.flatMap(({ why }) => why ?? []))
  assert.ok(
    told.some((why) =>
      /^around north: (?:messages to far\.test get stuck|.* to far\.test, usual )/u.test(why)
    ),
    told[0]
  )

  lines.north['far.test'].setRate(Infinity)
  assert.deepEqual(routesTo(await deliver(house, 5), 'far.test'), { south: 5 }, 'no probe before its time')
  later(61_000)
  const probes = await deliver(house, 1)
  assert.match(whyOf(probes, 'far.test'), /^tries north again/u)
  for (let step = 0; step < 12; step += 1) await deliver(house, 4)
  assert.deepEqual(routesTo(await deliver(house, 10), 'far.test'), { north: 5, south: 5 })
})

test('a message that gets nowhere on one way goes out on the fallback at once', async (t) => {
  const { house, lines } = await twoWays(t, {
    routes: { north: { fallback: 'south' }, south: { domains: ['none.test'] } }
  })
  await lines.north['far.test'].close()
  const [message] = (await deliver(house, 1)).filter(({ envelope }) =>
    envelope.rcptTo[0]?.endsWith('@far.test')
  )
  assert.deepEqual(
    message?.attemptLog.map(({ route, why }) => [route, why]),
    [
      ['north', undefined],
      ['south', 'around north: tried just now']
    ]
  )
})

test('what is stuck before its end has left is taken back, and goes around', async (t) => {
  const { house, lines, sink } = await twoWays(t, {
    pool: { name: 'out', algorithm: 'weighted-round-robin' },
    routes: { north: { pool: 'out' }, south: { pool: 'out', weight: 0.001 } }
  })
  await deliver(house, 6)
  lines.north['far.test'].setRate(0)
  const ids = await Promise.all([1, 2].map((one) => house.send({ to: [`l${one}@far.test`], raw: body })))
  const messages = await Promise.all(ids.map((id) => house.when(id, isDone)))
  for (const { attemptLog } of messages) {
    assert.equal(attemptLog.at(-1)?.route, 'south')
    assert.equal(attemptLog.at(-1)?.reply, '250 2.0.0 taken')
  }
  assert.equal(sink.mails.filter(({ to }) => /^l\d@/u.test(to[0] ?? '')).length, 2, 'none of them twice')
})

interface TwoWays {
  readonly pool?: DeliveryPool
  readonly routes: Readonly<Record<'north' | 'south', Partial<DeliveryRoute>>>
}

/** Two ways to the same hosts, each over a line of its own to each of them. */
async function twoWays(t: TestContext, { pool, routes }: TwoWays) {
  const sink = await startSink()
  t.after(() => sink.close())
  const open = async (): Promise<Record<Place, SlowProxy>> => {
    const far = await startSlowProxy({ toPort: sink.port, host: places['far.test'] })
    const near = await startSlowProxy({ toPort: sink.port, host: places['near.test'], port: far.port })
    t.after(() => Promise.all([far.close().catch(() => undefined), near.close()]))
    return { 'far.test': far, 'near.test': near }
  }
  const lines = { north: await open(), south: await open() }
  const configured = (['north', 'south'] as const).map((name) =>
    routeTo(lines[name]['far.test'].port, { name, kind: 'mx', ...routes[name] })
  )
  let ahead = 0
  const steering = createSteering({
    routes: configured,
    pools: pool === undefined ? [] : [pool],
    rules: hurried,
    clock: () => Date.now() + ahead,
    random: () => 0.04,
    log: silentLogger
  })
  const house = await openDelivery(t, {
    routes: configured,
    steering,
    config: { maxConnections: 16, firstRetryDelayMs: 600_000, maxRetryDelayMs: 600_000 },
    resolveRecords: zone({
      'far.test': { A: [places['far.test']] },
      'near.test': { A: [places['near.test']] }
    })
  })
  return { house, lines, sink, later: (ms: number) => void (ahead += ms) }
}

/** So many messages to each place, one after the other; as they stand when all are done. */
async function deliver(house: DeliveryHouse, count: number): Promise<readonly QueuedMessage[]> {
  const ids: string[] = []
  for (const place of Object.keys(places))
    for (let at = 0; at < count; at += 1) ids.push(await house.send({ to: [`r${at}@${place}`], raw: body }))
  return Promise.all(ids.map((id) => house.when(id, isDone)))
}

/** By which routes the messages got there. */
function routesTo(messages: readonly QueuedMessage[], place: Place): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { envelope, attemptLog } of messages) {
    const route = attemptLog.at(-1)?.route ?? ''
    if (envelope.rcptTo[0]?.endsWith(`@${place}`) === true) counts[route] = (counts[route] ?? 0) + 1
  }
  return counts
}

function whyOf(messages: readonly QueuedMessage[], place: Place): string {
  return (
    messages.find(({ envelope }) => envelope.rcptTo[0]?.endsWith(`@${place}`))?.attemptLog.at(-1)?.why ?? ''
  )
}
