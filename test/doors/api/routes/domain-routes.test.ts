import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AuthenticationError } from '../../../../service/authentication/authentication-error.ts'
import {
  createCheckDomain,
  type CheckDomain
} from '../../../../service/authentication/publishing/check-domain.ts'
import { domainCheckSchema } from '../../../../service/contracts/domain.ts'
import { domainRoutes } from '../../../../service/doors/api/routes/domain-routes.ts'
import { zone } from '../../../delivery/zone.ts'
import { openApi } from '../open-api.ts'

const checkDomain = createCheckDomain({
  store: { read: () => Promise.resolve(undefined) },
  ways: () => Promise.resolve([]),
  resolve: zone({ 'example.org': { TXT: [['v=spf1 +all']] } })
})

async function ask(
  t: { after(act: () => Promise<void>): void },
  url: string,
  check: CheckDomain = checkDomain
) {
  const { app, secretFor } = await openApi(t, { routes: [domainRoutes({ checkDomain: check })] })
  const headers = { authorization: `Bearer ${await secretFor('operate')}` }
  return { app, answer: await app.inject({ url, headers }) }
}

test('what a domain publishes is compared with what it needs', async (t) => {
  const { answer } = await ask(t, '/v1/domains/Example.org/dns')
  assert.equal(answer.statusCode, 200)
  const { domain, ok, records } = domainCheckSchema.parse(answer.json())
  assert.deepEqual([domain, ok], ['example.org', false])
  assert.equal(records.find(({ kind }) => kind === 'SPF')?.state, 'dangerous')
})

test('without a token nothing is asked', async (t) => {
  const { app } = await ask(t, '/v1/domains/example.org/dns')
  assert.equal((await app.inject({ url: '/v1/domains/example.org/dns' })).statusCode, 401)
})

for (const name of ['localhost', '..%2F..%2Fetc', 'a%20b.org', `${'a'.repeat(64)}.org`]) {
  test(`${name} is no domain`, async (t) => {
    const { answer } = await ask(t, `/v1/domains/${name}/dns`)
    assert.equal(answer.statusCode, 400, answer.body)
  })
}

const damaged: CheckDomain = () =>
  Promise.reject(new AuthenticationError('KEYS_DAMAGED', { file: '/keys/x.json' }))

test('a damaged key file is a problem with its name, not an answer', async (t) => {
  const { answer } = await ask(t, '/v1/domains/example.org/dns', damaged)
  assert.equal(answer.statusCode, 503)
  assert.match(answer.body, /x\.json/u)
})
