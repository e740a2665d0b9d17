import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from './open-world.ts'

const alice = 'alice@example.org'

test('a message leaves with a signed return path, and its bounce corrects its story, counts against its sender and tells her', async (t) => {
  const { send, report, message, sink, outcomes, senders } = await openWorld(t)
  const { id, envelope } = await send()
  assert.match(envelope.from, /^sb-[a-z2-7]{26}-1-.*@bounces\.example\.org$/u)

  assert.equal(await report('postfix', envelope.from), '250 2.0.0 Ok: noted')

  const { recipients, attemptLog } = message(id)
  assert.partialDeepStrictEqual(recipients, [
    { state: 'bounced', status: '5.1.1', mx: 'store.example.net', bounceKind: 'unknown-user' }
  ])
  assert.partialDeepStrictEqual(attemptLog.at(-1), {
    route: 'feedback',
    reply: 'failed: bob@example.net 550 5.1.1 <bob@example.net>: User unknown'
  })
  assert.equal(Math.round(outcomes.recall(senders.keyOf(alice), Date.now()).day.unknown), 1)
  const [, notice] = await sink.received(2)
  assert.deepEqual([notice?.from, notice?.to], ['', [alice]])
  assert.match(notice?.data ?? '', /Your message could not be delivered/u)
  assert.match(notice?.data ?? '', /Message-ID: <one@example\.org>/u)
})

test('the same bounce twice counts once, and tells once', async (t) => {
  const { send, report, message, sink, outcomes, senders } = await openWorld(t)
  const { id, envelope } = await send()

  await report('postfix', envelope.from)
  const { attemptLog } = message(id)
  assert.equal(await report('postfix', envelope.from), '250 2.0.0 Ok: noted')

  assert.equal(message(id).attemptLog.length, attemptLog.length)
  assert.equal(Math.round(outcomes.recall(senders.keyOf(alice), Date.now()).day.unknown), 1)
  assert.equal((await sink.received(2)).length, 2)
})

test('of a message to several, a report corrects those whom it names and nobody else', async (t) => {
  const { send, report, message } = await openWorld(t)
  const { id, envelope } = await send(['bob@example.net', 'carol@example.net', 'dave@example.net'])
  assert.match(envelope.from, /^sb-[a-z2-7]{26}-0-/u)

  await report('qmail', envelope.from)

  assert.deepEqual(
    message(id).recipients.map(({ state }) => state),
    ['bounced', 'bounced', 'delivered']
  )
})

test('a bounce of old Exim as spam is evidence of another kind', async (t) => {
  const { send, report, outcomes, senders } = await openWorld(t)
  const { envelope } = await send()

  await report('exim', envelope.from)

  assert.equal(Math.round(outcomes.recall(senders.keyOf(alice), Date.now()).day.refused), 1)
})

test('a notice of delay changes nothing but the story, and reaches the sender once', async (t) => {
  const { send, report, message, sink } = await openWorld(t)
  const { id, envelope } = await send()

  await report('exim-delay', envelope.from)
  await report('exim-delay', envelope.from)

  assert.equal(message(id).recipients[0]?.state, 'delivered')
  assert.notEqual(message(id).delayToldAt, undefined)
  assert.match((await sink.received(2))[1]?.data ?? '', /Your message is delayed/u)
  assert.equal(sink.mails.length, 2)
})

test('a vacation notice goes to the person who wrote, as it is and from nobody', async (t) => {
  const { send, report, sink } = await openWorld(t)
  const { envelope } = await send()

  assert.match(await report('vacation', envelope.from), /^250 /u)

  const [, passed] = await sink.received(2)
  assert.deepEqual([passed?.from, passed?.to], ['', [alice]])
  assert.match(passed?.data ?? '', /^Received: by mx\.test[^]*I am away until Monday/u)
})

test('a letter to a return path is refused: the port relays nothing', async (t) => {
  const { send, report, sink } = await openWorld(t)
  const { envelope } = await send()

  assert.match(await report('letter', envelope.from, { from: 'mallory@example.net' }), /^550 5\.7\.1 /u)
  assert.equal(sink.mails.length, 1)
})

test('a complaint of a feedback loop becomes feedback with its weight, once', async (t) => {
  const { send, report, message, records, senders, outcomes, addresses } = await openWorld(t)
  const { id, envelope } = await send()
  const loop = addresses.forReporter('loop', Date.now() + 86_400_000)

  const said = { from: 'feedback@loop.example.com', returnPath: envelope.from }
  assert.match(await report('complaint-abuse', loop, said), /^250 /u)
  assert.match(await report('complaint-abuse', loop, said), /^250 /u)

  const given = records.of(senders.keyOf(alice), message(id).verdictId)
  assert.deepEqual(
    given.map(({ label, source, by }) => [label, source, by]),
    [['spam', 'fbl', 'feedback:loop']]
  )
  assert.equal(message(id).attemptLog.at(-1)?.reply, 'complaint: abuse, by loop')
  assert.equal(Math.round(outcomes.recall(senders.keyOf(alice), Date.now()).day.complained), 1)
})

test('a complaint sent to a return path is its recipient’s word, whatever it calls itself', async (t) => {
  const { send, report, message, records, senders } = await openWorld(t)
  const { id, envelope } = await send()

  await report('complaint-abuse', envelope.from, { from: 'bob@example.net' })

  assert.equal(records.of(senders.keyOf(alice), message(id).verdictId)[0]?.source, 'recipient')
})

test('who wants off a list complains of no spam', async (t) => {
  const { send, report, message, records, senders, addresses } = await openWorld(t)
  const { id, envelope } = await send()
  const loop = addresses.forReporter('loop', Date.now() + 86_400_000)

  await report('complaint-opt-out', loop, { returnPath: envelope.from })

  assert.equal(records.of(senders.keyOf(alice), message(id).verdictId).length, 0)
  assert.equal(message(id).attemptLog.at(-1)?.reply, 'complaint: opt-out, by loop')
})

test('a feedback loop’s complaints are bounded: what is above is to come again', async (t) => {
  const { send, report, addresses } = await openWorld(t, { perHour: 1 })
  const { envelope } = await send()
  const loop = addresses.forReporter('loop', Date.now() + 86_400_000)

  assert.match(await report('complaint-abuse', loop, { returnPath: envelope.from }), /^250 /u)
  assert.match(await report('complaint-abuse', loop, { returnPath: envelope.from }), /^451 4\.7\.1 /u)
})

test('a report of a message that is forgotten is refused', async (t) => {
  const { report, addresses } = await openWorld(t)
  const gone = addresses.returnPath('019ac5a1-3b7e-7c11-9d55-0123456789ab', 0, Date.now()) ?? ''

  assert.match(await report('postfix', gone), /^550 5\.1\.1 /u)
})
