import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import type { AskCallout } from '../../../../service/doors/callouts/asking/ask-callout.ts'
import { failureOf } from '../../../../service/doors/callouts/asking/callout-answer.ts'
import { answered, halfClose, openWire } from '../spamd-wire/open-wire.ts'

const message =
  'From: Alice <alice@example.org>\nX-Sluice-Verdict: allow\nX-Spam-Status: No\nSubject: Lunch\n\nAt noon?\n'
const reason = {
  code: 'CLIENT_NETWORK_NEW',
  message: 'First seen from AS14061',
  contribution: 2,
  evidence: {}
} as const
const held = answered('hold', { score: 7.25, reasons: [reason] })

function request(method: string, version: string, fields: readonly string[] = []): string {
  const all = [`${method} SPAMC/${version}`, `Content-length: ${message.length}`, ...fields, '', message]
  return all.join('\r\n')
}

const tests = 'SLUICE_VERDICT,CLIENT_NETWORK_NEW'
const spam = 'Spam: True ; 7.2 / 6.0'
const marks = [
  'X-Sluice-Verdict: hold',
  'X-Sluice-Priority: normal (0)',
  'X-Sluice-Id: verdict-1',
  'X-Spam-Flag: YES',
  `X-Spam-Status: Yes, score=7.2 required=6.0 tests=${tests}`
].join('\n')
const header = `${marks}\nFrom: Alice <alice@example.org>\nSubject: Lunch\n\n`
const whole = `${header}At noon?\n`

/** What spamd 4.0 answers, by method and by the version that the client says it speaks. */
const replies = [
  ['CHECK', '1.5', `SPAMD/1.1 0 EX_OK\r\n${spam}\r\n\r\n`],
  ['CHECK', '1.2', `SPAMD/1.1 0 EX_OK\r\n${spam}\r\n\r\n`],
  ['SYMBOLS', '1.3', `SPAMD/1.1 0 EX_OK\r\nContent-length: ${tests.length}\r\n${spam}\r\n\r\n${tests}`],
  ['SYMBOLS', '1.2', `SPAMD/1.1 0 EX_OK\r\n${spam}\r\n\r\n${tests}\r\n`],
  ['PROCESS', '1.4', `SPAMD/1.1 0 EX_OK\r\nContent-length: ${whole.length}\r\n${spam}\r\n\r\n${whole}`],
  ['PROCESS', '1.2', `SPAMD/1.1 0 EX_OK\r\nContent-length: ${whole.length}\r\n\r\n${whole}`],
  ['PROCESS', '1.1', `SPAMD/1.0 0 EX_OK\r\n${whole}`],
  ['HEADERS', '1.4', `SPAMD/1.1 0 EX_OK\r\nContent-length: ${header.length}\r\n${spam}\r\n\r\n${header}`]
] as const

for (const [method, version, expected] of replies)
  test(`${method} SPAMC/${version} is answered as spamd does`, async (t) => {
    const { say } = await openWire(t, { protocol: 'spamc', ask: () => Promise.resolve(held) })
    assert.equal(await say(request(method, version)), expected)
  })

test('a report lists the reasons below its line of hyphens', async (t) => {
  const { say } = await openWire(t, { protocol: 'spamc', ask: () => Promise.resolve(held) })
  const old = await say(request('REPORT', '1.2'))
  const [head = '', report = ''] = old.split('\r\n\r\n')
  assert.equal(head, `SPAMD/1.1 0 EX_OK\r\n${spam}`)
  const [, rows = ''] = report.split(/^---.*\n/mu)
  assert.match(rows, /^ *5\.3 SLUICE_VERDICT .*\n *2\.0 CLIENT_NETWORK_NEW +First seen from AS14061\n$/u)
  const length = /^SPAMD\/1\.1 0 EX_OK\r\nContent-length: (\d+)\r\nSpam: Yes ; 7\.2 \/ 6\.0\r\n\r\n/u
  const reply = await say(request('REPORT_IFSPAM', '1.5'))
  assert.equal(Number(length.exec(reply)?.[1]), report.length)
})

test('there is no report of what is no spam', async (t) => {
  const { say } = await openWire(t, { protocol: 'spamc' })
  assert.equal(
    await say(request('REPORT_IFSPAM', '1.5')),
    'SPAMD/1.1 0 EX_OK\r\nContent-length: 0\r\nSpam: No ; 0.0 / 6.0\r\n\r\n'
  )
})

test('a score just below the threshold is not rounded up to it', async (t) => {
  const { say } = await openWire(t, {
    protocol: 'spamc',
    ask: () => Promise.resolve(answered('allow', { score: 5.98 }))
  })
  assert.match(await say(request('CHECK', '1.5')), /Spam: False ; 5\.9 \/ 6\.0/u)
})

