import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { decodeStrictBase64 } from '../../service/contracts/strict-base64.ts'
import {
  fromHeaders,
  readVerdictHeaders,
  verdictHeadersSchema
} from '../../service/contracts/verdict-headers.ts'
import { toSubmission, verdictRequestSchema } from '../../service/contracts/verdict-request.ts'

const least = { envelope: { from: 'alice@example.org', to: ['bob@Example.NET'] }, raw: 'aGk=' }
const caller = { caller: 'tok_1', trusted: true, submissionId: 's1', now: 1_000 }

test('the least request becomes a submission of now, from nobody known', () => {
  const submission = toSubmission(verdictRequestSchema.parse(least), caller)

  assert.deepEqual(
    { ...submission, raw: [...submission.raw] },
    {
      id: 's1',
      requestId: null,
      caller: 'tok_1',
      receivedAt: 1_000,
      sender: null,
      client: { ip: null, helo: null, port: null, tls: null },
      auth: null,
      envelope: { mailFrom: 'alice@example.org', rcptTo: ['bob@example.net'] },
      raw: [104, 105],
      sizeBytes: 2,
      learn: 'auto',
      explain: false
    }
  )
})

test('the whole request of the contract is understood', () => {
  const request = verdictRequestSchema.parse({
    ...least,
    id: 'key-1',
    receivedAt: '2026-11-22T09:15:00+01:00',
    sender: 'shop-42',
    client: {
      ip: '2001:db8::1',
      helo: 'laptop.local',
      port: 52_311,
      tls: { version: 'TLSv1.3', cipher: 'X' }
    },
    auth: { user: 'alice@example.org', method: 'PLAIN' },
    learn: 'never',
    explain: true
  })

  const submission = toSubmission(request, caller)

  assert.equal(submission.receivedAt, Date.UTC(2026, 10, 22, 8, 15))
  assert.deepEqual(submission.client, {
    ip: '2001:db8::1',
    helo: 'laptop.local',
    port: 52_311,
    tls: { version: 'TLSv1.3', cipher: 'X' }
  })
  assert.deepEqual(
    [submission.requestId, submission.sender, submission.learn, submission.explain],
    ['key-1', 'shop-42', 'never', true]
  )
})

test('a caller without a token teaches nothing and cannot move the clock', () => {
  const request = verdictRequestSchema.parse({ ...least, learn: 'auto', receivedAt: '2020-01-01T00:00:00Z' })

  const submission = toSubmission(request, { ...caller, trusted: false })

  assert.deepEqual([submission.learn, submission.receivedAt], ['never', 1_000])
})

test('an IPv4 client that a dual-stack listener shows as IPv6 is one client', () => {
  const request = verdictRequestSchema.parse({ ...least, client: { ip: '::FFFF:203.0.113.7' } })

  assert.equal(toSubmission(request, caller).client.ip, '203.0.113.7')
})

for (const from of ['', '<>', null]) {
  test(`${JSON.stringify(from)} is the null sender`, () => {
    const request = verdictRequestSchema.parse({ ...least, envelope: { ...least.envelope, from } })

    assert.equal(request.envelope.from, null)
  })
}

const refused: readonly (readonly [string, object, string])[] = [
  ['an unknown field', { ...least, extra: 1 }, ''],
  ['an unknown field deep inside', { ...least, client: { tls: { version: 'x', extra: 1 } } }, 'client.tls'],
  ['no envelope', { raw: 'aGk=' }, 'envelope'],
  ['no recipient', { ...least, envelope: { from: 'a@b.c', to: [] } }, 'envelope.to'],
  [
    'ten thousand and one recipients',
    { ...least, envelope: { from: 'a@b.c', to: Array(10_001).fill('a@b.c') } },
    'envelope.to'
  ],
  [
    'a recipient that is none',
    { ...least, envelope: { from: 'a@b.c', to: ['a@b.c', 'b'] } },
    'envelope.to.1'
  ],
  [
    'two recipients in one text',
    { ...least, envelope: { from: 'a@b.c', to: ['a@b.c,d@e.f'] } },
    'envelope.to.0'
  ],
  [
    'a header injection in an address',
    { ...least, envelope: { from: 'a@b.c\r\nBcc: x@y.z', to: ['a@b.c'] } },
    'envelope.from'
  ],
  ['an id beyond 128 characters', { ...least, id: 'x'.repeat(129) }, 'id'],
  ['an id with a line break', { ...least, id: 'x\ny' }, 'id'],
  ['a day without a time', { ...least, receivedAt: '2026-11-22' }, 'receivedAt'],
  ['a time before mail', { ...least, receivedAt: '0001-01-01T00:00:00Z' }, 'receivedAt'],
  ['a time without a zone', { ...least, receivedAt: '2026-11-22T08:15:00' }, 'receivedAt'],
  ['a host name as address of the client', { ...least, client: { ip: 'localhost' } }, 'client.ip'],
  ['a port beyond 65535', { ...least, client: { port: 65_536 } }, 'client.port'],
  ['an empty user', { ...least, auth: { user: '' } }, 'auth.user'],
  ['another way to learn', { ...least, learn: 'always' }, 'learn'],
  ['base64 with line breaks', { ...least, raw: 'aGk=\n' }, 'raw'],
  ['base64url', { ...least, raw: 'a-_=' }, 'raw'],
  ['base64 without padding', { ...least, raw: 'aGk' }, 'raw']
]

