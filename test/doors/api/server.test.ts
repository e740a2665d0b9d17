import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { StorageError } from '../../../service/storage/storage-error.ts'
import type { ApiApp } from '../../../service/doors/api/api-app.ts'
import { bearer, openApi, problemOf, verdictRequest } from './open-api.ts'

test('an unknown path is 404, another method on a known one is 405 and says which are allowed', async (t) => {
  const { app } = await openApi(t)

  const unknown = await app.inject('/v2/verdicts')
  const other = await app.inject('/v1/verdicts')
  const deep = await app.inject({ method: 'PUT', url: '/v1/tokens/tok_1?x=1' })

  assert.deepEqual([unknown.statusCode, problemOf(unknown).code], [404, 'NOT_FOUND'])
  assert.deepEqual(
    [other.statusCode, problemOf(other).code, other.headers.allow],
    [405, 'METHOD_NOT_ALLOWED', 'POST']
  )
  assert.deepEqual([deep.statusCode, deep.headers.allow], [405, 'DELETE'])
})

test('a URL that cannot be decoded is a problem too', async (t) => {
  const { app } = await openApi(t)

  assert.equal(problemOf(await app.inject('/v1/%zz')).code, 'REQUEST_MALFORMED')
})

test('an error of ours is 500 without a word about its inside, and is logged', async (t) => {
  const logged: string[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (event: string) => void logged.push(event) }
  const { app } = await openApi(t, { log, score: () => Promise.reject(new Error('secret detail')) })

  const response = await app.inject({ method: 'POST', url: '/v1/verdicts', payload: verdictRequest() })

  assert.deepEqual(
    [response.statusCode, problemOf(response).code, logged],
    [500, 'INTERNAL', ['api.request_failed']]
  )
  assert.ok(!response.body.includes('secret'))
})

test('a store that cannot write is 503 UNAVAILABLE: nothing was accepted', async (t) => {
  const { app } = await openApi(t, { score: () => Promise.reject(new StorageError('STORAGE_FULL')) })

  const response = await app.inject({ method: 'POST', url: '/v1/verdicts', payload: verdictRequest() })

  assert.deepEqual(
    [response.statusCode, problemOf(response).code, response.headers['retry-after']],
    [503, 'UNAVAILABLE', '5']
  )
})

test('an admin makes, lists and revokes tokens over HTTP', async (t) => {
  const { app, tokens, secretFor } = await openApi(t)
  const headers = bearer(await secretFor('admin'))

  const made = await app.inject({
    method: 'POST',
    url: '/v1/tokens',
    headers,
    payload: { name: 'postfix', scopes: ['score'] }
  })
  const { id, secret } = made.json()
  const listed = await app.inject({ url: '/v1/tokens', headers })
  assert.equal(made.statusCode, 201)
  assert.ok(
    listed.json().items.some((token: { id: string }) => token.id === id) && !listed.body.includes(secret)
  )
  const revoked = await app.inject({ method: 'DELETE', url: `/v1/tokens/${id}`, headers })
  const again = await app.inject({ method: 'DELETE', url: `/v1/tokens/${id}`, headers })

  assert.deepEqual([revoked.statusCode, revoked.body, again.statusCode], [204, '', 404])
  assert.equal(tokens.verify(secret), undefined)
})

test('everything but scoring, health and documentation needs a token, also on loopback', async (t) => {
  const { app } = await openApi(t)

  for (const url of ['/v1/tokens', '/v1/models', '/metrics']) {
    assert.equal(problemOf(await app.inject(url)).code, 'TOKEN_MISSING', url)
  }
})

test('readiness names each dependency, and why it is not ready', async (t) => {
  const never = new Promise<null>(() => undefined)
  const checks = {
    storage: () => null,
    models: () => 'no takeover model',
    parser: () => never,
    disk: () => Promise.reject(new Error('gone'))
  }
  const { app } = await openApi(t, { checks })

  const response = await app.inject('/health/ready')

  assert.equal(response.statusCode, 503)
  assert.deepEqual(response.json().dependencies, {
    storage: { ready: true, reason: null },
    models: { ready: false, reason: 'no takeover model' },
    parser: { ready: false, reason: 'no answer within 50 ms' },
    disk: { ready: false, reason: 'gone' }
  })
  assert.deepEqual((await app.inject('/health/live')).json(), { status: 'live' })
})

