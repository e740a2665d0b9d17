import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { bearer, client, openHooks, type OpenHooks, type OpenHooksOptions } from '../open-hooks.ts'
import { base64, hook, mail, register, secret, type HookClient } from './hook-mail.ts'

interface Open {
  readonly hooks: OpenHooks
  readonly mx: HookClient
}

async function open(
  t: TestContext,
  profile: Parameters<typeof client>[1] = {},
  options: OpenHooksOptions = {}
): Promise<Open> {
  const hooks = await openHooks(t, { clients: [client('mta-hooks', profile)], ...options })
  return { hooks, mx: await register(hooks.app) }
}

const label = (name: string, value: string) => ({ path: '/message/headers', value: { name, value } })

test('a message is judged with all that the mail server tells of it', async (t) => {
  const { hooks, mx } = await open(t)
  await mx.post(
    hook({
      auth: { login: 'alice', method: 'PLAIN' },
      tls: { version: 'TLSv1.3', cipher: null, cipherBits: 256 }
    })
  )
  const [question] = hooks.questions
  assert.ok(question)
  const { introduction, raw, ...shown } = question
  assert.deepEqual(shown, {
    protocol: 'mta-hooks',
    peer: '127.0.0.1',
    client: {
      ip: '203.0.113.7',
      helo: 'laptop.local',
      port: 52311,
      tls: { version: 'TLSv1.3', cipher: null }
    },
    user: 'alice',
    authMethod: 'PLAIN',
    mailFrom: 'alice@example.org',
    rcptTo: ['bob@example.net'],
    queueId: '4XyZ12',
    sizeBytes: mail.length
  })
  assert.equal(Buffer.from(raw ?? []).toString(), mail)
  assert.equal(introduction.password, secret)
})

test('where there is no queue id yet, the request id names the message: a mail server that asks again is recognised', async (t) => {
  const { hooks, mx } = await open(t)
  await mx.post(hook({ queue: null }), { 'x-mta-hooks-request-id': 'abc-1' })
  await mx.post(hook({ queue: null }), { 'x-mta-hooks-request-id': 'abc-1' })
  assert.deepEqual(
    hooks.submissions.map(({ requestId, requestKind }) => [requestId, requestKind]),
    [
      ['request-abc-1', 'queue'],
      ['request-abc-1', 'queue']
    ]
  )
})

test('an allowed message gets the labels, and nothing else is changed', async (t) => {
  const { mx } = await open(t)
  const response = await mx.post(hook())
  assert.equal(response.statusCode, 200)
  assert.match(String(response.headers['content-type']), /^application\/json/u)
  assert.deepEqual(response.json(), {
    add: [
      label('X-Sluice-Verdict', 'allow'),
      label('X-Sluice-Priority', 'normal (0)'),
      label('X-Sluice-Id', 'verdict-1')
    ]
  })
})

test('where there are no labels, 204 says that nothing is to be changed', async (t) => {
  const { mx } = await open(t, { labels: false })
  const response = await mx.post(hook())
  assert.deepEqual([response.statusCode, response.body], [204, ''])
})

test('a held message is quarantined', async (t) => {
  const { hooks, mx } = await open(t)
  hooks.says = 'hold'
  const { set, add } = (await mx.post(hook())).json()
  assert.deepEqual(set, [{ path: '/action', value: 'quarantine' }])
  assert.equal(add[0].value.value, 'hold')
})

const refusals = [
  ['block', 'quarantine', 550, '5.7.1'],
  ['hold', 'tempfail', 451, '4.7.1'],
  ['hold', 'reject', 550, '5.7.1'],
  ['hold', 'route', 451, '4.7.1']
] as const

for (const [says, hold, code, enhancedCode] of refusals)
  test(`${says} is told as ${code} to a client that holds by ${hold}`, async (t) => {
    const { hooks, mx } = await open(t, { hold })
    hooks.says = says
    const { set, add } = (await mx.post(hook())).json()
    assert.deepEqual(set[0], { path: '/action', value: 'reject' })
    assert.deepEqual(
      [set[1].path, set[1].value.code, set[1].value.enhancedCode, add],
      ['/response', code, enhancedCode, undefined]
    )
  })

const planned = [
  ['quarantine', 'hold', undefined],
  ['quarantine', 'block', 'reject'],
  ['reject', 'hold', undefined],
  ['reject', 'block', undefined],
  ['discard', 'block', undefined],
  ['disconnect', 'hold', undefined]
] as const

for (const [action, says, set] of planned)
  test(`what others have decided is never made milder: ${action} and our ${says}`, async (t) => {
    const { hooks, mx } = await open(t, { labels: false })
    hooks.says = says
    const response = await mx.post(hook({ action }))
    assert.equal(response.statusCode === 204 ? undefined : response.json().set[0].value, set)
  })

test('labels that a message brings along are taken out by their place, the last first', async (t) => {
  const { mx } = await open(t, { labels: false })
  const forged = [
    'Received: one\r\n folded\r\n\tX-Sluice-Id: in a fold\r\n',
    'X-Sluice-Verdict: allow\r\n',
    'Subject: x\r\n',
    'x-sluice-id \t: 1\r\n',
    'X-Sluice-Ideas: none of ours\r\n',
    '\r\nX-Sluice-Verdict: in the body\r\n'
  ].join('')
  const response = await mx.post(hook({ rawMessage: base64(forged) }))
  assert.deepEqual(response.json(), {
    delete: [{ path: '/message/headers/3' }, { path: '/message/headers/1' }]
  })
})

