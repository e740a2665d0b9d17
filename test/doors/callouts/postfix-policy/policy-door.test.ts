import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Disposition } from '../../../../service/doors/callouts/asking/callout-answer.ts'
import { end, openPolicy, rcpt } from './open-policy.ts'

test('recipients are collected with RCPT and the message is judged once, at its end, with all of them', async (t) => {
  const { asked, connect } = await openPolicy(t)
  const postfix = await connect()
  assert.equal(await postfix.say(rcpt('bob@b.test')), 'action=DUNNO')
  assert.equal(await postfix.say(rcpt('carol@c.test', { queue_id: '4TxYz1' })), 'action=DUNNO')
  assert.equal(asked.length, 0)
  assert.equal(await postfix.say(end(2)), 'action=DUNNO')
  assert.deepEqual(asked, [
    {
      protocol: 'postfix-policy',
      peer: '127.0.0.1',
      introduction: { settingsId: 'submission', userAgent: null, password: null, kind: null },
      client: {
        ip: '192.0.2.7',
        helo: 'laptop.local',
        port: 40_123,
        tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }
      },
      user: 'alice',
      authMethod: 'PLAIN',
      mailFrom: 'alice@a.test',
      rcptTo: ['bob@b.test', 'carol@c.test'],
      queueId: '4TxYz1',
      raw: null,
      sizeBytes: 5_120
    }
  ])
})

test('what Postfix does not know stays unknown', async (t) => {
  const { asked, connect } = await openPolicy(t)
  const postfix = await connect()
  const nothing = {
    client_address: 'unknown',
    client_port: '0',
    helo_name: '',
    sasl_username: '',
    sender: ''
  }
  await postfix.say(end(1, { ...nothing, recipient: 'bob@b.test', encryption_protocol: '', queue_id: '' }))
  assert.deepEqual(asked[0]?.client, { ip: null, helo: null, port: null, tls: null })
  assert.equal(asked[0].user, null)
  assert.equal(asked[0].mailFrom, '')
  assert.equal(asked[0].queueId, '7b.6740.1.0')
})

const actions = [
  ['accept', 'DUNNO'],
  ['quarantine', 'HOLD Held for review'],
  ['tempfail', '451 4.7.1 Needs review'],
  ['reject', '550 5.7.1 Refused']
] as const satisfies readonly (readonly [Disposition, string])[]

for (const [disposition, action] of actions)
  test(`${disposition} is said as ${action}`, async (t) => {
    const { connect } = await openPolicy(t, { disposition })
    const postfix = await connect()
    assert.equal(await postfix.say(end(1, { recipient: 'bob@b.test' })), `action=${action}`)
  })

test('other states than RCPT and the end are passed on without a question', async (t) => {
  const { asked, connect } = await openPolicy(t, { disposition: 'reject' })
  const postfix = await connect()
  for (const state of ['CONNECT', 'EHLO', 'HELO', 'MAIL', 'DATA', 'VRFY', 'ETRN', 'SOMETHING-NEW'])
    assert.equal(await postfix.say({ protocol_state: state }), 'action=DUNNO')
  assert.equal(asked.length, 0)
})

const routed = { hold: 'route', route: 'smtp:[127.0.0.1]:2525' } as const

test('a message that may be routed to us first gets the field that says who sends it', async (t) => {
  const { connect } = await openPolicy(t, { profile: routed, disposition: 'route' })
  const postfix = await connect()
  assert.equal(await postfix.say(rcpt('bob@b.test')), 'action=PREPEND X-AuthUser: alice')
  assert.equal(await postfix.say(rcpt('bob@b.test')), 'action=PREPEND X-AuthUser: alice', 'asked again')
  assert.equal(await postfix.say(rcpt('carol@c.test')), 'action=DUNNO')
  assert.equal(await postfix.say(end(2)), 'action=FILTER smtp:[127.0.0.1]:2525')
})

for (const user of ['', 'two words', 'x'.repeat(300)])
  test(`no field that the message brings is left on top where nobody is named (${user.slice(0, 9)})`, async (t) => {
    const { connect } = await openPolicy(t, { profile: routed })
    const postfix = await connect()
    assert.equal(await postfix.say(rcpt('bob@b.test', { sasl_username: user })), 'action=PREPEND X-AuthUser:')
  })

