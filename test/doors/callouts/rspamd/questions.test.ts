import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { CalloutRequest } from '../../../../service/doors/callouts/asking/callout-request.ts'
import { openRspamd, type Field } from './open-rspamd.ts'

const { post, asked } = await openRspamd({ after })

async function ask(fields: readonly Field[], path = '/checkv2'): Promise<CalloutRequest> {
  asked.length = 0
  const { status, bytes } = await post(path, fields)
  assert.equal(status, 200, bytes.toString())
  const [question] = asked
  assert.ok(question !== undefined && asked.length === 1)
  return question
}

test('the header fields become the question', async () => {
  const question = await ask([
    ['From', '<alice@example.org>'],
    ['Rcpt', '<bob@example.net>'],
    ['Rcpt', '<carol@example.net>'],
    ['User', 'alice'],
    ['IP', '203.0.113.7'],
    ['Helo', 'laptop.local'],
    ['Queue-ID', '4XyZ12'],
    ['Settings-ID', 'outbound'],
    ['Password', 'secret'],
    ['User-Agent', 'rspamc'],
    ['TLS-Version', 'TLSv1.3'],
    ['TLS-Cipher', 'TLS_AES_256_GCM_SHA384'],
    ['Pass', 'all'],
    ['Raw', 'yes'],
    ['Settings', '{"groups_enabled":[]}'],
    ['Flags', 'body_block,skip']
  ])
  assert.equal(question.raw?.length, question.sizeBytes)
  assert.deepEqual(
    { ...question, raw: null, sizeBytes: 0 },
    {
      protocol: 'rspamd',
      peer: '127.0.0.1',
      introduction: { settingsId: 'outbound', userAgent: 'rspamc', password: 'secret', kind: null },
      client: {
        ip: '203.0.113.7',
        helo: 'laptop.local',
        port: null,
        tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' }
      },
      user: 'alice',
      authMethod: null,
      mailFrom: '<alice@example.org>',
      rcptTo: ['<bob@example.net>', '<carol@example.net>'],
      queueId: '4XyZ12',
      raw: null,
      sizeBytes: 0
    }
  )
})

test('query parameters are fields as well', async () => {
  const { mailFrom, rcptTo } = await ask(
    [],
    '/checkv2?from=alice%40example.org&rcpt=b@example.net&rcpt=c@example.net'
  )
  assert.deepEqual([mailFrom, rcptTo], ['alice@example.org', ['b@example.net', 'c@example.net']])
})

for (const { name, fields, rcptTo } of [
  {
    name: 'several in one field',
    fields: [['Rcpt', 'a@example.net, b@example.net,,c@example.net ']],
    rcptTo: ['a@example.net', 'b@example.net', 'c@example.net']
  },
  {
    name: 'commas and quotes within a local part',
    fields: [['Rcpt', '"x, \\" y"@example.net,<"a,b"@example.net>']],
    rcptTo: ['"x, \\" y"@example.net', '<"a,b"@example.net>']
  },
  {
    name: 'a quote that never ends',
    fields: [['Rcpt', 'a@example.net, "b, c@example.net']],
    rcptTo: ['a@example.net', '"b, c@example.net']
  },
  {
    name: 'a quoted pair cut short',
    fields: [['Rcpt', 'a@example.net, "b\\']],
    rcptTo: ['a@example.net', '"b\\']
  },
  {
    name: 'the same twice',
    fields: [
      ['Rcpt', 'a@example.net'],
      ['Rcpt', 'a@example.net']
    ],
    rcptTo: ['a@example.net']
  },
  {
    name: 'only Deliver-To',
    fields: [
      ['Deliver-To', 'a@example.net'],
      ['Deliver-To', 'b@example.net']
    ],
    rcptTo: ['a@example.net', 'b@example.net']
  },
  {
    name: 'Rcpt before Deliver-To',
    fields: [
      ['Deliver-To', 'a'],
      ['Rcpt', 'a@example.net']
    ],
    rcptTo: ['a@example.net']
  },
  { name: 'none', fields: [], rcptTo: [] },
  {
    name: 'UTF-8',
    fields: [['Rcpt', Buffer.from('jürgen@example.net').toString('latin1')]],
    rcptTo: ['jürgen@example.net']
  }
] satisfies readonly { name: string; fields: readonly Field[]; rcptTo: readonly string[] }[]) {
  test(`recipients: ${name}`, async () => assert.deepEqual((await ask(fields)).rcptTo, rcptTo))
}

