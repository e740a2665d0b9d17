import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importAnswerSchema } from '../../../../service/contracts/history-import.ts'
import { historyImportRoutes } from '../../../../service/doors/api/routes/history-import-routes.ts'
import type { ImportPast, PastSubmission } from '../../../../service/operations/history/import-past.ts'
import { silentLogger } from '../../../../service/telemetry/logger.ts'
import { bearer, openApi, problemOf } from '../open-api.ts'

const url = '/v1/history/import'
const type = { 'content-type': 'application/x-ndjson' }

async function openRoute(t: Parameters<typeof openApi>[0], importPast: ImportPast) {
  return await openApi(t, {
    routes: [historyImportRoutes({ importPast, bodyLimitBytes: 10_000, log: silentLogger })]
  })
}

const good = {
  owner: 'ann@example.org',
  receivedAt: 1_763_900_000_000,
  client: { ip: '203.0.113.7' },
  envelope: { from: 'ann@example.org', to: ['bob@example.net'] },
  raw: Buffer.from('Subject: a\r\n\r\nb').toString('base64')
}

test('only an administrator may say what somebody sent', async (t) => {
  const { app, secretFor } = await openRoute(t, () => Promise.reject(new Error('asked')))
  for (const scope of ['score', 'feedback', 'operate'] as const) {
    const headers = { ...type, ...bearer(await secretFor(scope)) }
    const response = await app.inject({ method: 'POST', url, headers, payload: JSON.stringify(good) })
    assert.equal(problemOf(response).code, 'SCOPE_MISSING')
  }
  const response = await app.inject({ method: 'POST', url, headers: type, payload: '' })
  assert.equal(problemOf(response).code, 'TOKEN_MISSING')
})

test('each line is answered in its place; what is no message of the past is a problem that names the line', async (t) => {
  const seen: PastSubmission[] = []
  const { app, secretFor } = await openRoute(t, (past) => {
    seen.push(past)
    if (past.owner === 'bad') return Promise.reject(new Error('a bug'))
    return Promise.resolve({ kind: 'imported', sender: past.owner })
  })
  const lines = [
    JSON.stringify(good),
    '{"owner":',
    JSON.stringify({ ...good, learn: 'auto' }),
    JSON.stringify({ ...good, raw: '???' }),
    'x'.repeat(10_001),
    JSON.stringify({ ...good, owner: 'bad' }),
    JSON.stringify({ ...good, raw: null, messageId: '<1@x>', sizeBytes: 7 })
  ]

  const headers = { ...type, ...bearer(await secretFor('admin')) }
  const response = await app.inject({ method: 'POST', url, headers, payload: lines.join('\n') })

  const answers = response.body
    .trimEnd()
    .split('\n')
    .map((line) => importAnswerSchema.parse(JSON.parse(line)))
  assert.deepEqual(
    answers.map((answer) => ('code' in answer ? [answer.code, answer.line] : answer.outcome)),
    [
      'imported',
      ['BODY_MALFORMED', 2],
      ['REQUEST_INVALID', 3],
      ['REQUEST_INVALID', 4],
      ['BODY_TOO_LARGE', 5],
      ['INTERNAL', 6],
      'imported'
    ]
  )
  assert.deepEqual(
    seen.map(({ raw, messageId }) => [raw?.length ?? null, messageId]),
    [
      [15, null],
      [15, null],
      [null, '<1@x>']
    ]
  )
})

test('a second import has to wait until the first has ended', async (t) => {
  const first = Promise.withResolvers<void>()
  const { app, secretFor } = await openRoute(t, async ({ owner }) => {
    await first.promise
    return { kind: 'imported', sender: owner }
  })
  const headers = { ...type, ...bearer(await secretFor('admin')) }
  const ask = () => app.inject({ method: 'POST', url, headers, payload: JSON.stringify(good) })

  const running = ask().then((response) => response)
  const refused = await ask()
  first.resolve()

  assert.equal(problemOf(refused).code, 'CONFLICT')
  assert.equal((await running).statusCode, 200)
  assert.equal((await ask()).statusCode, 200)
})
