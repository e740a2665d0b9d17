import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../../helpers/fixed-chance.ts'
import { answerOf, end, openPolicy, rcpt, request } from './open-policy.ts'

test('pipelined requests are answered in order, one after the other', async (t) => {
  let open = 0
  let most = 0
  const { asked, connect } = await openPolicy(t, {
    async ask({ queueId }) {
      most = Math.max(most, (open += 1))
      await new Promise((resolve) => setImmediate(resolve))
      open -= 1
      return answerOf(queueId === 'B' ? 'reject' : 'accept')
    }
  })
  const postfix = await connect()
  const all = ['A', 'B', 'C'].map((queue_id) => request(end(1, { queue_id, recipient: 'b@b.test' })))
  postfix.send(all.join(''))
  assert.equal(await postfix.answer(), 'action=DUNNO')
  assert.equal(await postfix.answer(), 'action=550 5.7.1 Refused')
  assert.equal(await postfix.answer(), 'action=DUNNO')
  assert.equal(most, 1)
  assert.equal(asked.length, 3)
})

test('a client that speaks one byte at a time, and with carriage returns, is understood', async (t) => {
  const { asked, connect } = await openPolicy(t)
  const postfix = await connect()
  for (const byte of request(rcpt('bob@b.test')).replaceAll('\n', '\r\n')) postfix.send(byte)
  assert.equal(await postfix.answer(), 'action=DUNNO')
  await postfix.say(end(1))
  assert.deepEqual(asked[0]?.rcptTo, ['bob@b.test'])
})

test('a client that has nothing more to ask still gets its answer', async (t) => {
  const { connect } = await openPolicy(t)
  const postfix = await connect()
  postfix.socket.end(request(end(1, { recipient: 'b@b.test' })))
  assert.equal(await postfix.answer(), 'action=DUNNO')
  if (!postfix.socket.closed) await once(postfix.socket, 'close')
})

const troubles = [
  ['a line that is no attribute', 'request=smtpd_access_policy\nhello\n\n'],
  ['a nameless value', '=x\n\n'],
  ['a NUL', 'sender=a\0b\n\n'],
  ['another kind of request', 'request=something_else\n\n'],
  ['an empty request', '\n'],
  ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a line without end', 'a'.repeat(9_000)],
  ['a line that is too long', `a=${'b'.repeat(9_000)}\n\n`],
  ['a request without end', 'name=value\n'.repeat(7_000)]
] as const

for (const [what, bytes] of troubles)
  test(`${what} is not answered: the connection is closed and the operator told`, async (t) => {
    const { asked, connect, warnings } = await openPolicy(t)
    const postfix = await connect()
    postfix.send(bytes)
    assert.equal(await postfix.answer(), '')
    assert.equal(asked.length, 0)
    assert.equal(warnings[0]?.event, 'callouts.policy_request_broken')
    const again = await connect()
    assert.equal(await again.say(rcpt('bob@b.test')), 'action=DUNNO')
  })

test('requests before the broken one are answered', async (t) => {
  const { connect } = await openPolicy(t)
  const postfix = await connect()
  postfix.send(`${request(rcpt('bob@b.test'))}nonsense\n\n${request(rcpt('carol@c.test'))}`)
  assert.equal(await postfix.answer(), 'action=DUNNO')
  assert.equal(await postfix.answer(), '')
})

test('a request that does not go on, and a client that says nothing, end', async (t) => {
  const { connect } = await openPolicy(t, { limits: { requestMs: 30, idleMs: 60 } })
  const [halfway, silent] = [await connect(), await connect()]
  halfway.send('request=smtpd_access')
  assert.equal(await halfway.answer(), '')
  assert.equal(await silent.answer(), '')
})

test('an answer that takes longer than a request may is waited for', async (t) => {
  const { connect } = await openPolicy(t, {
    limits: { requestMs: 20 },
    async ask() {
      await new Promise((resolve) => setTimeout(resolve, 60))
      return answerOf('tempfail')
    }
  })
  const postfix = await connect()
  postfix.send('request=smtpd_access_policy\n')
  postfix.send(request(end(1, { recipient: 'b@b.test' })))
  assert.equal(await postfix.answer(), 'action=451 4.7.1 Needs review')
})

test('a close waits for the answer that is owed and takes no more questions', async (t) => {
  const owed = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const { asked, connect, door } = await openPolicy(t, {
    async ask() {
      begun.resolve()
      await owed.promise
      return answerOf('accept')
    }
  })
  const postfix = await connect()
  postfix.send(request(end(1, { recipient: 'b@b.test' })).repeat(2))
  await begun.promise
  const closed = door.close()
  owed.resolve()
  assert.equal(await postfix.answer(), 'action=DUNNO')
  assert.equal(await postfix.answer(), '')
  await closed
  assert.equal(asked.length, 1)
})

test('recipients of an answer that was lost are still known when it is asked for again', async (t) => {
  const lost = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const { asked, connect } = await openPolicy(t, {
    async ask() {
      begun.resolve()
      await lost.promise
      return answerOf('accept')
    }
  })
  const first = await connect()
  await first.say(rcpt('bob@b.test'))
  first.send(request(end(1)))
  await begun.promise
  first.socket.resetAndDestroy()
  await once(first.socket, 'close')
  const second = await connect()
  await second.say(rcpt('x@x.test', { instance: 'other' }))
  lost.resolve()
  assert.equal(await second.say(end(1)), 'action=DUNNO')
  assert.deepEqual(
    asked.map(({ rcptTo }) => rcptTo),
    [['bob@b.test'], ['bob@b.test']]
  )
})

test('whatever bytes come, the connection ends and others are served', { timeout: 20_000 }, async (t) => {
  const { connect } = await openPolicy(t)
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom('\n', 'a=b\n', 'request=smtpd_access_policy\n\n', request(rcpt('bob@b.test')), '\0', '=')
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.boolean(), async (pieces, resets) => {
      const postfix = await connect()
      for (const bytes of pieces) postfix.send(bytes)
      const closed = postfix.socket.closed ? Promise.resolve() : once(postfix.socket, 'close')
      if (resets) postfix.socket.resetAndDestroy()
      else postfix.socket.end()
      await closed
    }),
    { numRuns: 60 }
  )
  const postfix = await connect()
  assert.equal(await postfix.say(rcpt('bob@b.test')), 'action=DUNNO')
})