test('two thousand recipients all count', async () => {
  const fields = Array.from({ length: 2_500 }, (_, at): Field => ['Rcpt', `user${at}@example.net`])
  assert.equal((await ask(fields)).rcptTo.length, 2_500)
})

for (const [given, ip] of [
  ['192.0.2.7:8080', '192.0.2.7'],
  ['[2001:db8::7]:25', '2001:db8::7'],
  ['IPv6:2001:db8::7', '2001:db8::7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['', null],
  ['unknown', null],
  ['999.1.1.1', null]
] as const) {
  test(`the address ${given} is ${ip}`, async () => assert.equal((await ask([['IP', given]])).client.ip, ip))
}

test('empty fields are unknown, not empty', async () => {
  const { user, queueId, client, mailFrom } = await ask([
    ['User', ''],
    ['Queue-Id', ''],
    ['Helo', ''],
    ['From', '<>']
  ])
  assert.deepEqual([user, queueId, client.helo, mailFrom], [null, null, null, '<>'])
})

for (const { kind, fields } of [
  {
    kind: 'rspamd-proxy',
    fields: [
      ['Flags', 'milter,body_block'],
      ['MTA-Name', 'smtpd'],
      ['User-Agent', 'Postfix 3.7']
    ]
  },
  { kind: null, fields: [['Flags', 'milter']] },
  {
    kind: 'haraka',
    fields: [
      ['Queue-Id', '6D6B2C21-3F0B-4E4B-9F4E-2E5A0A2D8E11.1'],
      ['Flags', 'milter']
    ]
  },
  {
    kind: 'postal',
    fields: [
      ['User', ''],
      ['IP', '']
    ]
  },
  { kind: 'postal', fields: [['User-Agent', 'Postal']] },
  { kind: 'zonemta', fields: [['User-Agent', 'nodemailer-fetch/2.1.0']] },
  { kind: 'kumomta', fields: [['User-Agent', 'KumoMTA 2026.01']] },
  { kind: 'opensmtpd', fields: [['User-Agent', 'Go-http-client/1.1']] },
  { kind: null, fields: [['User-Agent', 'rspamc']] }
] satisfies readonly { kind: string | null; fields: readonly Field[] }[]) {
  test(`${JSON.stringify(fields)} comes from ${kind ?? 'whatever speaks it'}`, async () =>
    assert.equal((await ask(fields)).introduction.kind, kind))
}

for (const field of ['File', 'Path', 'Shm', 'Shm-Offset', 'Shm-Length', 'Key', 'Dictionary']) {
  test(`${field} is refused, in a header and in the query`, async () => {
    asked.length = 0
    for (const { status, json } of [
      await post('/checkv2', [[field, '/etc/passwd']]),
      await post(`/check?${field.toLowerCase()}=x`)
    ])
      assert.deepEqual(
        [status, json],
        [500, { error: `${field} is not supported, send the message itself`, error_domain: 'protocol-error' }]
      )
    assert.equal(asked.length, 0)
  })
}

for (const field of ['From', 'User', 'IP', 'Queue-Id', 'Password']) {
  test(`two different ${field} are refused, as one of them would be a guess; the same twice is not`, async () => {
    const { status, json } = await post('/checkv2', [
      [field, '192.0.2.1'],
      [field, '192.0.2.2']
    ])
    assert.deepEqual([status, json.error_domain], [500, 'protocol-error'])
    await ask([
      [field, '192.0.2.1'],
      [field, '192.0.2.1']
    ])
  })
}

test('what rspamd does not know either is an invalid command', async () => {
  for (const path of ['/', '/nonsense', '/metrics', '/checkv2/more', '/__proto__', '/constructor', '//[']) {
    const { status, json } = await post(path)
    assert.deepEqual([path, status, json.error_domain], [path, 500, 'protocol-error'])
  }
})
