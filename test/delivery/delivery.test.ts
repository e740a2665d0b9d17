import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test, type TestContext } from 'node:test'
import { routeTo } from '../helpers/open-pipeline.ts'
import { startSink, type SmtpSink } from '../helpers/smtp-sink.ts'
import { zone } from './zone.ts'
import { newMessage } from '../queue/messages.ts'
import { isDone, openDelivery } from './open-delivery.ts'

test('each recipient has an outcome of its own, and the refused ones one report', async (t) => {
  const answers: Record<string, string> = {
    'no@example.net': '550 5.1.1 who?',
    'later@example.net': '450 4.2.1 not now'
  }
  const sink = await startSink({ rcpt: (address) => answers[address] ?? null })
  t.after(() => sink.close())
  const house = await openDelivery(t, {
    routes: [routeTo(sink.port)],
    config: { firstRetryDelayMs: 600_000, maxRetryDelayMs: 600_000 }
  })

  const id = await house.send({ to: ['yes@example.net', 'no@example.net', 'later@example.net'] })
  const message = await house.when(id, ({ attempts }) => attempts === 1)
  const mails = await sink.received(2)

  assert.deepEqual(
    message.recipients.map(({ state, status }) => [state, status]),
    [
      ['delivered', '2.0.0'],
      ['bounced', '5.1.1'],
      ['pending', '4.2.1']
    ]
  )
  assert.ok(message.nextAttemptAt >= message.acceptedAt + 600_000)
  const report = mails.find(({ from }) => from === '')
  assert.deepEqual(report?.to, ['alice@example.org'])
  assert.match(
    report?.data ?? '',
    /Final-Recipient: rfc822; no@example\.net\r\nAction: failed\r\nStatus: 5\.1\.1\r\n/u
  )
  assert.doesNotMatch(report?.data ?? '', /later@/u)
})

test('a temporary refusal is tried again until it passes', async (t) => {
  let refusals = 2
  const sink = await startSink({ data: () => (refusals-- > 0 ? '451 4.3.0 not yet' : null) })
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)] })
  const message = await house.when(await house.send(), isDone)
  assert.equal(message.attempts, 3)
  assert.deepEqual(
    message.attemptLog.map(({ reply }) => reply),
    ['451 4.3.0 not yet', '451 4.3.0 not yet', '250 2.0.0 taken']
  )
  assert.equal(sink.mails.length, 1)
})

test('a message past its age is given up with a report', async (t) => {
  const sink = await startSink({
    rcpt: (address) => (address === 'alice@example.org' ? null : '450 4.2.2 full')
  })
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)] })
  const id = await house.send({ acceptedAt: Date.now() - 2 * 3_600_000 })
  assert.equal((await house.when(id, isDone)).recipients[0]?.state, 'expired')
  assert.match((await sink.received(1))[0]?.data ?? '', /Status: 5\.4\.7/u)
})

test('a report that cannot be delivered is not reported', async (t) => {
  const sink = await startSink({ rcpt: () => '550 5.1.1 nobody here' })
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)] })
  const id = await house.send({ from: null })
  assert.equal((await house.when(id, isDone)).recipients[0]?.state, 'bounced')
  assert.equal(house.queue.counts().queued, 0)
})

test('a host that is away costs a deferral, not the message', async (t) => {
  const sink = await startSink()
  await sink.close()
  const house = await openDelivery(t, {
    routes: [routeTo(sink.port)],
    config: { firstRetryDelayMs: 50, maxRetryDelayMs: 50 }
  })
  const id = await house.send()
  assert.equal((await house.when(id, ({ attempts }) => attempts >= 1)).recipients[0]?.status, '4.4.1')
  const back = await startSink({}, sink.port)
  t.after(() => back.close())
  assert.equal((await back.received(1)).length, 1)
})

test('after some refused connections a destination is left alone, and its messages still wait their turn', async (t) => {
  let greetings = 0
  const sink = await startSink({
    greeting: () => {
      greetings += 1
      return '421 4.3.2 go away'
    }
  })
  t.after(() => sink.close())
  const house = await openDelivery(t, {
    routes: [routeTo(sink.port)],
    config: { maxConnections: 1, firstRetryDelayMs: 600_000, maxRetryDelayMs: 600_000 }
  })
  const ids = await Promise.all(Array.from({ length: 20 }, () => house.send()))
  for (const id of ids) {
    const message = await house.when(id, ({ attempts }) => attempts === 1)
    assert.equal(message.recipients[0]?.state, 'pending')
  }
  assert.ok(greetings < 15, `${greetings} connections for 20 messages`)
})

test('a connection is used again, and there are never more than allowed', async (t) => {
  const sink = await startSink()
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)], config: { maxConnections: 3 } })
  await Promise.all(Array.from({ length: 60 }, () => house.send()))
  await sink.received(60)
  assert.ok(sink.connections.most <= 3 && sink.connections.total <= 6, JSON.stringify(sink.connections))
})