for (const [sentence, body, path] of refused) {
  test(`${sentence} is refused`, () => {
    const { error } = verdictRequestSchema.safeParse(body)

    assert.equal(error?.issues[0]?.path.join('.'), path)
  })
}

test('strict base64 reads what encoders write, and nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      assert.deepEqual(decodeStrictBase64(Buffer.from(bytes).toString('base64')), Buffer.from(bytes))
    })
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = decodeStrictBase64(text)
      assert.ok(bytes === undefined || Buffer.from(bytes).toString('base64') === text)
    }),
    { numRuns: 1_000 }
  )
})

test('bits that padding leaves over have to be zero', () => {
  assert.deepEqual(decodeStrictBase64('QQ=='), Buffer.from('A'))
  assert.equal(decodeStrictBase64('QR=='), undefined)
})

test('header fields make the same request as JSON', () => {
  const fields = [
    ['X-Sluice-From', 'alice@example.org'],
    ['X-Sluice-Rcpt', 'bob@example.net, carol@example.net'],
    ['x-sluice-rcpt', 'dave@example.net'],
    ['X-Sluice-User', 'alice'],
    ['X-Sluice-Client-IP', '203.0.113.7'],
    ['X-Sluice-Helo', 'laptop'],
    ['X-Sluice-Received-At', '2026-11-22T08:15:00Z'],
    ['X-Sluice-Learn', 'never'],
    ['X-Sluice-Id', 'k'],
    ['Content-Type', 'message/rfc822']
  ].flat()

  const request = fromHeaders(verdictHeadersSchema.parse(readVerdictHeaders(fields)), Buffer.from('hi'))
  const same = verdictRequestSchema.parse({
    id: 'k',
    receivedAt: '2026-11-22T08:15:00Z',
    client: { ip: '203.0.113.7', helo: 'laptop' },
    auth: { user: 'alice' },
    envelope: { from: 'alice@example.org', to: ['bob@example.net', 'carol@example.net', 'dave@example.net'] },
    raw: 'aGk=',
    learn: 'never'
  })

  assert.deepEqual(toSubmission(request, caller), toSubmission(same, caller))
})

test('addresses in header fields are UTF-8', () => {
  const bytes = Buffer.from('jürgen@example.org').toString('latin1')

  const read = readVerdictHeaders(['X-Sluice-From', bytes, 'X-Sluice-Rcpt', bytes])

  assert.equal(verdictHeadersSchema.parse(read)['x-sluice-from'], 'jürgen@example.org')
})

for (const [sentence, fields] of [
  ['an unknown field of ours', ['X-Sluice-From', 'a@b.c', 'X-Sluice-Rcpt', 'a@b.c', 'X-Sluice-Foo', '1']],
  ['no recipient', ['X-Sluice-From', 'a@b.c']],
  ['no sender', ['X-Sluice-Rcpt', 'a@b.c']],
  [
    'two users',
    ['X-Sluice-From', 'a@b.c', 'X-Sluice-Rcpt', 'a@b.c', 'X-Sluice-User', 'a', 'X-Sluice-User', 'b']
  ]
] as const) {
  test(`${sentence} among the header fields is refused`, () => {
    assert.equal(verdictHeadersSchema.safeParse(readVerdictHeaders(fields)).success, false)
  })
}
