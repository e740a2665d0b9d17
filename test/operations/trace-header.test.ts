import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageIdOf, traceHeader } from '../../service/operations/trace-header.ts'
import { start, submission } from '../scoring/house.ts'

const options = { hostname: 'mx.test', protocol: 'ESMTPS' } as const
const client = { ip: '2001:db8::7', helo: 'app.test', port: 1, tls: null }

function trace(raw: string, more: Parameters<typeof submission>[0] = {}): string {
  return traceHeader(
    {
      ...submission({ id: 'id-1', receivedAt: start, auth: null, client, to: ['bob@example.net'], ...more }),
      raw: Buffer.from(raw)
    },
    options
  )
}

test('a trusted relay is named, with its address', () => {
  assert.equal(
    trace('Message-ID: <1@x>\r\nDate: today\r\n\r\n'),
    'Received: from app.test ([IPv6:2001:db8::7])\r\n\tby mx.test (Sluice) with ESMTPS id id-1\r\n\tfor <bob@example.net>;\r\n\tSun, 22 Nov 2026 08:00:00 +0000\r\n'
  )
})

test('what the client calls itself ends neither the field nor the line', () => {
  const [first] = trace('\r\n', { client: { ...client, helo: 'x\r\nBcc: eve@x (y) ;<z>' } }).split('\r\n')
  assert.equal(first, 'Received: from x??Bcc:?eve?x??y????z? ([IPv6:2001:db8::7])')
})

test('several recipients are not told of each other', () => {
  assert.doesNotMatch(trace('\r\n', { to: ['bob@example.net', 'carol@example.net'] }), /bob|carol/u)
})

test('Message-ID and Date are added where they are missing', () => {
  assert.match(
    trace('From: a@b\r\n\r\nDate: in the text\r\n'),
    /\r\nMessage-ID: <id-1@mx\.test>\r\nDate: Sun, 22 Nov 2026 08:00:00 \+0000\r\n$/u
  )
  assert.equal(messageIdOf(Buffer.from('message-id:\r\n <a@b>\r\n\r\n')), '<a@b>')
})
