import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import {
  readBacktestLine,
  toBacktestSubmission,
  type BacktestLine
} from '../../service/contracts/backtest-line.ts'

const whole = {
  id: 'm1',
  sender: 'alice@example.org',
  ts: 1_700_000_000,
  tz: 3600,
  client: { ip: '203.0.113.7', helo: 'laptop' },
  rcpt: ['Bob@Example.NET'],
  raw: 'Subject: caf\u00e9\n\nHello\r\n',
  role: 'probe',
  label: 'A1'
}

function read(more: object) {
  return readBacktestLine(JSON.stringify({ ...whole, ...more }))
}

function lineOf(more: object): BacktestLine {
  const outcome = read(more)
  assert.equal(outcome.kind, 'line')
  return outcome.kind === 'line' ? outcome.line : assert.fail()
}

test('a line becomes a submission of an authenticated sender at its own time', () => {
  const submission = toBacktestSubmission(lineOf({}), 's1')
  assert.partialDeepStrictEqual(submission, {
    requestId: null,
    receivedAt: 1_700_000_000_000,
    client: { ip: '203.0.113.7', helo: 'laptop' },
    auth: { user: 'alice@example.org' },
    envelope: { mailFrom: 'alice@example.org', rcptTo: ['Bob@example.net'] },
    learn: 'never'
  })
  assert.equal(Buffer.from(submission.raw).toString('latin1'), 'Subject: caf\u00e9\r\n\r\nHello\r\n')
})

test('what only adds to the picture may be missing', () => {
  const { id, sender, raw } = whole
  const outcome = readBacktestLine(
    JSON.stringify({ id, sender, raw, receivedAt: '2026-11-22T08:15:00+01:00' })
  )
  assert.deepEqual(outcome.kind === 'line' && outcome.faults.map(({ code }) => code), ['RECIPIENTS_MISSING'])
  assert.partialDeepStrictEqual(outcome, {
    line: {
      receivedAt: Date.UTC(2026, 10, 22, 7, 15),
      role: 'observe',
      label: null,
      client: { ip: null, helo: null }
    }
  })
  assert.deepEqual(
    read({ client: { ip: '', helo: '' } }).kind === 'line' && lineOf({ client: null }).client,
    {
      ip: null,
      helo: null
    }
  )
})

for (const [sentence, more, told] of [
  ['an unknown field', { family: 'x' }, 'family: is not a known field'],
  ['an unknown field of the client', { client: { asn: 1 } }, 'client.asn: is not a known field'],
  ['an address that is none', { client: { ip: 'localhost' } }, 'client.ip: must be an IPv4 or IPv6 address'],
  ['a zone that is none', { tz: '+01:00' }, 'tz: Invalid input: expected number, received string'],
  ['a recipient that is none', { rcpt: ['bob', 'eve@example.net', 3] }, 'rcpt.0: must be one mailbox']
] as const) {
  test(`${sentence} is left out and told; the line is scored`, () => {
    const outcome = read(more)
    assert.equal(outcome.kind, 'line')
    const [first] = outcome.kind === 'line' ? outcome.faults : []
    assert.equal(first?.code, 'FIELD_IGNORED')
    assert.ok(first.detail.startsWith(told), first.detail)
  })
}

test('of several recipients only the usable ones stay', () => {
  assert.deepEqual(lineOf({ rcpt: ['bob', 'eve@example.net', 3, 'joe@example.net'] }).recipients, [
    'eve@example.net',
    'joe@example.net'
  ])
})

for (const [sentence, more, told] of [
  ['without an id', { id: null }, 'id: '],
  ['without a sender', { sender: '' }, 'sender: '],
  ['without a time', { ts: null }, 'ts: is required'],
  ['of the year 292,277', { ts: 9e12 }, 'ts: must lie between 1970 and 2100'],
  ['without a message', { raw: null }, 'raw: is required'],
  ['with base64 that is none', { raw: null, rawBase64: 'a*b=' }, 'rawBase64: must be base64'],
  ['with a role that nobody knows', { role: 'train' }, 'role: ']
] as const) {
  test(`a line ${sentence} is skipped, saying so`, () => {
    const outcome = read(more)
    assert.equal(outcome.kind, 'skipped')
    assert.ok(outcome.kind === 'skipped' && outcome.fault.detail.startsWith(told), JSON.stringify(outcome))
  })
}

test('text beyond latin1 is scored as its UTF-8 bytes', () => {
  assert.equal(
    Buffer.from(lineOf({ raw: 'Subject: \u20ac\r\n\r\n' }).raw).toString(),
    'Subject: \u20ac\r\n\r\n'
  )
})

test('whatever stands in a line, reading it never fails', () => {
  const fields = Object.fromEntries(Object.keys(whole).map((name) => [name, fc.jsonValue()]))
  const lines = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc
      .record(fields, { requiredKeys: [] })
      .map((part) => JSON.stringify({ ...whole, ...part, ['__proto__']: 1 }))
  )
  fc.assert(
    fc.property(lines, (text) => {
      const outcome = readBacktestLine(text)
      if (outcome.kind === 'line') toBacktestSubmission(outcome.line, 's')
      else assert.ok(outcome.fault.detail.length < 1_000)
    })
  )
})
