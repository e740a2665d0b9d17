import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import { createMilterDoor } from '../../../../service/doors/callouts/milter/milter-door.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import { connectMilter, say, uint32 } from './milter-client.ts'
import { answerOf, openMilter } from './open-milter.ts'

const labelled = ['i0|X-Sluice-Id| v1', 'i0|X-Sluice-Verdict| allow', 'c']

test('a message is asked about byte for byte, with all that its mail server knows, in few round trips', async (t) => {
  const { connected, questions } = await openMilter(t)
  const client = await connected()
  client.send(
    say.macros('C', 'j', 'mx.example.org', '{daemon_name}', 'submission', 'v', 'Postfix 3.7.11'),
    say.connect('4', 52_311, '203.0.113.7'),
    say.macros('H', '{tls_version}', 'TLSv1.3', '{cipher}', 'TLS_AES_256_GCM_SHA384'),
    say.helo('laptop.local'),
    say.macros('M', '{auth_type}', 'PLAIN', '{auth_authen}', 'alice@example.org'),
    say.mail('<alice@example.org>', 'SIZE=300'),
    say.rcpt('<bob@example.net>'),
    say.rcpt('<carol@example.net>'),
    say.data()
  )
  assert.equal((await client.next())?.letter, 'c')
  client.send(
    say.macros('L', 'i', '4XyZ12'),
    say.header('Subject', ' folded\n\tvalue'),
    say.header('X-None', ''),
    say.header('X-Tight', 'caf\xe9'),
    say.endOfHeader(),
    say.body('one\r\n'),
    say.body('two\r\n'),
    say.end('three\r\n')
  )
  assert.deepEqual([(await client.next())?.letter, (await client.next())?.letter], ['c', 'c'])
  assert.deepEqual(await client.answer(), labelled)
  const { raw, ...asked } = questions[0] ?? assert.fail()
  const text = 'Subject: folded\r\n\tvalue\r\nX-None:\r\nX-Tight:caf\xe9\r\n\r\none\r\ntwo\r\nthree\r\n'
  assert.equal(Buffer.from(raw ?? []).toString('latin1'), text)
  assert.deepEqual(asked, {
    protocol: 'milter',
    peer: '127.0.0.1',
    introduction: { settingsId: 'submission', userAgent: 'Postfix 3.7.11', password: null, kind: null },
    client: {
      ip: '203.0.113.7',
      helo: 'laptop.local',
      port: 52_311,
      tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }
    },
    user: 'alice@example.org',
    authMethod: 'PLAIN',
    mailFrom: '<alice@example.org>',
    rcptTo: ['<bob@example.net>', '<carol@example.net>'],
    queueId: '4XyZ12',
    isUnread: false,
    sizeBytes: text.length
  })
})

test('of what is offered only that is taken which is needed, and macros need no configuration', async (t) => {
  const { port } = await openMilter(t)
  const client = await connectMilter({ port })
  client.send(say.postfix())
  const { data } = (await client.next()) ?? assert.fail()
  // All answers are saved (SMFIP_NR_*) but those to DATA, body and end
  assert.deepEqual(data.subarray(0, 12), uint32(6, 0x131, 0x16_f180))
  const ofMail = Buffer.concat([uint32(2), Buffer.from('i {auth_authen} {auth_type} ')])
  assert.ok(data.includes(ofMail), 'at MAIL')
  client.close()
})

test('an old mail server gets an answer to every command, and no more than it offered', async (t) => {
  const { port, questions } = await openMilter(t)
  const client = await connectMilter({ port })
  client.send(say.negotiate(2, 0x1, 0x7f))
  assert.deepEqual((await client.next())?.data, uint32(2, 0x1, 0))
  const commands = [
    say.connect('6', 25, 'IPv6:2001:db8::1'),
    say.helo('old'),
    say.mail('<a@example.org>'),
    say.rcpt('<b@example.net>'),
    say.header('X-Sluice-Verdict', 'forged'),
    say.endOfHeader(),
    say.body('x\r\n')
  ]
  for (const command of commands) {
    client.send(command)
    assert.equal((await client.next())?.letter, 'c')
  }
  client.send(say.end())
  // It may not change fields, so that the forged one stays below ours; and it puts the blank after the colon itself
  assert.deepEqual(await client.answer(), ['i0|X-Sluice-Id|v1', 'i0|X-Sluice-Verdict|allow', 'c'])
  assert.equal(questions[0]?.client.ip, '2001:db8::1')
  assert.equal(Buffer.from(questions[0]?.raw ?? []).toString(), 'X-Sluice-Verdict: forged\r\n\r\nx\r\n')
  client.close()
})

test('each disposition is said in the words of the protocol', async (t) => {
  const cases = [
    ['accept', undefined, labelled],
    [
      'quarantine',
      { code: 250, status: '2.0.0', text: 'Held (verdict v1)' },
      [...labelled.slice(0, 2), 'qHeld (verdict v1)', 'c']
    ],
    ['tempfail', { code: 451, status: '4.7.1', text: '100 %' }, ['y451 4.7.1 100 %%']],
    ['reject', { code: 550, status: '5.7.1', text: 'No' }, ['y550 5.7.1 No']],
    ['route', undefined, [...labelled.slice(0, 2), 'i0|X-AuthUser| alice', 'c']]
  ] as const
  for (const [disposition, reply, expected] of cases) {
    await t.test(disposition, async (inner) => {
      const answer = answerOf(disposition, reply && { reply })
      const { connected } = await openMilter(inner, () => Promise.resolve(answer))
      const client = await connected()
      client.send(
        say.macros('M', '{auth_authen}', 'alice'),
        say.message('<a@example.org>', '<b@example.net>')
      )
      assert.deepEqual(await client.answer(), expected)
    })
  }
})

