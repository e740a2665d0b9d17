import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { createHttpLogins } from '../../../service/access/logins/http-logins.ts'

const attempt = { name: 'Alice@example.org', password: 'right horse', ip: '192.0.2.7', isSecure: true }

async function backend(
  t: TestContext,
  answer: RequestListener
): Promise<ReturnType<typeof createHttpLogins>> {
  const server = createServer(answer)
  t.after(() => server.closeAllConnections())
  t.after(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return createHttpLogins({ url: `http://127.0.0.1:${port}/login`, token: 'shared secret', timeoutMs: 500 })
}

test('the back-end is told who asks, from where, and gives name and identities', async (t) => {
  let asked: unknown
  const logins = await backend(t, async (request, response) => {
    asked = { body: JSON.parse(await text(request)), token: request.headers.authorization }
    response.end(JSON.stringify({ user: 'Alice', identities: ['alice@*.example.org'], more: 1 }))
  })
  assert.deepEqual(await logins.authenticate(attempt), { name: 'alice', identities: ['alice@*.example.org'] })
  assert.deepEqual(asked, {
    body: { user: 'Alice@example.org', password: 'right horse', ip: '192.0.2.7', secure: true },
    token: 'Bearer shared secret'
  })
})

for (const status of [401, 403, 404]) {
  test(`${status} lets nobody in`, async (t) => {
    const logins = await backend(t, (_, response) => response.writeHead(status).end('no'))
    assert.equal(await logins.authenticate(attempt), undefined)
  })
}

const faults: Readonly<Record<string, RequestListener>> = {
  'a fault of the server': (_, response) => void response.writeHead(500).end(),
  'an answer that is no JSON': (_, response) => void response.end('<html>'),
  'an answer of another shape': (_, response) => void response.end('{"user": 7}'),
  'an answer without end': (_, response) => void response.end('x'.repeat(1_000_000)),
  'a redirection': (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'a name that is none': (_, response) => void response.end('{"user": "a b"}'),
  'no answer': () => undefined
}

for (const [what, answer] of Object.entries(faults)) {
  test(`${what} is no refusal`, async (t) => {
    const logins = await backend(t, answer)
    await assert.rejects(logins.authenticate(attempt), { code: 'AUTH_UNAVAILABLE' })
  })
}
