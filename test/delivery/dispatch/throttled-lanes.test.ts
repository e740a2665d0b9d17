import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { ThrottleRule } from '../../../service/delivery/dispatch/throttles/throttle-rules.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'
import { startSink, type SinkRules } from '../../helpers/smtp-sink.ts'
import { isDone, openDelivery, type DeliveryDraft } from '../open-delivery.ts'
import { zone } from '../zone.ts'

const rule = (more: Partial<ThrottleRule> & Pick<ThrottleRule, 'per'>): ThrottleRule => ({
  match: [],
  routes: [],
  ...more
})

/** One host of all domains, reached straight. */
async function openHouse(t: TestContext, draft: Partial<DeliveryDraft>, rules: SinkRules = {}) {
  const sink = await startSink(rules)
  t.after(() => sink.close())
  const names = ['slow.test', 'fast.test', 'one.test', 'two.test', 'three.test']
  const house = await openDelivery(t, {
    routes: [routeTo(sink.port, { kind: 'mx' })],
    resolveRecords: zone(Object.fromEntries(names.map((name) => [name, { A: ['127.0.0.1'] }]))),
    ...draft
  })
  return { ...house, sink }
}

test('a destination at its rate waits without slowing others, and says so', async (t) => {
  const throttles = [rule({ per: 'destination', match: ['slow.test'], messagesPerMinute: 10 })]
  const house = await openHouse(t, { shaping: { throttles } })
  const ids: string[] = []
  for (let count = 0; count < 50; count += 1) ids.push(await house.send({ to: ['x@slow.test'] }))
  const fast = await Promise.all(Array.from({ length: 30 }, () => house.send({ to: ['y@fast.test'] })))
  for (const id of [...ids.slice(0, 1), ...fast]) await house.when(id, isDone)
  const mails = await house.sink.received(31)
  assert.equal(mails.filter(({ to }) => to[0] === 'x@slow.test').length, 1)
  const { items } = house.delivery.destinations.page({ limit: 10 })
  const [lane] = items[0]?.lanes ?? []
  assert.deepEqual([items.length, items[0]?.domain, items[0]?.waiting], [1, 'slow.test', 49])
  assert.deepEqual([lane?.messagesPerMinute, lane?.blockedBy], [10, 'throttle of destination sink|slow.test'])
  assert.ok((lane?.blockedUntil ?? 0) > Date.now())
})

test('a rate is used to the full: the lane wakes when its next message may go', async (t) => {
  const throttles = [rule({ per: 'destination', messagesPerMinute: 1_200 })]
  const house = await openHouse(t, { shaping: { throttles } })
  const begun = Date.now()
  await Promise.all(Array.from({ length: 130 }, () => house.send({ to: ['x@slow.test'] })))
  await house.sink.received(130)
  const took = Date.now() - begun
  // 120 at once, then one each 50 ms
  assert.ok(took >= 450 && took < 3_000, `${took} ms`)
})

test('a throttled sender does not hold up others in the same lane, and its urgent mail goes first', async (t) => {
  const throttles = [rule({ per: 'sender', match: ['alice@example.org'], messagesPerMinute: 600 })]
  const house = await openHouse(t, { shaping: { throttles }, config: { maxConnections: 4 } })
  for (let count = 0; count < 70; count += 1) await house.send({ label: 'bulk', to: ['bulk@one.test'] })
  await house.send({ label: 'urgent', to: ['urgent@one.test'] })
  await Promise.all(
    Array.from({ length: 20 }, () => house.send({ from: 'bob@example.org', to: ['y@one.test'] }))
  )
  const mails = await house.sink.received(91)
  const lastOfBob = mails.findLastIndex(({ from }) => from === 'bob@example.org')
  const urgent = mails.findIndex(({ to }) => to[0] === 'urgent@one.test')
  assert.ok(lastOfBob < 88 && urgent < 85, `${lastOfBob} ${urgent}`)
})

test('domains with the same hosts share what those may have', async (t) => {
  let open = 0
  let most = 0
  const house = await openHouse(
    t,
    {
      shaping: {
        throttles: [rule({ per: 'destination', match: ['mx.provider.test'], maxConnections: 2 })],
        sites: { known: () => null, siteOf: () => Promise.resolve('mx.provider.test') }
      }
    },
    {
      data: async () => {
        open += 1
        most = Math.max(most, open)
        await new Promise((resolve) => setTimeout(resolve, 5))
        open -= 1
        return null
      }
    }
  )
  const domains = ['one.test', 'two.test', 'three.test']
  await Promise.all(
    domains.flatMap((name) => Array.from({ length: 8 }, () => house.send({ to: [`x@${name}`] })))
  )
  await house.sink.received(24)
  assert.equal(most, 2)
})

test('a message to a slow and a fast destination does not wait for the slow one', async (t) => {
  const throttles = [rule({ per: 'destination', match: ['slow.test'], messagesPerMinute: 1 })]
  const house = await openHouse(t, { shaping: { throttles } })
  for (let count = 0; count < 20; count += 1) await house.send({ to: ['x@slow.test'] })
  await house.sink.received(1)
  const id = await house.send({ to: ['a@slow.test', 'b@fast.test'] })
  await house.sink.received(2)
  assert.deepEqual(house.sink.mails[1]?.to, ['b@fast.test'])
  assert.deepEqual(house.queue.get(id)?.recipients[0]?.state, 'pending')
})

test('a transaction takes no more recipients, a connection no more messages than the rule says', async (t) => {
  const throttles = [rule({ per: 'destination', maxRecipientsPerMessage: 2, maxMessagesPerConnection: 1 })]
  const house = await openHouse(t, { shaping: { throttles } })
  await house.send({ to: ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@one.test`) })
  const mails = await house.sink.received(3)
  assert.deepEqual(
    mails.map(({ to }) => to.length).toSorted((one, other) => one - other),
    [1, 2, 2]
  )
  assert.equal(house.sink.connections.total, 3)
})

test('a sender who is held still sends nothing until it is let go', async (t) => {
  const house = await openHouse(t, {})
  const goOn = house.delivery.still('alice@example.org')
  for (let count = 0; count < 60; count += 1) await house.send({ to: ['x@one.test'] })
  await house.send({ from: 'bob@example.org', to: ['y@one.test'] })
  assert.equal((await house.sink.received(1))[0]?.from, 'bob@example.org')
  goOn()
  await house.sink.received(61)
})
