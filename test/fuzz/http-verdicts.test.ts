import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import type { LightMyRequestResponse } from 'fastify'
import { problemSchema, problems } from '../../service/contracts/problem.ts'
import { verdictAnswerSchema } from '../../service/contracts/verdict-answer.ts'
import { bearer, openApi, verdictRequest } from '../doors/api/open-api.ts'

const { app, secretFor } = await openApi({ after }, { bodyLimitBytes: 20_000 })
const headers = bearer(await secretFor('score'))
const url = '/v1/verdicts'

/** A verdict, or a problem with a known code that is not our fault. */
function assertWellFormed(response: LightMyRequestResponse): void {
  if (response.statusCode === 200) {
    verdictAnswerSchema.strict().parse(response.json())
    return
  }
  const problem = problemSchema.strict().parse(response.json())
  assert.equal(problem.status, response.statusCode)
  assert.ok(problem.code in problems && problem.status < 500, response.body)
}

async function post(payload: unknown): Promise<void> {
  const body = JSON.stringify(payload) ?? ''
  assertWellFormed(
    await app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': 'application/json' },
      payload: body
    })
  )
}

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', '__proto__', 'a@b.c', '🙂@x', '\ud800')
)
const addresses = fc.oneof(texts, fc.constantFrom('alice@example.org', 'BOB@EXAMPLE.NET', '<>', 'a@b'))

/** Requests of the right outline, each field right, wrong, or missing. */
const outlines = fc.record(
  {
    id: fc.oneof(texts, fc.constant(null)),
    receivedAt: fc.oneof(
      texts,
      fc.date().map(String),
      fc.constantFrom('2026-11-22T08:15:00Z', '9999-12-31T23:59:59Z')
    ),
    sender: texts,
    client: fc.oneof(
      fc.record(
        { ip: fc.oneof(fc.ipV4(), fc.ipV6(), texts), helo: texts, port: fc.integer(), tls: fc.anything() },
        { requiredKeys: [] }
      ),
      fc.anything()
    ),
    auth: fc.record({ user: texts, method: texts }, { requiredKeys: [] }),
    envelope: fc.record(
      { from: fc.oneof(addresses, fc.constant(null)), to: fc.array(addresses, { maxLength: 5 }) },
      { requiredKeys: [] }
    ),
    raw: fc.oneof(
      fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      texts
    ),
    learn: fc.constantFrom('auto', 'never', 'Auto', null),
    explain: fc.oneof(fc.boolean(), fc.string())
  },
  { requiredKeys: [] }
)

test('any JSON is answered with a verdict or a problem', async () => {
  await fc.assert(fc.asyncProperty(fc.jsonValue(), post), { numRuns: 300 })
})

test('anything of the outline of a request is answered with a verdict or a problem', async () => {
  await fc.assert(fc.asyncProperty(outlines, post), { numRuns: 500 })
})

test('a valid request of any bytes is answered with a verdict', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.string({ unit: 'binary' }),
      async (bytes, subject) => {
        const raw = Buffer.concat([Buffer.from(`Subject: ${subject}\r\n`), bytes]).toString('base64')
        const payload = { ...verdictRequest(), raw }
        const response = await app.inject({ method: 'POST', url, headers, payload })
        assert.equal(response.statusCode, 200, response.body)
        assertWellFormed(response)
      }
    ),
    { numRuns: 200 }
  )
})

test('an unknown field at any depth is refused, naming its path', async () => {
  const places = fc.constantFrom('', 'client', 'client.tls', 'auth', 'envelope')
  const names = fc.stringMatching(/^[a-z]{4,12}$/u).map((name) => `x${name}`)
  // JSON with a key of JavaScript's own machinery is refused before its fields are looked at
  const values = fc.jsonValue().filter((value) => !/"(?:__proto__|constructor)"/u.test(JSON.stringify(value)))
  await fc.assert(
    fc.asyncProperty(places, names, values, async (place, name, value) => {
      const request = { ...verdictRequest(), client: { tls: { version: 'TLSv1.3' } } }
      Reflect.set(place === '' ? request : objectAt(request, place), name, value)
      const response = await app.inject({ method: 'POST', url, headers, payload: request })
      const path = place === '' ? name : `${place}.${name}`
      assert.deepEqual(response.json().errors, [{ path, message: 'is not a known field' }])
    }),
    { numRuns: 100 }
  )
})