test('a line end of CRLF is kept, and so is the line of an mbox', async (t) => {
  const { say } = await openWire(t, { protocol: 'spamc' })
  const mbox = 'From alice Sun Nov 22 12:00:00 2026\r\nSubject: Lunch\r\n\r\nAt noon?\r\n'
  const reply = await say('PROCESS SPAMC/1.2\r\n\r\n', mbox, halfClose)
  const [, body = ''] = reply.split(/\r\n\r\n(?<rest>.*)/su)
  assert.match(body, /^From alice Sun Nov 22 12:00:00 2026\r\nX-Sluice-Verdict: allow\r\n/u)
  assert.doesNotMatch(body, /[^\r]\n/u)
})

test('no login and no client come with it; the envelope only in the spool lines of Exim', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'spamc' })
  const spooled = `From a@example.org Sun Nov 22 12:00:00 2026\nX-Envelope-From: <a@example.org>\nX-Envelope-To: b@example.net\n${message}`
  await say(`REPORT SPAMC/1.2\r\nUser: mx1\r\nContent-length: ${spooled.length}\r\n\r\n`, spooled, halfClose)
  const { raw, ...question } = asked[0] ?? assert.fail()
  assert.equal(Buffer.from(raw ?? []).toString(), message)
  assert.deepEqual(question, {
    protocol: 'spamc',
    peer: '127.0.0.1',
    introduction: { settingsId: 'mx1', userAgent: null, password: null, kind: null },
    client: { ip: null, helo: null, port: null, tls: null },
    user: null,
    authMethod: null,
    mailFrom: '<a@example.org>',
    rcptTo: ['b@example.net'],
    queueId: null,
    sizeBytes: message.length
  })
})

test('without a length, and in 1.0 without fields, the message ends where the client stops to send', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'spamc' })
  await say('HEADERS SPAMC/1.4\r\nUser: haraka\r\n\r\n', message, halfClose)
  await say('CHECK SPAMC/1.0\r\n', message, halfClose)
  for (const { raw } of asked) assert.equal(Buffer.from(raw ?? []).toString(), message)
  assert.equal(asked.length, 2)
})

test('a compressed message is made whole first', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'spamc' })
  const packed = deflateSync(message)
  const reply = await say(
    `PROCESS SPAMC/1.5\r\nCompress: zlib\r\nContent-length: ${packed.length}\r\n\r\n`,
    packed
  )
  assert.match(reply, /At noon\?\n$/u)
  assert.equal(Buffer.from(asked[0]?.raw ?? []).toString(), message)
})

test('what a few compressed bytes become is bounded', async (t) => {
  const { say, asked, budget } = await openWire(t, { protocol: 'spamc', maxMessageBytes: 50_000 })
  const bomb = deflateSync(Buffer.alloc(20_000_000))
  const fields = `Compress: zlib\r\nContent-length: ${bomb.length}\r\n\r\n`
  assert.match(await say(`CHECK SPAMC/1.5\r\n${fields}`, bomb), /^SPAMD\/1\.1 0 EX_OK/u)
  assert.equal(asked[0]?.raw, null)
  assert.ok(asked[0].sizeBytes > 50_000)
  // It can't be given back where it was never whole
  assert.match(await say(`PROCESS SPAMC/1.5\r\n${fields}`, bomb), /^SPAMD\/1\.0 69 /u)
  assert.ok(budget.take(1_000_000), 'all memory was given back')
})

test('where there is no room for what a compressed message becomes its profile decides', async (t) => {
  const { say, asked } = await openWire(t, {
    protocol: 'spamc',
    budget: createByteBudget(20_000),
    profile: { onFailure: 'closed' }
  })
  const packed = deflateSync(message)
  const reply = await say(
    `CHECK SPAMC/1.5\r\nCompress: zlib\r\nContent-length: ${packed.length}\r\n\r\n`,
    packed
  )
  assert.match(reply, /^SPAMD\/1\.0 75 /u)
  assert.equal(asked.length, 0)
})

test('a client that fails closed gets a failure when there is no verdict, and one that fails open a pass', async (t) => {
  const closed = await openWire(t, { protocol: 'spamc', ask: failing('closed') })
  assert.match(await closed.say(request('CHECK', '1.5')), /^SPAMD\/1\.0 75 /u)
  const open = await openWire(t, { protocol: 'spamc', ask: failing('open') })
  assert.match(await open.say(request('CHECK', '1.5')), /Spam: False ; 0\.0 \/ 6\.0/u)
})

function failing(onFailure: 'open' | 'closed'): AskCallout {
  const { profile } = answered('allow', {}, { onFailure })
  return () => Promise.resolve(failureOf('overloaded', profile))
}

