import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verdictAnswerSchema } from '../../../../service/contracts/verdict-answer.ts'
import { message, openHouse, start } from '../../../scoring/house.ts'
import { bearer, openApi, problemOf, verdictRequest } from '../open-api.ts'

const url = '/v1/verdicts'

test('a message posted as JSON is answered with the verdict of the contract', async (t) => {
  const { app, secretFor } = await openApi(t)
  const headers = bearer(await secretFor('score'))

  const response = await app.inject({
    method: 'POST',
    url,
    headers,
    payload: { ...verdictRequest(), id: 'k-1' }
  })

  assert.equal(response.statusCode, 200)
  const answer = verdictAnswerSchema.strict().parse(response.json())
  assert.deepEqual(
    [answer.verdict, answer.submissionId, answer.sender.id],
    ['allow', 'k-1', 'alice@example.org']
  )
})

test('a message posted as message/rfc822 is answered alike', async (t) => {
  const { app, secretFor } = await openApi(t)
  const headers = {
    ...bearer(await secretFor('score')),
    'content-type': 'message/rfc822',
    'x-sluice-from': 'alice@example.org',
    'x-sluice-rcpt': 'bob@example.net',
    'x-sluice-user': 'alice@example.org',
    'x-sluice-id': 'k-1'
  }

  const payload = Buffer.from(message({ to: ['bob@example.net'] }))
  const asBytes = await app.inject({ method: 'POST', url, headers, payload })
  const asJson = await app.inject({
    method: 'POST',
    url,
    headers: bearer(await secretFor('score')),
    payload: verdictRequest()
  })

  assert.equal(asBytes.statusCode, 200)
  assert.equal(asBytes.json().submissionId, 'k-1')
  assert.deepEqual(asBytes.json().scores, asJson.json().scores)
})

test('with a token a message teaches; on loopback without one it does not', async (t) => {
  const { app, house, secretFor } = await openApi(t)
  const seen = (): number =>
    house.senders.snapshot(house.senders.keyOf('alice@example.org'), start).profile.messagesSeen
  const open = await app.inject({ method: 'POST', url, payload: verdictRequest() })
  assert.deepEqual([open.statusCode, seen()], [200, 0])

  const headers = bearer(await secretFor('score'))
  await app.inject({ method: 'POST', url, headers, payload: verdictRequest() })

  assert.equal(seen(), 1)
})

test('once a token was made, loopback needs one too', async (t) => {
  const { app, secretFor } = await openApi(t)
  await secretFor('score')

  const response = await app.inject({ method: 'POST', url, payload: verdictRequest() })

  assert.deepEqual(problemOf(response).code, 'TOKEN_MISSING')
  assert.equal(response.headers['www-authenticate'], 'Bearer realm="sluice"')
})

for (const [sentence, from] of [
  ['from another machine', { remoteAddress: '203.0.113.9' }],
  ['forwarded by a proxy on this machine', { headers: { 'x-forwarded-for': '203.0.113.9' } }]
] as const) {
  test(`a request ${sentence} needs a token`, async (t) => {
    const { app } = await openApi(t)

    const response = await app.inject({ method: 'POST', url, payload: verdictRequest(), ...from })

    assert.equal(problemOf(response).code, 'TOKEN_MISSING')
  })
}

test('a token without the scope is refused with 403, an unknown one with 401', async (t) => {
  const { app, secretFor } = await openApi(t)
  const post = async (secret: string) =>
    problemOf(await app.inject({ method: 'POST', url, headers: bearer(secret), payload: verdictRequest() }))

  assert.equal((await post(await secretFor('feedback'))).code, 'SCOPE_MISSING')
  assert.equal((await post('slc_guess')).code, 'TOKEN_INVALID')
})

test('receivedAt is honoured for a token, and not further than now', async (t) => {
  const { app, house, secretFor } = await openApi(t)
  const headers = bearer(await secretFor('score'))
  const post = (receivedAt: string) =>
    app.inject({ method: 'POST', url, headers, payload: { ...verdictRequest(), receivedAt } })

  assert.equal((await post('2026-11-01T00:00:00Z')).statusCode, 200)
  assert.equal(house.senders.usage(house.senders.keyOf('alice@example.org'), start).messagesLastDay, 0)
  const response = await post('2026-11-23T00:00:00Z')

  assert.deepEqual(problemOf(response).errors, [
    { path: 'receivedAt', message: 'must not lie in the future' }
  ])
})

