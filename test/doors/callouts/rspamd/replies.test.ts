import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { answered, mail, openRspamd } from './open-rspamd.ts'

const reasons = [
  { code: 'CLIENT_NETWORK_NEW', message: 'First message from AS14061', contribution: 1.84, evidence: {} }
] as const
const verdicts = { alice: 'allow', mallory: 'hold', spam: 'block' } as const

const { post, say } = await openRspamd(
  { after },
  {
    ask: async ({ user }) =>
      answered(
        user === 'mallory' || user === 'spam' ? verdicts[user] : 'allow',
        { score: 2.3, reasons },
        { kind: 'rspamd' }
      )
  }
)

test('/checkv2 says action, score, symbols, labels and what the client is to read', async () => {
  const { status, json, headers } = await post('/checkv2', [['User', 'mallory']])
  assert.deepEqual(
    [status, headers['content-type'], headers['content-encoding']],
    [200, 'application/json', undefined]
  )
  assert.deepEqual(json, {
    is_skipped: false,
    score: 6,
    required_score: 15,
    action: 'quarantine',
    thresholds: { reject: 15, 'add header': 6 },
    symbols: {
      SLUICE_VERDICT: {
        name: 'SLUICE_VERDICT',
        score: 4.25,
        metric_score: 4.25,
        description: 'Sluice says hold, at a risk of 0.90',
        options: ['verdict-1']
      },
      CLIENT_NETWORK_NEW: {
        name: 'CLIENT_NETWORK_NEW',
        score: 1.75,
        metric_score: 1.75,
        description: 'First message from AS14061',
        options: []
      }
    },
    messages: { smtp_message: 'Held for review (verdict verdict-1)' },
    'message-id': 'm1@example.org',
    time_real: 0,
    milter: {
      reject: 'reject',
      remove_headers: { 'X-Sluice-Verdict': 0, 'X-Sluice-Priority': 0, 'X-Sluice-Id': 0 },
      add_headers: {
        'X-Sluice-Verdict': { value: 'hold', order: 0 },
        'X-Sluice-Priority': { value: 'normal (0)', order: 0 },
        'X-Sluice-Id': { value: 'verdict-1', order: 0 }
      }
    }
  })
})

for (const path of [
  '/check',
  '/symbols',
  '/scan',
  '/process',
  '/report',
  '/report_ifspam',
  '/CHECK?from=a@example.org'
]) {
  test(`${path} answers in the old format`, async () => {
    const { json } = await post(path, [['User', 'spam']])
    const { action, is_spam: isSpam, score, SLUICE_VERDICT: symbol } = json.default
    assert.deepEqual([action, isSpam, score, symbol.score], ['reject', true, 15, 13.25])
    assert.equal(json.messages.smtp_message, 'Message refused (verdict verdict-1)')
  })
}

test('/ping, /stat, /skip, /healthy and /ready answer to any method', async () => {
  const { bytes } = await post('/ping', [], '')
  assert.equal(bytes.toString(), 'pong\r\n')
  assert.equal((await post('/skip')).json.is_skipped, true)
  assert.deepEqual((await post('/healthy')).json, { success: true })
  assert.deepEqual((await post('/ready')).json, { success: true })
  const { scanned, actions } = (await post('/stat')).json
  assert.equal(
    scanned,
    Object.values<number>(actions).reduce((sum, count) => sum + count, 0)
  )
  assert.match(await say('GET /ping HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\npong\r\n$/su)
})

test('rspamd’s proxy sends the message with GET', async () => {
  const said = await say(
    `GET /checkv2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser: spam\r\nContent-Length: ${mail.length}\r\n\r\n${mail}`
  )
  assert.match(said, /"action":"reject"/u)
})

const form = (metadata: string, message: string, more = ''): string =>
  [
    '',
    '--b 1',
    'Content-Disposition: form-data; name="metadata"',
    'Content-Type: application/json',
    '',
    metadata,
    '--b 1',
    `Content-Disposition: form-data; name="message"; filename="m"${more}`,
    '',
    message,
    '--b 1--',
    ''
  ].join('\r\n')
const contentType = ['Content-Type', 'multipart/form-data; boundary="b 1"'] as const

test('/checkv3 takes metadata and message of a form, and answers in parts', async (t) => {
  const { post: postV3, asked } = await openRspamd(t)
  const metadata = {
    from: 'alice@example.org',
    rcpt: ['"x, y"@example.net'],
    user: 'alice',
    ip: '203.0.113.7',
    queue_id: 'Q1',
    flags: ['milter'],
    mta: { name: 'mx' },
    tls: { cipher: 'AES', version: 'TLSv1.3' },
    settings_id: 's',
    unknown: {}
  }
  const { status, headers, bytes } = await postV3(
    '/checkv3',
    [contentType, ['User', 'somebody-else'], ['Password', 'secret']],
    form(JSON.stringify(metadata), mail)
  )
  assert.equal(status, 200, bytes.toString())
  const [question] = asked
  assert.ok(question !== undefined)
  const { user, rcptTo, queueId, client, introduction, raw } = question
  assert.deepEqual([user, rcptTo, queueId], ['alice', ['"x, y"@example.net'], 'Q1'])
  assert.deepEqual([client.ip, client.tls?.cipher], ['203.0.113.7', 'AES'])
  assert.deepEqual(introduction, {
    settingsId: 's',
    userAgent: null,
    password: 'secret',
    kind: 'rspamd-proxy'
  })
  assert.equal(raw?.toString(), mail)
  assert.match(headers['content-type'] ?? '', /^multipart\/mixed; boundary="/u)
  const [, result = ''] =
    /name="result"\r\nContent-Type: application\/json\r\n\r\n(.*)\r\n--/su.exec(bytes.toString()) ?? []
  assert.equal(JSON.parse(result).action, 'no action')
})

for (const { name, body, type = contentType[1] } of [
  { name: 'no form', body: mail },
  { name: 'no boundary', body: form('{}', mail), type: 'multipart/form-data' },
  { name: 'a form cut short', body: form('{}', mail).slice(0, -10) },
  { name: 'metadata that is no JSON', body: form('{', mail) },
  { name: 'metadata of the wrong shape', body: form('{"rcpt":{"a":1}}', mail) },
  { name: 'a file of our machine', body: form('{"file":"/etc/passwd"}', mail) },
  {
    name: 'three parts',
    body: form('{}', mail).replace(
      '--b 1--',
      '--b 1\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n--b 1--'
    )
  },
  { name: 'no message', body: form('{}', mail).replace('"message"', '"massage"') },
  { name: 'a broken packed message', body: form('{}', mail, '\r\nContent-Encoding: zstd') }
]) {
  test(`/checkv3 with ${name} is refused, and its memory is given back`, async (t) => {
    const { post: postV3, asked, budget } = await openRspamd(t)
    const { status, json } = await postV3('/checkv3', [['Content-Type', type]], body)
    assert.ok(status >= 500 && typeof json.error === 'string', name)
    assert.equal(asked.length, 0)
    assert.ok(budget.take(1_000_000))
  })
}
