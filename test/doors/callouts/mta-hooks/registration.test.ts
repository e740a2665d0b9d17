import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { bearer, client, openHooks, type OpenHooks } from '../open-hooks.ts'
import { bridgeProperties, hook, register, registration, secret } from './hook-mail.ts'

const url = '/callouts/mta-hooks/registrations'
const headers = bearer(secret)

async function open(t: TestContext): Promise<OpenHooks> {
  return openHooks(t, {
    clients: [
      client('mta-hooks'),
      client('mta-hooks', { name: 'mx2', mta: 'mx2' }, { password: 'another client' })
    ]
  })
}

test('who looks at the well-known place finds where to register, what may be asked and what may be answered', async (t) => {
  const { app } = await open(t)
  const response = await app.inject('/.well-known/mta-hooks')
  const { version, endpoints, serialization, capabilities, limits } = response.json()
  assert.deepEqual(
    [response.statusCode, version, endpoints, serialization],
    [200, '1.0', { registration: url, deregistration: `${url}/{registration_id}` }, ['json']]
  )
  assert.deepEqual(capabilities.inbound.stages, ['data'])
  assert.deepEqual(capabilities.inbound.actions, ['accept', 'reject', 'quarantine'])
  assert.deepEqual(capabilities.inbound.updateProperties, ['/action', '/response', '/message/headers'])
  assert.deepEqual(capabilities.inbound.fetchProperties, [...bridgeProperties, '/auth', '/tls'])
  assert.deepEqual([limits.maxMessageSize, limits.timeoutMs], [100_000, 2_020])
})

test('the Postfix bridge is confirmed in exactly what it offers', async (t) => {
  const { app, now } = await open(t)
  const made = await app.inject({ method: 'POST', url, headers, payload: registration() })
  const { registrationId, endpoints, ...rest } = made.json()
  assert.deepEqual([made.statusCode, made.headers.location], [201, endpoints.status])
  assert.match(registrationId, /^[A-Za-z0-9_:-]{1,255}$/u)
  assert.deepEqual(rest, {
    status: 'active',
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
    hookEndpoint: '/callouts/mta-hooks/hook',
    negotiated: {
      serialization: 'json',
      inbound: { stages: ['data'], properties: bridgeProperties },
      outbound: null
    }
  })
})

test('what is not known of the offer is left out, and nothing offered means everything', async (t) => {
  const { app } = await open(t)
  const negotiated = async (given: object) => {
    const made = await app.inject({ method: 'POST', url, headers, payload: registration(given) })
    return made.json().negotiated.inbound
  }
  const properties = ['/message', '/rawMessage', '/senderAuth', '/auth', '/envelope', '/stage', '/action']
  assert.deepEqual(await negotiated({ inbound: { stages: ['rcpt', 'data', 'auth'], properties } }), {
    stages: ['data'],
    properties: ['/stage', '/action', '/rawMessage', '/envelope', '/auth']
  })
  const all = await negotiated({ inbound: { stages: ['data'] }, serialization: ['cbor', 'json'] })
  assert.equal(all.properties.length, 10)
})

const refused = [
  [{ serialization: 'cbor' }, 422, 'UNSUPPORTED_SERIALIZATION'],
  [{ filter: { from: 'example.org' } }, 422, 'UNSUPPORTED_FILTER'],
  [{ inbound: { stages: ['rcpt'] } }, 422, 'UNSUPPORTED_SUBSCRIPTION'],
  [{ inbound: null, outbound: { stages: ['dsn'] } }, 422, 'UNSUPPORTED_SUBSCRIPTION'],
  [{ inbound: { stages: ['data'], properties: ['/stage', '/action'] } }, 422, 'UNSUPPORTED_SUBSCRIPTION'],
  [{ expiresAt: '2026-11-22T07:59:59Z' }, 400, 'INVALID_REQUEST'],
  [{ expiresAt: 'tomorrow' }, 400, 'INVALID_REQUEST'],
  [{ name: '' }, 400, 'INVALID_REQUEST'],
  [{ inbound: { stages: Array(200).fill('data') } }, 400, 'INVALID_REQUEST']
] as const

for (const [given, status, code] of refused)
  test(`a registration with ${JSON.stringify(given).slice(0, 60)} is refused as ${code}`, async (t) => {
    const { app } = await open(t)
    const response = await app.inject({ method: 'POST', url, headers, payload: registration(given) })
    assert.deepEqual([response.statusCode, response.json().error.code], [status, code])
  })

