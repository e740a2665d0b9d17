import assert from 'node:assert/strict'
import { test } from 'node:test'
import { historyServerRoutes } from '../../../../service/doors/api/routes/history-server-routes.ts'
import { bearer, openApi, problemOf } from '../open-api.ts'

const url = '/v1/history/server'
const answer = { url: 'http://127.0.0.1:9', headers: { 'x-secret': 's' }, database: 'sluice' }
const findHistory = (senders: readonly string[]) =>
  Promise.resolve({
    kind: 'found' as const,
    server: { ...answer, senderKeys: senders.map((name) => `key of ${name}`) }
  })
const findNothing = () => Promise.resolve({ kind: 'away' as const, why: 'connect ECONNREFUSED' })

test('only an administrator is told where the history lies, and the keys of senders in it', async (t) => {
  const { app, secretFor } = await openApi(t, { routes: [historyServerRoutes({ findHistory })] })
  const ask = async (scope: 'operate' | 'admin') =>
    app.inject({
      method: 'POST',
      url,
      headers: bearer(await secretFor(scope)),
      payload: { senders: ['ann@example.org'] }
    })

  assert.equal(problemOf(await ask('operate')).code, 'SCOPE_MISSING')
  assert.deepEqual((await ask('admin')).json(), { ...answer, senderKeys: ['key of ann@example.org'] })
})

test('where no history is kept the answer says why', async (t) => {
  const { app, secretFor } = await openApi(t, { routes: [historyServerRoutes({ findHistory: null })] })
  const headers = bearer(await secretFor('admin'))
  const response = await app.inject({ method: 'POST', url, headers, payload: {} })
  const { code, detail } = problemOf(response)
  assert.equal(code, 'NOT_FOUND')
  assert.match(String(detail), /clickhouse\.url is "off"/u)
})

test('a history that is away is no error of ours, and the answer says why', async (t) => {
  const { app, secretFor } = await openApi(t, { routes: [historyServerRoutes({ findHistory: findNothing })] })
  const headers = bearer(await secretFor('admin'))
  const response = await app.inject({ method: 'POST', url, headers, payload: {} })
  const { code, status, detail } = problemOf(response)
  assert.deepEqual([code, status], ['UNAVAILABLE', 503])
  assert.equal(detail, 'History cannot be read: connect ECONNREFUSED')
})
