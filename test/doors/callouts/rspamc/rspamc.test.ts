import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import { failureOf } from '../../../../service/doors/callouts/asking/callout-answer.ts'
import { answered, halfClose, openWire } from '../spamd-wire/open-wire.ts'

const message = 'From: Alice <alice@example.org>\nSubject: Lunch\n\nAt noon?\n'
const spooled = `From alice@example.org Sun Nov 22 12:00:00 2026\nX-Envelope-From: <alice@example.org>\nX-Envelope-To: bob@example.net, hidden@example.net\n${message}`

/** As Exim 4.96 sends it. */
const head = [
  'CHECK RSPAMC/1.3',
  `Content-length: ${spooled.length}`,
  'Queue-Id: 1tAbCd-000001-2x',
  'From: <alice@example.org>',
  'Recipient-Number: 2',
  'Rcpt: <bob@example.net>',
  'Rcpt: <"a,b"@example.net>',
  'Helo: laptop.example.org',
  'Hostname: host.example.org',
  'IP: 203.0.113.7',
  'User: alice',
  '',
  ''
].join('\r\n')

test('what Exim asks becomes a question without its spool lines', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'rspamc' })
  await say(head + spooled)
  assert.equal(asked.length, 1)
  const { raw, ...question } = asked[0] ?? assert.fail()
  assert.equal(Buffer.from(raw ?? []).toString(), message)
  assert.deepEqual(question, {
    protocol: 'rspamc',
    peer: '127.0.0.1',
    introduction: { settingsId: null, userAgent: null, password: null, kind: null },
    client: { ip: '203.0.113.7', helo: 'laptop.example.org', port: null, tls: null },
    user: 'alice',
    authMethod: null,
    mailFrom: '<alice@example.org>',
    rcptTo: ['<bob@example.net>', '<"a,b"@example.net>'],
    queueId: '1tAbCd-000001-2x',
    sizeBytes: message.length
  })
})

test('a message that passes is answered as rspamd 1.3 does, and the connection is closed', async (t) => {
  const { say } = await openWire(t, {
    protocol: 'rspamc',
    ask: () => Promise.resolve(answered('allow', { score: 1.25 }))
  })
  const lines = (await say(head + spooled)).split('\r\n')
  assert.deepEqual(lines.slice(0, 3), [
    'RSPAMD/1.3 0 EX_OK',
    'Metric: default; False; 1.25 / 6.00 / 0.0',
    'Action: no action'
  ])
  assert.deepEqual(
    lines.filter((line) => line.startsWith('X-Milter-Add: ')),
    [
      'X-Milter-Add: X-Sluice-Verdict: allow',
      'X-Milter-Add: X-Sluice-Priority: normal (0)',
      'X-Milter-Add: X-Sluice-Id: verdict-1'
    ]
  )
  assert.ok(lines.includes('Symbol: SLUICE_VERDICT(1.25)'))
})

const told = [
  ['hold', 'quarantine', 7, 'True; 7.00 / 6.00', 'quarantine'],
  ['hold', 'quarantine', 15, 'True; 14.99 / 6.00', 'quarantine'],
  ['hold', 'tempfail', 7, 'True; 7.00 / 6.00', 'soft reject'],
  ['hold', 'reject', 7, 'True; 15.00 / 6.00', 'reject'],
  ['hold', 'label', 7, 'False; 7.00 / 15.00', 'no action'],
  ['block', 'quarantine', 22, 'True; 22.00 / 6.00', 'reject'],
  // Shadow mode answers with allow, whatever the score
  ['allow', 'quarantine', 22, 'False; 5.99 / 6.00', 'no action']
] as const

for (const [verdict, hold, score, metric, action] of told)
  test(`${verdict} with a score of ${score} is ${action} where hold is ${hold}`, async (t) => {
    const { say } = await openWire(t, {
      protocol: 'rspamc',
      ask: () => Promise.resolve(answered(verdict, { score }, { hold }))
    })
    const [, second, third] = (await say(head + spooled)).split('\r\n')
    assert.equal(second, `Metric: default; ${metric} / 0.0`)
    assert.equal(third, `Action: ${action}`)
  })

test('a client that fails closed is told to come again when there is no verdict', async (t) => {
  const { profile } = answered('allow', {}, { onFailure: 'closed' })
  const { say } = await openWire(t, {
    protocol: 'rspamc',
    ask: () => Promise.resolve(failureOf('deadline', profile))
  })
  const reply = await say(head + spooled)
  assert.match(
    reply,
    /^RSPAMD\/1\.3 0 EX_OK\r\nMetric: default; True; 6\.00 \/ 6\.00 \/ 0\.0\r\nAction: soft reject\r\nMessage: Too busy/u
  )
})

test('a reply is short enough for Exim, whatever the reasons are', async (t) => {
  const reason = {
    code: 'CLIENT_NETWORK_NEW',
    message: 'x'.repeat(5_000),
    contribution: 1,
    evidence: {}
  } as const
  const { say } = await openWire(t, {
    protocol: 'rspamc',
    ask: () => Promise.resolve(answered('hold', { reasons: Array.from({ length: 40 }, () => reason) }))
  })
  const reply = await say(head + spooled)
  assert.ok(reply.length < 32_600 && reply.endsWith('\r\n'))
})