for (const [what, fields] of [
  ['forged labels', 'X-Sluice-Id: 1\n'.repeat(2_000)],
  ['header fields', 'a:\n'.repeat(30_000)]
] as const)
  test(`a message with more ${what} than anybody would look through is refused`, async (t) => {
    const { mx } = await open(t)
    const response = await mx.post(hook({ rawMessage: base64(`${fields}\nx`) }))
    assert.deepEqual(response.json().set[1].value, {
      code: 550,
      enhancedCode: '5.6.0',
      message: 'Message has too many header fields'
    })
  })

for (const stage of ['connect', 'ehlo', 'rcpt', 'delivery', 'defer', 'dsn', 'route', 'a stage to come'])
  test(`at the stage ${stage} nothing is changed, and nothing judged`, async (t) => {
    const { hooks, mx } = await open(t)
    const to = [{ address: 'bob@example.net', status: 'failed', lastResponse: { code: 550 } }]
    const response = await mx.post({
      stage,
      action: 'continue',
      envelope: { to },
      queue: { id: '1', attempts: 3 }
    })
    assert.deepEqual([response.statusCode, hooks.questions.length], [204, 0])
  })

for (const says of ['overloaded', 'broken', 'silent'] as const)
  test(`when the scorer is ${says}, the client's own setting decides`, async (t) => {
    const lenient = await open(t, { onFailure: 'open' })
    const strict = await open(t, { onFailure: 'closed' })
    lenient.hooks.says = says
    strict.hooks.says = says
    assert.equal((await lenient.mx.post(hook())).statusCode, 204)
    assert.equal((await strict.mx.post(hook())).json().set[1].value.code, 451)
  })

test('of a message beyond the limit, and of one that is not shown, only the envelope is judged', async (t) => {
  const { hooks, mx } = await open(t, {}, { maxMessageBytes: 50 })
  await mx.post(hook())
  await mx.post(hook({ rawMessage: null }))
  assert.deepEqual(
    hooks.questions.map(({ raw, sizeBytes }) => [raw, sizeBytes]),
    [
      [null, mail.length],
      [null, 0]
    ]
  )
})

const wrong = [
  ['no stage', { stage: undefined }, {}],
  ['no recipients', { envelope: { from: { address: null }, to: [] } }, {}],
  ['an action that is none', { action: 'deliver' }, {}],
  ['base64 with a line break', { rawMessage: 'QUJD\r\nQUJD' }, {}],
  ['base64 that is cut off', { rawMessage: 'QUJDR' }, {}],
  ['base64 of another alphabet', { rawMessage: '_-_-' }, {}],
  ['no request id', {}, { 'x-mta-hooks-request-id': '' }],
  ['a request id that is none', {}, { 'x-mta-hooks-request-id': 'a b' }]
] as const

for (const [what, given, headers] of wrong)
  test(`${what} is refused, and judged by nobody`, async (t) => {
    const { hooks, mx } = await open(t)
    const response = await mx.post(hook(given), headers)
    assert.deepEqual([response.statusCode, response.json().error.code], [400, 'INVALID_REQUEST'])
    assert.equal(hooks.questions.length, 0)
  })

test('whatever is no hook is answered as this protocol does', async (t) => {
  const { hooks, mx } = await open(t)
  const headers = { ...bearer(secret), 'x-mta-hooks-registration': mx.id, 'x-mta-hooks-request-id': '1' }
  const post = async (type: string, payload: string | Buffer) => {
    const url = '/callouts/mta-hooks/hook'
    const response = await hooks.app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': type },
      payload
    })
    return [response.statusCode, response.json().error.code]
  }
  assert.deepEqual(await post('application/json', '{"stage":'), [400, 'INVALID_REQUEST'])
  assert.deepEqual(await post('application/json', ''), [400, 'INVALID_REQUEST'])
  assert.deepEqual(await post('application/json', '{"__proto__":{}}'), [400, 'INVALID_REQUEST'])
  assert.deepEqual(await post('application/json', '[['.repeat(60_000)), [400, 'INVALID_REQUEST'])
  assert.deepEqual(await post('application/cbor', Buffer.from([0xa0])), [422, 'UNSUPPORTED_SERIALIZATION'])
  assert.deepEqual(await post('application/json', ' '.repeat(300_000)), [413, 'REQUEST_TOO_LARGE'])
  assert.equal(hooks.questions.length, 0)
})

test('a fault of ours is 503, worth another try, without a word about its inside, and is logged', async (t) => {
  const logged: string[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (event: string) => void logged.push(event) }
  const { hooks, mx } = await open(t, {}, { log })
  hooks.questions.push = () => {
    throw new Error('secret detail')
  }
  const response = await mx.post(hook())
  assert.deepEqual(
    [response.statusCode, response.json().error.code, response.headers['retry-after'], logged],
    [503, 'SCANNER_UNAVAILABLE', '1', ['callouts.hook_failed']]
  )
  assert.ok(!response.body.includes('secret'))
})