test('the bound on attempts holds over all destinations', async (t) => {
  const [sink, most] = await startCounting(t)
  const domains = Array.from({ length: 12 }, (_, at) => `d${at}.test`)
  const house = await openDelivery(t, {
    routes: [routeTo(sink.port, { kind: 'mx' })],
    config: { maxConnections: 4 },
    resolveRecords: zone(Object.fromEntries(domains.map((domain) => [domain, { A: ['127.0.0.1'] }])))
  })
  await Promise.all(
    domains.flatMap((domain) => [1, 2, 3].map((one) => house.send({ to: [`x${one}@${domain}`] })))
  )
  await sink.received(36)
  assert.ok(most() <= 4, `${most()} at once`)
})

test('a message that is refused leaves the connection fit for the next', async (t) => {
  const sink = await startSink({ rcpt: (address) => (address === 'no@example.net' ? '550 5.1.1 no' : null) })
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)], config: { maxConnections: 1 } })
  const first = await house.send({ from: null, to: ['no@example.net'] })
  const second = await house.send()
  await house.when(first, isDone)
  await house.when(second, isDone)
  assert.equal(sink.connections.total, 1)
})

test('a destination that hangs does not hold up another', async (t) => {
  const stuck = gate()
  const slow = await startSink({ data: () => stuck.opened })
  const fast = await startSink()
  t.after(() => Promise.all([slow.close(), fast.close()]))
  const house = await openDelivery(t, {
    routes: [
      routeTo(slow.port, { name: 'slow', kind: 'mx', domains: ['slow.test'] }),
      routeTo(fast.port, { name: 'fast' })
    ],
    config: { maxConnections: 20 },
    resolveRecords: zone({
      'slow.test': { MX: [{ exchange: 'mx.slow.test', priority: 10 }] },
      'mx.slow.test': { A: ['127.0.0.1'] }
    })
  })
  await Promise.all(Array.from({ length: 200 }, () => house.send({ to: ['x@slow.test'] })))
  await Promise.all(Array.from({ length: 20 }, () => house.send({ to: ['y@fast.test'] })))
  assert.equal((await fast.received(20)).length, 20)
  assert.equal(slow.mails.length, 0)
  stuck.open()
  await slow.received(200)
})

test('urgent mail goes before the bulk that waits', async (t) => {
  const start = gate()
  const sink = await startSink({ data: () => start.opened })
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)], config: { maxConnections: 1 } })
  await Promise.all(Array.from({ length: 30 }, () => house.send({ label: 'bulk', to: ['bulk@example.net'] })))
  await house.send({ label: 'urgent', to: ['urgent@example.net'] })
  start.open()
  const mails = await sink.received(31)
  const place = mails.findIndex(({ to }) => to[0] === 'urgent@example.net')
  assert.ok(place >= 0 && place <= 9, `it was number ${place}`)
})

test('a hold that expired goes back to its sender, unsent', async (t) => {
  const sink = await startSink()
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)] })
  const { storage, queue } = house
  const held = newMessage({
    id: 'held',
    raw: 'Subject: held\r\n\r\nbody',
    to: ['bob@example.net', 'carol@example.com']
  })
  await storage.transaction(() => queue.hold(held, { reasons: [], risk: 0.9, deadline: 0 }))
  await storage.transaction(() =>
    queue.decide('held', { kind: 'expired', by: 'deadline', at: Date.now(), note: null })
  )
  queue.wake()
  assert.equal((await house.when('held', isDone)).recipients[0]?.status, '5.7.1')
  const mails = await sink.received(1)
  assert.deepEqual(mails[0]?.to, ['alice@example.org'])
  assert.match(
    mails[0]?.data ?? '',
    /bob@example\.net[^]*carol@example\.com[^]*held for review and not released in time/u
  )
})

test(
  'closing does not wait for a host that says nothing, and leaves the message as it was',
  { timeout: 10_000 },
  async (t) => {
    const silent = createServer()
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    t.after(() => silent.close())
    const address = silent.address()
    assert.ok(typeof address === 'object' && address !== null)
    const house = await openDelivery(t, { routes: [routeTo(address.port)] })
    const connected = once(silent, 'connection')
    const id = await house.send()
    const [socket] = await connected
    t.after(() => socket.destroy())
    await house.delivery.close()
    const message = house.queue.get(id)
    assert.deepEqual([message?.state, message?.attempts], ['queued', 0])
  }
)

test('a body that is gone is reported to its sender, not tried for ever', async (t) => {
  const sink = await startSink()
  t.after(() => sink.close())
  const house = await openDelivery(t, { routes: [routeTo(sink.port)] })
  const { storage, queue } = house
  const message = newMessage({ acceptedAt: Date.now() })
  await storage.transaction(() => {
    queue.enqueue(message)
    storage.table('queue.bodies').remove(message.id)
  })
  queue.wake()
  assert.equal((await house.when(message.id, isDone)).recipients[0]?.status, '5.3.0')
  assert.match((await sink.received(1))[0]?.data ?? '', /lost from the spool/u)
})

/** Waits until it is opened. */
function gate(): { readonly opened: Promise<null>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<null>()
  return { opened: promise, open: () => resolve(null) }
}

/** A sink that knows how many messages it was given at once. */
async function startCounting(t: TestContext): Promise<readonly [SmtpSink, () => number]> {
  let now = 0
  let most = 0
  const sink = await startSink({
    data: async () => {
      now += 1
      most = Math.max(most, now)
      await new Promise(setImmediate)
      now -= 1
      return null
    }
  })
  t.after(() => sink.close())
  return [sink, () => most]
}
