import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simpleParser } from 'mailparser'
import { composeDsn, mayReport } from '../../../service/delivery/notices/dsn.ts'
import { toRecord } from '../../../service/queue/records/new-message.ts'
import { newMessage, start, type MessageDraft } from '../../queue/messages.ts'

const options = { hostname: 'mx.test', id: 'report-1', at: start }

function record(draft: MessageDraft = {}) {
  return toRecord(newMessage({ id: 'message', ...draft }), 'queued', null, start)
}

test('a report is what RFC 3464 says, for people and for machines', async () => {
  const raw = Buffer.from('From: alice@example.org\r\nSubject: lunch\r\n\r\nprivate words\r\n')
  const dsn = composeDsn(
    record(),
    raw,
    [{ address: 'bob@example.net', status: '5.1.1', reply: '550 5.1.1 who?', mx: 'mx.example.net' }],
    options
  )
  const text = dsn.toString()
  const parsed = await simpleParser(dsn)

  assert.match(text, /^Content-Type: multipart\/report; report-type=delivery-status;/mu)
  assert.equal(parsed.headers.get('auto-submitted'), 'auto-replied')
  assert.match(parsed.text ?? '', /<bob@example\.net>\s+mx\.example\.net said: 550 5\.1\.1 who\?/u)
  assert.match(
    text,
    /Reporting-MTA: dns; mx\.test\r\n[^]*\r\n\r\nFinal-Recipient: rfc822; bob@example\.net\r\nAction: failed\r\nStatus: 5\.1\.1\r\nRemote-MTA: dns; mx\.example\.net\r\nDiagnostic-Code: smtp; 550 5\.1\.1 who\?\r\n/u
  )
  assert.match(
    text,
    /Content-Type: text\/rfc822-headers\r\n\r\nFrom: alice@example\.org\r\nSubject: lunch\r\n/u
  )
  assert.doesNotMatch(text, /private words/u)
})

test('a report of an internationalised address says so (RFC 6533)', () => {
  const dsn = composeDsn(
    record({ to: ['jürgen@example.net'] }),
    Buffer.from('A: ü\r\n\r\n'),
    [{ address: 'jürgen@example.net', status: '5.6.7', reply: 'no ü here', mx: null }],
    options
  ).toString()
  assert.match(dsn, /message\/global-delivery-status[^]*Final-Recipient: utf-8; jürgen@example\.net/u)
  assert.match(dsn, /Diagnostic-Code: x-sluice; no \? here/u)
})

test('a report stays small however large the header was', () => {
  const raw = Buffer.from(`${'X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(5_000)}\r\n`)
  const dsn = composeDsn(
    record(),
    raw,
    [{ address: 'bob@example.net', status: '5.0.0', reply: 'no', mx: null }],
    options
  )
  assert.ok(dsn.length < 40_000, `${dsn.length} bytes`)
  assert.ok(
    dsn
      .toString()
      .split('\r\n')
      .every((line) => line.length <= 998)
  )
})

test('a null sender is never answered', () => {
  assert.equal(mayReport(record({ from: null })), false)
  assert.equal(mayReport(record()), true)
})