test('a mail server that cannot quarantine is told to take the message later', async (t) => {
  const { port } = await openMilter(t, () => Promise.resolve(answerOf('quarantine')))
  const client = await connectMilter({ port })
  client.send(say.negotiate(6, 0x11, 0x1fffff), say.message('<a@example.org>', '<b@example.net>'))
  await client.next()
  assert.deepEqual(await client.answer(), ['y451 4.7.1 Ok'])
  client.close()
})

test('labels that a message brings along are deleted, the last first, whatever case they are in', async (t) => {
  const { connected } = await openMilter(t)
  const client = await connected()
  client.send(
    say.mail('<a@example.org>'),
    say.rcpt('<b@example.net>'),
    say.header('X-SLUICE-VERDICT', ' allow'),
    say.header('Subject', ' x'),
    say.header('x-sluice-verdict', ' allow'),
    say.header('X-Sluice-Id', ' 7'),
    say.header('X-AuthUser', ' theirs'),
    say.end()
  )
  const deleted = ['m2|X-Sluice-Verdict|', 'm1|X-Sluice-Verdict|', 'm1|X-Sluice-Id|']
  assert.deepEqual(await client.answer(), [...deleted, ...labelled])
})

test('a message on its way to our relay port says hold and who sends, and nobody else’s word about that', async (t) => {
  const { connected } = await openMilter(t, () => Promise.resolve(answerOf('route', { labels: [] })))
  const client = await connected()
  client.send(
    say.mail('<a@example.org>'),
    say.rcpt('<b@example.net>'),
    say.header('X-AuthUser', ' theirs'),
    say.end()
  )
  assert.deepEqual(await client.answer(), [
    'm1|X-AuthUser|',
    'i0|X-Sluice-Verdict| hold',
    'i0|X-AuthUser| ',
    'c'
  ])
})

test('what was told of one message is not believed of the next', async (t) => {
  const { connected, questions } = await openMilter(t)
  const client = await connected()
  client.send(
    say.macros('M', '{auth_authen}', 'alice'),
    say.macros('E', 'i', 'Q1'),
    say.message('<1@example.org>', '<b@example.net>'),
    say.message('<2@example.org>', '<b@example.net>'),
    say.macros('M', '{auth_authen}', 'bob'),
    say.mail('<x@example.org>'),
    say.mail('<y@example.org>'), // without macros of its own
    say.end(),
    say.macros('M', '{auth_authen}', 'carol'),
    say.mail('<z@example.org>'),
    say.abort(),
    say.message('<3@example.org>', '<b@example.net>')
  )
  for (let count = 0; count < 4; count += 1) assert.deepEqual(await client.answer(), labelled)
  assert.deepEqual(
    questions.map(({ mailFrom, user, queueId }) => [mailFrom, user, queueId]),
    [
      ['<1@example.org>', 'alice', 'Q1'],
      ['<2@example.org>', null, null],
      ['<y@example.org>', null, null],
      ['<3@example.org>', null, null]
    ]
  )
})

test('the next SMTP client over the same connection inherits nothing', async (t) => {
  const { connected, questions } = await openMilter(t)
  const client = await connected()
  client.send(
    say.macros('C', '{daemon_name}', 'submission'),
    say.connect('4', 1, '203.0.113.7'),
    say.helo('one'),
    say.message('<a@example.org>', '<b@example.net>'),
    say.quitNewConnection(),
    say.macros('C', '{client_addr}', '203.0.113.8'),
    say.unknownClient(),
    say.message('<a@example.org>', '<b@example.net>'),
    say.quit()
  )
  assert.deepEqual([await client.answer(), await client.answer()], [labelled, labelled])
  assert.equal(await client.next(), null)
  const { client: second, introduction } = questions[1] ?? assert.fail()
  assert.deepEqual(second, { ip: '203.0.113.8', helo: null, port: null, tls: null })
  assert.equal(introduction.settingsId, null)
})

test('a local client has no address', async (t) => {
  const { connected, questions } = await openMilter(t)
  const client = await connected()
  client.send(say.connect('L', 0, '/run/socket'), say.message('<>', '<b@example.net>'))
  await client.answer()
  assert.deepEqual(questions[0]?.client, { ip: null, helo: null, port: null, tls: null })
})

test('over a unix socket nobody has an address', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'sluice-milter-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'milter.sock')
  const peers: (string | null)[] = []
  const door = createMilterDoor({
    ask: ({ peer }) => {
      peers.push(peer)
      return Promise.resolve(answerOf('accept'))
    },
    limits: { maxConnections: 2, maxMessageBytes: 1_000, budget: createByteBudget(1_000_000) },
    identityHeader: 'X-AuthUser',
    log: silentLogger
  })
  t.after(() => door.close())
  assert.equal(await door.listen({ path }), null)
  const client = await connectMilter({ path })
  client.send(say.postfix(), say.message('<a@example.org>', '<b@example.net>'))
  await client.next()
  assert.deepEqual(await client.answer(), labelled)
  assert.deepEqual(peers, [null])
  client.close()
})