test('what is told of a message is handed on, and only what was taken is said to be set', async (t) => {
  const { say, told } = await openWire(t, {
    protocol: 'spamc',
    tell: ({ label }) => Promise.resolve(label === 'spam' ? 'taken' : 'not-trusted')
  })
  const spamReport = ['Message-class: spam', 'Set: local,remote']
  assert.equal(await say(request('TELL', '1.5', spamReport)), 'SPAMD/1.1 0 EX_OK\r\nDidSet: local\r\n\r\n')
  const ham = ['Message-class: ham', 'Set: local']
  assert.equal(await say(request('TELL', '1.5', ham)), 'SPAMD/1.1 0 EX_OK\r\n\r\n')
  assert.deepEqual(
    told.map(({ label, raw }) => [label, Buffer.from(raw).toString()]),
    [
      ['spam', message],
      ['legitimate', message]
    ]
  )
  // To forget is not in our power: what was learned from a message goes when somebody says what it was
  assert.equal(await say(request('TELL', '1.5', ['Remove: local'])), 'SPAMD/1.1 0 EX_OK\r\n\r\n')
  assert.equal(told.length, 2)
})

test('who only looks whether we are there is answered without a question', async (t) => {
  const { say, asked } = await openWire(t, { protocol: 'spamc' })
  assert.equal(await say('PING SPAMC/1.2\r\n'), 'SPAMD/1.5 0 PONG\r\n')
  assert.equal(await say('PING SPAMC/1.5\r\n', 'User: x\r\n\r\n'), 'SPAMD/1.5 0 PONG\r\n')
  assert.equal(await say('SKIP SPAMC/1.5\r\n\r\n'), '')
  assert.equal(asked.length, 0)
})

const faulty = [
  ['an unknown method', request('EAT', '1.5'), 76],
  ['a length that is none', 'CHECK SPAMC/1.5\r\nContent-length: -1\r\n\r\n', 76],
  ['a length that is longer than the message', 'CHECK SPAMC/1.5\r\nContent-length: 9\r\n\r\nx', 76],
  ['a line that is no field', 'CHECK SPAMC/1.5\r\nhello\r\n\r\n', 76],
  ['a head without end', `CHECK SPAMC/1.5\r\n${'X-Filler: x\r\n'.repeat(90_000)}`, 76],
  ['what is not compressed', request('CHECK', '1.5', ['Compress: zlib']), 69]
] as const

for (const [what, bytes, status] of faulty)
  test(`${what} is refused, and nothing is asked`, async (t) => {
    const budget = createByteBudget(5_000_000)
    const { say, asked } = await openWire(t, { protocol: 'spamc', budget })
    assert.match(await say(bytes, halfClose), new RegExp(`^SPAMD/1\\.0 ${status} `, 'u'))
    assert.equal(asked.length, 0)
    assert.ok(budget.take(5_000_000), 'all memory was given back')
  })

test('a client that stops in the middle of its message is told so, and let go', async (t) => {
  const { say, asked, budget } = await openWire(t, { protocol: 'spamc', times: { idleMs: 20 } })
  const reply = await say('CHECK SPAMC/1.5\r\nContent-length: 9000\r\n\r\nFrom: a')
  assert.match(reply, /^SPAMD\/1\.0 79 Timeout/u)
  assert.equal(asked.length, 0)
  assert.ok(budget.take(1_000_000), 'all memory was given back')
})

test('a client that sends a byte now and then is let go too', async (t) => {
  const { port } = await openWire(t, { protocol: 'spamc', times: { requestMs: 50, lingerMs: 10 } })
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()))
  let reply = ''
  socket.on('error', () => undefined).on('data', (chunk: Buffer) => void (reply += chunk.toString()))
  socket.write('CHECK SPAMC/1.5\r\nUser: ')
  const drip = setInterval(() => socket.write('x'), 5)
  await closed.finally(() => clearInterval(drip))
  assert.match(reply, /^SPAMD\/1\.0 79 Timeout/u)
})

test('a large message is given back whole to whoever reads slowly, and counts until it is', async (t) => {
  const body = 'x'.repeat(900_000)
  const { port, budget } = await openWire(t, {
    protocol: 'spamc',
    maxMessageBytes: 1_000_000,
    budget: createByteBudget(4_000_000),
    times: { lingerMs: 10 }
  })
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.write(`PROCESS SPAMC/1.2\r\nContent-length: ${body.length}\r\n\r\n${body}`)
  let length = 0
  for await (const chunk of socket) {
    if (!Buffer.isBuffer(chunk)) continue
    length += chunk.length
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.ok(length > body.length, `${length} bytes`)
  while (!budget.take(4_000_000)) await new Promise((resolve) => setImmediate(resolve))
})