test('an id used for another message is 409 ID_REUSED', async (t) => {
  const { app, secretFor } = await openApi(t)
  const headers = bearer(await secretFor('score'))
  const post = (to: string) =>
    app.inject({
      method: 'POST',
      url,
      headers,
      payload: { ...verdictRequest(), id: 'k', envelope: { from: 'alice@example.org', to: [to] } }
    })
  await post('bob@example.net')

  const response = await post('carol@example.net')

  assert.deepEqual([response.statusCode, problemOf(response).code], [409, 'ID_REUSED'])
})

test('too much work is 503 with Retry-After', async (t) => {
  const { app } = await openApi(t, { house: openHouse({ maxPending: 0 }) })

  const response = await app.inject({ method: 'POST', url, payload: verdictRequest() })

  assert.deepEqual(
    [response.statusCode, problemOf(response).code, response.headers['retry-after']],
    [503, 'OVERLOADED', '1']
  )
})

test('a message that cannot be read is answered with a hold, not with an error', async (t) => {
  const { app } = await openApi(t)

  const response = await app.inject({ method: 'POST', url, payload: { ...verdictRequest(), raw: '' } })

  assert.deepEqual([response.statusCode, response.json().verdict], [200, 'hold'])
  assert.equal(response.json().reasons[0].code, 'MESSAGE_UNREADABLE')
})

const json = { 'content-type': 'application/json' }
const faults: readonly (readonly [
  string,
  { headers?: Record<string, string>; payload: string | object },
  number,
  string,
  string?
])[] = [
  ['malformed JSON', { headers: json, payload: '{"raw":' }, 400, 'BODY_MALFORMED'],
  ['no body', { headers: json, payload: '' }, 400, 'BODY_MALFORMED'],
  ['a poisoned prototype', { headers: json, payload: '{"__proto__":{"a":1}}' }, 400, 'BODY_MALFORMED'],
  ['an array', { headers: json, payload: '[]' }, 400, 'REQUEST_INVALID'],
  ['an unknown field', { payload: { ...verdictRequest(), extra: 1 } }, 400, 'REQUEST_INVALID', 'extra'],
  [
    'an unknown field deep inside',
    { payload: { ...verdictRequest(), client: { tls: { version: '1', x: 1 } } } },
    400,
    'REQUEST_INVALID',
    'client.tls.x'
  ],
  [
    'a wrong recipient',
    { payload: { ...verdictRequest(), envelope: { from: null, to: ['a@b.c', 'b'] } } },
    400,
    'REQUEST_INVALID',
    'envelope.to[1]'
  ],
  ['wrong base64', { payload: { ...verdictRequest(), raw: 'a GVsbG8=' } }, 400, 'REQUEST_INVALID', 'raw'],
  [
    'a body beyond the limit',
    { payload: { ...verdictRequest(), raw: 'A'.repeat(200_000) } },
    413,
    'BODY_TOO_LARGE'
  ],
  [
    'another content type',
    { headers: { 'content-type': 'text/plain' }, payload: 'hi' },
    415,
    'MEDIA_TYPE_UNSUPPORTED'
  ],
  ['a body that is all brackets', { headers: json, payload: '['.repeat(60_000) }, 400, 'REQUEST_INVALID'],
  ['a body that is all commas', { headers: json, payload: '0,'.repeat(50_001) }, 400, 'REQUEST_INVALID'],
  [
    'a compressed body',
    { headers: { ...json, 'content-encoding': 'gzip' }, payload: 'x' },
    415,
    'MEDIA_TYPE_UNSUPPORTED'
  ],
  [
    'rfc822 without an envelope',
    { headers: { 'content-type': 'message/rfc822' }, payload: 'hi' },
    400,
    'REQUEST_INVALID',
    'x-sluice-from'
  ]
]

for (const [sentence, request, status, code, path] of faults) {
  test(`${sentence} is refused with ${status} ${code}`, async (t) => {
    const { app } = await openApi(t)

    const response = await app.inject({ method: 'POST', url, ...request })

    const problem = problemOf(response)
    assert.deepEqual([response.statusCode, problem.status, problem.code], [status, status, code])
    if (path !== undefined) assert.equal(problem.errors?.[0]?.path, path)
  })
}