test('a route that says no scope does not start', async (t) => {
  const routes = [(app: ApiApp) => void app.get('/open', () => 'x')]

  await assert.rejects(openApi(t, { routes }), { message: 'The route /open says no scope' })
})

test('the OpenAPI document describes both forms of the request, and who may send them', async (t) => {
  const { app } = await openApi(t)

  const { openapi, paths, components } = (await app.inject('/docs/json')).json()
  const { post } = paths['/v1/verdicts']

  assert.match(openapi, /^3\.1/u)
  assert.deepEqual(Object.keys(post.requestBody.content), ['application/json', 'message/rfc822'])
  assert.deepEqual(post.requestBody.content['application/json'].schema.required.toSorted(), [
    'envelope',
    'raw'
  ])
  assert.ok(
    post.parameters.some(
      (field: { name: string; in: string }) => field.name === 'x-sluice-rcpt' && field.in === 'header'
    )
  )
  assert.deepEqual(Object.keys(post.responses['4XX'].content), ['application/problem+json'])
  assert.deepEqual(components.securitySchemes.bearer, { type: 'http', scheme: 'bearer' })
  assert.equal((await app.inject('/docs')).statusCode, 200)
})

/** What a server says to raw bytes until it closes the connection. */
function converse(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () => void socket.write(bytes))
    socket.on('data', (chunk) => void (said += chunk.toString()))
    socket.on('close', () => resolve(said))
    socket.on('error', reject)
  })
}

async function listen(app: ApiApp): Promise<number> {
  return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
}

test('a client that stops half-way is told 408 and let go', async (t) => {
  const { app } = await openApi(t, { requestTimeoutMs: 200 })
  const head =
    'POST /v1/verdicts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"raw"'

  const said = await converse(await listen(app), head)

  assert.match(said, /^HTTP\/1\.1 408 /u)
  assert.match(said, /"code":"REQUEST_TIMEOUT"/u)
})

test('what is not HTTP is told so as a problem', async (t) => {
  const { app } = await openApi(t)

  const said = await converse(await listen(app), 'EHLO there\r\n\r\n')

  assert.match(said, /^HTTP\/1\.1 400 .*"code":"REQUEST_MALFORMED"/su)
})

test('header fields beyond the bound are told so as a problem', async (t) => {
  const { app } = await openApi(t)

  const said = await converse(
    await listen(app),
    `GET /health/live HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`
  )

  assert.match(said, /^HTTP\/1\.1 431 .*"code":"HEADERS_TOO_LARGE"/su)
})

test('closing answers what has arrived', async (t) => {
  const arrived = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const { app, house } = await openApi(t, {
    score: async (submission) => {
      arrived.resolve()
      await gate.promise
      return house.score(submission)
    }
  })
  const port = await listen(app)
  const answered = fetch(`http://127.0.0.1:${port}/v1/verdicts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(verdictRequest())
  })
  await arrived.promise

  const closed = app.close()
  gate.resolve()

  assert.equal((await answered).status, 200)
  await closed
  await assert.rejects(fetch(`http://127.0.0.1:${port}/health/live`))
})

async function statusOf(sent: ClientRequest): Promise<number | undefined> {
  const [response]: IncomingMessage[] = await once(sent, 'response')
  response?.resume()
  return response?.statusCode
}

test('large bodies beyond the budget are refused before they are read, and taken again later', async (t) => {
  const { app } = await openApi(t, { bodyLimitBytes: 200_000, bodiesInWorkBytes: 200_000 })
  const port = await listen(app)
  const body = Buffer.from(JSON.stringify({ ...verdictRequest(), raw: 'A'.repeat(120_000) }))
  const headers = { 'content-type': 'application/json', 'content-length': body.length }
  const open = () => request({ port, host: '127.0.0.1', path: '/v1/verdicts', method: 'POST', headers })
  const first = open()
  first.write(body.subarray(0, 1_000))
  await once(app.server, 'request')
  const second = open().end(body)
  const refused = await statusOf(second)
  const accepted = statusOf(first.end(body.subarray(1_000)))

  assert.deepEqual([refused, await accepted], [503, 200])
  assert.equal(await statusOf(open().end(body)), 200)
})