test('nothing of a reason can break the reply into more lines', async (t) => {
  const reason = {
    code: 'CLIENT_NETWORK_NEW',
    message: 'a\r\nAction: no action\r\nü',
    contribution: 1,
    evidence: {}
  } as const
  const { say } = await openWire(t, {
    protocol: 'rspamc',
    ask: () => Promise.resolve(answered('hold', { reasons: [reason] }))
  })
  const reply = await say(head + spooled)
  assert.deepEqual(reply.match(/^Action: .*$/gmu), ['Action: quarantine'])
})

test('without a length the message ends where the client stops to send', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'rspamc' })
  await say('SYMBOLS RSPAMC/1.2\r\nFrom: a@example.org\r\n\r\n', message, halfClose)
  assert.equal(Buffer.from(asked[0]?.raw ?? []).toString(), message)
})

test('the envelope is read from the spool lines where no field names it', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'rspamc' })
  await say(`CHECK RSPAMC/1.3\r\nContent-length: ${spooled.length}\r\n\r\n${spooled}`)
  assert.equal(asked[0]?.mailFrom, '<alice@example.org>')
  assert.deepEqual(asked[0]?.rcptTo, ['bob@example.net', 'hidden@example.net'])
})

const faulty = [
  ['a length that is none', 'CHECK RSPAMC/1.3\r\nContent-length: many\r\n\r\nx', 76],
  ['two lengths', 'CHECK RSPAMC/1.3\r\nContent-length: 1\r\nContent-length: 2\r\n\r\nx', 76],
  ['a line that is no field', 'CHECK RSPAMC/1.3\r\nhello\r\n\r\nx', 76],
  ['a message that is shorter than its length', 'CHECK RSPAMC/1.3\r\nContent-length: 9\r\n\r\nx', 76],
  ['100 MB that are announced and do not come', 'CHECK RSPAMC/1.3\r\nContent-length: 104857600\r\n\r\nx', 76],
  ['a head that ends in the middle', 'CHECK RSPAMC/1.3\r\nContent-length: 9\r\n', 76],
  ['an unknown method', 'EAT RSPAMC/1.3\r\n\r\n', 76],
  [
    'a file of ours in the place of a message',
    'CHECK RSPAMC/1.3\r\nFile: /etc/passwd\r\nContent-length: 0\r\n\r\n',
    76
  ],
  ['two users', 'CHECK RSPAMC/1.3\r\nUser: a\r\nUser: b\r\nContent-length: 0\r\n\r\n', 76]
] as const

for (const [what, request, status] of faulty)
  test(`${what} is refused, and nothing is asked`, async (t) => {
    const { say, asked, budget } = await openWire(t, { protocol: 'rspamc' })
    assert.match(await say(request, halfClose), new RegExp(`^RSPAMD/1\\.3 ${status} `, 'u'))
    assert.equal(asked.length, 0)
    assert.ok(budget.take(1_000_000), 'all memory was given back')
  })

test('of a message that is too large the envelope is asked for, and nothing is kept', async (t) => {
  const budget = createByteBudget(200_000)
  const { say, asked } = await openWire(t, { protocol: 'rspamc', maxMessageBytes: 50_000, budget })
  const body = 'x'.repeat(600_000)
  const reply = await say(`CHECK RSPAMC/1.3\r\nFrom: a@example.org\r\nContent-length: 600000\r\n\r\n`, body)
  assert.match(reply, /^RSPAMD\/1\.3 0 EX_OK/u)
  assert.equal(asked[0]?.raw, null)
  assert.equal(asked[0].sizeBytes, 600_000)
})

for (const [onFailure, action] of [
  ['open', 'no action'],
  ['closed', 'soft reject']
] as const)
  test(`where too much is being received at once a client that fails ${onFailure} is told ${action}`, async (t) => {
    const budget = createByteBudget(100_000)
    const { say, asked } = await openWire(t, { protocol: 'rspamc', budget, profile: { onFailure } })
    const reply = await say(`CHECK RSPAMC/1.3\r\nContent-length: 90000\r\n\r\n`, 'x'.repeat(90_000))
    assert.match(reply, new RegExp(`\r\nAction: ${action}\r\n`, 'u'))
    assert.equal(asked.length, 0)
    assert.ok(budget.take(100_000), 'all memory was given back')
  })

test('a client that goes away in the middle of its message asks nothing', async (t) => {
  const { port, asked, budget } = await openWire(t, { protocol: 'rspamc' })
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('CHECK RSPAMC/1.3\r\nContent-length: 9000\r\n\r\nx')
  await new Promise((resolve) => setImmediate(resolve))
  socket.resetAndDestroy()
  await once(socket, 'close')
  assert.equal(asked.length, 0)
  // The server hears of it a moment later
  while (!budget.take(1_000_000)) await new Promise((resolve) => setImmediate(resolve))
})

test('who only looks whether we are there is answered without a question', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'rspamc' })
  assert.equal(await say('PING RSPAMC/1.3\r\n\r\n'), 'RSPAMD/1.3 0 PONG\r\n')
  assert.equal(await say('SKIP RSPAMC/1.3\r\n\r\n'), 'RSPAMD/1.3 0 EX_OK\r\n')
  assert.equal(asked.length, 0)
})
