import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { asHandedIn, readSentHeader } from '../../../service/cli/history/sent-header.ts'

const bytesOf = (lines: readonly string[]): Uint8Array => Buffer.from(lines.join('\n'), 'latin1')
const clientOf = (lines: readonly string[], hosts: readonly string[] = ['mx.example.org']) =>
  readSentHeader(bytesOf(lines), new Set(hosts)).client

const hops: readonly (readonly [mta: string, received: string])[] = [
  ['Postfix', 'from laptop (dsl.example.net [203.0.113.7]) by mx.example.org (Postfix) with ESMTPSA id 4X'],
  [
    'Postfix, IPv6',
    'from laptop (unknown [IPv6:2001:db8::7]) by mx.example.org (Postfix) with ESMTPSA id 4X'
  ],
  ['Exim', 'from [203.0.113.7] (helo=laptop) by mx.example.org with esmtpsa (TLS1.3) (Exim 4.96) id 1tE'],
  [
    'Exim with a name',
    'from dsl.example.net ([203.0.113.7] helo=laptop) by mx.example.org with esmtpsa id 1tE'
  ],
  ['Sendmail', 'from laptop (dsl [203.0.113.7]) by mx.example.org (8.17/8.17) with ESMTPSA id 5'],
  ['folded', 'from laptop\n\t(dsl [203.0.113.7])\n\tby MX.example.org (Postfix)\n\twith UTF8SMTPSA id 5']
]

for (const [mta, received] of hops)
  test(`the client is read off ${mta}’s Received field`, () => {
    const { ip, helo } = clientOf([`Received: ${received}; Mon, 2 Nov 2026 09:30:00 +0100`, 'From: a@b.c'])
    assert.deepEqual([ip, helo], [mta.includes('IPv6') ? '2001:db8::7' : '203.0.113.7', 'laptop'])
  })

test('only what the named host wrote is believed, and of it the hop that authenticated', () => {
  const lines = [
    'Received: from filter (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP id 2',
    'Received: from laptop (dsl [203.0.113.7]) by mx.example.org (Postfix) with ESMTPSA id 1',
    'Received: from forged (x [198.51.100.9]) by mx.example.com with ESMTPSA id 0'
  ]
  const nobody = { ip: null, helo: null }
  assert.deepEqual(clientOf(lines), { ip: '203.0.113.7', helo: 'laptop' })
  assert.deepEqual(clientOf(lines, []), nobody)
  assert.deepEqual(clientOf(lines.slice(0, 1)), nobody)
})

test('recipients are the people of To, Cc and Bcc, each once', () => {
  const header = bytesOf([
    'To: "x@y.z, Inc." <bob@example.net>, eve@example.net (a@comment.x)',
    'Cc: friends: BOB@example.net, joe@example.net;',
    'Bcc: ghost@example.net, undisclosed-recipients:;, broken@, <>'
  ])
  assert.deepEqual(readSentHeader(header, new Set()).recipients, [
    'bob@example.net',
    'eve@example.net',
    'joe@example.net',
    'ghost@example.net'
  ])
})

test('what came to the copy later is taken off it, and lines end as they did on the way', () => {
  const copy = bytesOf([
    'Received: from laptop (dsl [203.0.113.7]) by mx.example.org with ESMTPSA id 1',
    'X-Mozilla-Status: 0001',
    'From: ann@example.org',
    'Bcc: ghost@example.net',
    '  , other@example.net',
    'Subject: Hi',
    '',
    'Bcc: stays',
    'with\r',
    'mixed ends'
  ])
  const { traceBytes } = readSentHeader(copy, new Set(['mx.example.org']))
  assert.equal(
    Buffer.from(asHandedIn(copy, traceBytes)).toString('latin1'),
    'From: ann@example.org\r\nSubject: Hi\r\n\r\nBcc: stays\r\nwith\r\nmixed ends'
  )
})

test('no header brings the reader to fall, or takes it long', () => {
  const field = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Received: from ', 'by mx.example.org ', '[', '((((', '"', 'To: ', 'a@b', '\n', '\n ')
  )
  fc.assert(
    fc.property(fc.array(field, { maxLength: 40 }), (parts) => {
      const bytes = Buffer.from(parts.join(''), 'latin1')
      const { traceBytes } = readSentHeader(bytes, new Set(['mx.example.org']))
      asHandedIn(bytes, traceBytes)
    })
  )
  const started = performance.now()
  for (const filler of ['a', '(a', '"\\', '(', '"', '[', 'a@', 'by ', 'from '])
    readSentHeader(
      Buffer.from(`To: ${filler.repeat(60_000)}\nReceived: ${filler.repeat(60_000)}`),
      new Set(['by'])
    )
  assert.ok(performance.now() - started < 2_000)
})