test('a key of the object prototype is refused at any depth', async () => {
  const payload = JSON.stringify(verdictRequest()).replace('{', '{"xaaaa":[{"__proto__":0}],')
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    payload
  })
  assert.equal(response.statusCode, 400)
  assertWellFormed(response)
})

test('a valid request with some bytes changed is answered with a verdict or a problem', async () => {
  const valid = Buffer.from(JSON.stringify(verdictRequest()))
  const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(edits, async (changes) => {
      const payload = Buffer.from(valid)
      for (const [at, byte] of changes) payload[at] = byte
      assertWellFormed(
        await app.inject({
          method: 'POST',
          url,
          headers: { ...headers, 'content-type': 'application/json' },
          payload
        })
      )
    }),
    { numRuns: 300 }
  )
})

test('any header fields beside message/rfc822 are answered with a verdict or a problem', async () => {
  const names = ['from', 'rcpt', 'user', 'client-ip', 'helo', 'received-at', 'learn', 'id', 'other']
  // Node refuses other characters in field values before a server sees them
  const values = fc.oneof(
    fc.stringMatching(/^[\u0020-\u007e\u00a0-\u00ff]{0,40}$/u),
    addresses.filter((text) => /^[\u0020-\u007e]*$/u.test(text))
  )
  const fields = fc.dictionary(fc.constantFrom(...names.map((name) => `x-sluice-${name}`)), values)
  await fc.assert(
    fc.asyncProperty(fields, fc.uint8Array({ maxLength: 500 }), async (ours, bytes) => {
      const all = { ...headers, ...ours, 'content-type': 'message/rfc822' }
      assertWellFormed(await app.inject({ method: 'POST', url, headers: all, payload: Buffer.from(bytes) }))
    }),
    { numRuns: 300 }
  )
})

test('any method on any path is answered with a problem, or as the route says', async () => {
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD')
  const segments = fc.oneof(
    fc.constantFrom('v1', 'verdicts', 'tokens', 'models', 'health', 'ready', 'docs', '..', '%2e', '%'),
    fc.webSegment()
  )
  const paths = fc.array(segments, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
  await fc.assert(
    fc.asyncProperty(methods, paths, fc.boolean(), async (method, path, known) => {
      const response = await app.inject({ method, url: path, headers: known ? headers : {} })
      assert.ok(response.statusCode < 500, `${method} ${path}: ${response.body}`)
      if (response.statusCode >= 400 && method !== 'HEAD' && !path.startsWith('/docs'))
        problemSchema.strict().parse(response.json())
    }),
    { numRuns: 300 }
  )
})

test('a request without a body is refused', async () => {
  const response = await app.inject({ method: 'POST', url, headers })
  assert.deepEqual([response.statusCode, response.json().code], [400, 'REQUEST_INVALID'])
})

test('a body beyond the limit is refused before it is read', async () => {
  const sizes = fc.integer({ min: 20_001, max: 60_000 })
  await fc.assert(
    fc.asyncProperty(sizes, fc.constantFrom('application/json', 'message/rfc822'), async (size, type) => {
      const response = await app.inject({
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': type },
        payload: Buffer.alloc(size, 65)
      })
      assert.deepEqual([response.statusCode, response.json().code], [413, 'BODY_TOO_LARGE'])
    }),
    { numRuns: 20 }
  )
})

/** The object at a path such as `client.tls`. */
function objectAt(root: unknown, path: string): object {
  const found = path
    .split('.')
    .reduce<unknown>(
      (value, step) => Object.entries(Object(value)).find(([name]) => name === step)?.[1],
      root
    )
  assert.ok(typeof found === 'object' && found !== null)
  return found
}