test('a registration holds where its id was never seen: after a restart, on another pod', async (t) => {
  const { id } = await register((await open(t)).app)
  const restarted = await open(t)
  const { statusCode } = await restarted.app.inject({ url: `${url}/${id}`, headers })
  assert.equal(statusCode, 200)
})

test('a mail server may ask for its registration, and end it; then it has to register anew', async (t) => {
  const { app } = await open(t)
  const { id, post } = await register(app)
  const shown = await app.inject({ url: `${url}/${id}`, headers })
  const ended = await app.inject({ method: 'DELETE', url: `${url}/${id}`, headers })
  const again = await app.inject({ method: 'DELETE', url: `${url}/${id}`, headers })
  const asked = await post(hook())

  assert.deepEqual([shown.statusCode, shown.json().registrationId], [200, id])
  assert.deepEqual([ended.statusCode, ended.json().status], [200, 'deregistered'])
  for (const { statusCode, json } of [again, asked])
    assert.deepEqual([statusCode, json().error.code], [410, 'REGISTRATION_DEREGISTERED'])
})

test('a registration ends when it said, and no later than the mail server wished', async (t) => {
  const hooks = await open(t)
  const expiresAt = '2026-11-22T08:10:00Z'
  const made = await hooks.app.inject({ method: 'POST', url, headers, payload: registration({ expiresAt }) })
  const { registrationId } = made.json()
  assert.equal(made.json().expiresAt, '2026-11-22T08:10:00.000Z')

  hooks.now += 600_000
  const late = await hooks.app.inject({ url: `${url}/${registrationId}`, headers })
  assert.deepEqual([late.statusCode, late.json().error.code], [410, 'REGISTRATION_EXPIRED'])
})

test('a registration is of use to nobody else, and cannot be made up', async (t) => {
  const { app } = await open(t)
  const { id } = await register(app)
  const others = await app.inject({ url: `${url}/${id}`, headers: bearer('another client') })
  assert.deepEqual([others.statusCode, others.json().error.code], [403, 'REGISTRATION_MISMATCH'])

  const longer = id.replace(/^(mh1-\w+-)\w+/u, '$1zzzzzz')
  const flipped = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')
  for (const forged of [longer, flipped, 'mh1', 'x'.repeat(255), '__proto__']) {
    const response = await app.inject({ url: `${url}/${encodeURIComponent(forged)}`, headers })
    assert.deepEqual(
      [response.statusCode, response.json().error?.code],
      [404, 'REGISTRATION_NOT_FOUND'],
      forged
    )
  }
})

test('who shows nothing from elsewhere, or something wrong, registers nothing', async (t) => {
  const { app, secretFor } = await open(t)
  const none = await app.inject({
    method: 'POST',
    url,
    payload: registration(),
    remoteAddress: '198.51.100.9'
  })
  const wrong = await app.inject({ method: 'POST', url, payload: registration(), headers: bearer('wrong') })
  const scope = bearer(await secretFor('operate'))
  const other = await app.inject({ method: 'POST', url, payload: registration(), headers: scope })

  assert.deepEqual([none.statusCode, none.json().error.code], [401, 'INVALID_CREDENTIALS'])
  assert.deepEqual([wrong.statusCode, wrong.headers['www-authenticate']], [401, 'Bearer realm="sluice"'])
  assert.deepEqual([other.statusCode, other.json().error.code], [403, 'REGISTRATION_DENIED'])
})

test('what is asked and answered stands in the documentation of the API', async (t) => {
  const { app } = await open(t)
  const { paths } = (await app.inject('/docs/json')).json()
  const at = (path: string, method: string) => paths[path][method]
  const stalwart = at('/callouts/stalwart', 'post')
  const asked = at('/callouts/mta-hooks/hook', 'post')
  assert.ok(stalwart.requestBody.content['application/json'].schema.properties.context)
  assert.deepEqual(stalwart.responses['200'].content['application/json'].schema.properties.action.enum, [
    'accept',
    'reject'
  ])
  assert.ok(asked.requestBody.content['application/json'].schema.properties.rawMessage)
  assert.deepEqual(
    asked.parameters.map(({ name }: { name: string }) => name),
    ['x-mta-hooks-registration', 'x-mta-hooks-request-id']
  )
  for (const [path, method] of [
    ['/.well-known/mta-hooks', 'get'],
    ['/callouts/mta-hooks/registrations', 'post'],
    ['/callouts/mta-hooks/registrations/{id}', 'get'],
    ['/callouts/mta-hooks/registrations/{id}', 'delete']
  ] as const)
    assert.ok(at(path, method).summary, `${method} ${path}`)
})