test('a message is not routed to us without the field that says who sends it', async (t) => {
  const { connect, warnings } = await openPolicy(t, { profile: routed, disposition: 'route' })
  const postfix = await connect()
  for (const queue_id of ['4A', '4B'])
    assert.equal(
      await postfix.say(end(1, { recipient: 'bob@b.test', queue_id })),
      'action=451 4.7.1 Held for review'
    )
  assert.deepEqual(
    warnings.map(({ event }) => event),
    ['callouts.policy_identity_missing']
  )
})

test('a client in shadow mode gets no field', async (t) => {
  const { connect } = await openPolicy(t, { profile: { ...routed, mode: 'shadow' } })
  const postfix = await connect()
  assert.equal(await postfix.say(rcpt('bob@b.test')), 'action=DUNNO')
})

test('a client that asks nothing at the end is answered at each recipient, under one name of the message', async (t) => {
  const { asked, connect } = await openPolicy(t, { profile: { decideAt: 'rcpt' }, disposition: 'quarantine' })
  const postfix = await connect()
  assert.equal(await postfix.say(rcpt('bob@b.test')), 'action=HOLD Held for review')
  await postfix.say(rcpt('carol@c.test', { queue_id: '4TxYz1' }))
  assert.deepEqual(
    asked.map(({ rcptTo, queueId }) => [rcptTo, queueId]),
    [
      [['bob@b.test'], '7b.6740.1.0'],
      [['bob@b.test', 'carol@c.test'], '7b.6740.1.0']
    ]
  )
})

test('a recipient that was refused is none of the message’s', async (t) => {
  const { asked, connect } = await openPolicy(t, { profile: { decideAt: 'rcpt' }, disposition: 'tempfail' })
  const postfix = await connect()
  assert.equal(await postfix.say(rcpt('bob@b.test')), 'action=451 4.7.1 Needs review')
  await postfix.say(rcpt('carol@c.test'))
  assert.deepEqual(asked[1]?.rcptTo, ['carol@c.test'])
})

test('recipients that never came are told to the operator, once', async (t) => {
  const { asked, connect, warnings } = await openPolicy(t)
  const postfix = await connect()
  await postfix.say(rcpt('bob@b.test'))
  for (const count of [3, 5]) await postfix.say(end(count))
  assert.deepEqual(asked[0]?.rcptTo, ['bob@b.test'])
  assert.deepEqual(
    warnings.map(({ event, facts }) => [event, facts?.['client'], facts?.['missing']]),
    [['callouts.policy_recipients_missing', 'postfix', 2]]
  )
})

test('the same recipient twice is no recipient that is missing', async (t) => {
  const { asked, connect, warnings } = await openPolicy(t)
  const postfix = await connect()
  for (const recipient of ['bob@b.test', 'bob@b.test']) await postfix.say(rcpt(recipient))
  await postfix.say(end(2))
  assert.deepEqual(asked[0]?.rcptTo, ['bob@b.test'])
  assert.deepEqual(warnings, [])
})

test('a client of whom no message ever ends is told to the operator', async (t) => {
  const { connect, warnings } = await openPolicy(t)
  const postfix = await connect()
  for (let count = 0; count < 100; count += 1)
    await postfix.say(rcpt('bob@b.test', { instance: `i.${count}` }))
  assert.deepEqual(
    warnings.map(({ event }) => event),
    ['callouts.policy_end_of_data_missing']
  )
})

test('messages of two senders under the same instance are two messages', async (t) => {
  const { asked, connect } = await openPolicy(t)
  const postfix = await connect()
  await postfix.say(rcpt('bob@b.test'))
  await postfix.say(rcpt('eve@e.test', { sender: 'mallory@m.test', sasl_username: 'mallory' }))
  await postfix.say(end(1))
  assert.deepEqual(asked[0]?.rcptTo, ['bob@b.test'])
})

test('what was collected is known over another connection, and forgotten once it was answered', async (t) => {
  const { asked, connect } = await openPolicy(t)
  const [first, second] = [await connect(), await connect()]
  await first.say(rcpt('bob@b.test'))
  await second.say(end(1))
  await second.say(end(1))
  assert.deepEqual(
    asked.map(({ rcptTo }) => rcptTo),
    [['bob@b.test'], []]
  )
})

test('a unix socket has no peer', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-policy-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const { asked, connect } = await openPolicy(t, { path: join(directory, 'policy.sock') })
  const postfix = await connect()
  assert.equal(await postfix.say(end(1, { recipient: 'bob@b.test' })), 'action=DUNNO')
  assert.equal(asked[0]?.peer, null)
})
