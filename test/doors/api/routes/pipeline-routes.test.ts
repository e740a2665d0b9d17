import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { heldRoutes } from '../../../../service/doors/api/routes/held-routes.ts'
import { messagesRoutes } from '../../../../service/doors/api/routes/messages-routes.ts'
import { queueRoutes } from '../../../../service/doors/api/routes/queue-routes.ts'
import { fixedScore, type FixedAnswer } from '../../../helpers/fixed-score.ts'
import { openActs } from '../../../helpers/open-acts.ts'
import { openPipeline } from '../../../helpers/open-pipeline.ts'
import { bearer, openApi, problemOf, verdictRequest } from '../open-api.ts'

async function open(t: TestContext, answer: FixedAnswer) {
  const pipeline = await openPipeline(t, { score: fixedScore(answer) })
  const { senders, queue, acceptMessage } = pipeline
  const clock = Date.now
  const { releaseHold, rejectHold, vouching } = openActs(pipeline)
  t.after(() => vouching.settled())
  let ids = 0
  const { app, secretFor } = await openApi(t, {
    routes: [
      heldRoutes({ queue, releaseHold, rejectHold }),
      queueRoutes({ queue }),
      messagesRoutes({ queue, senders, acceptMessage, newId: () => `message-${(ids += 1)}`, clock })
    ]
  })
  const headers = bearer(await secretFor('operate'))
  const post = (url: string, payload?: object) =>
    app.inject({ method: 'POST', url, headers, ...(payload && { payload }) })
  const get = (url: string) => app.inject({ url, headers })
  return { ...pipeline, app, post, get, secretFor }
}

test('an injected message is answered with 202 once it is in the queue, and its story can be read', async (t) => {
  const { post, get } = await open(t, 'allow')
  const injected = await post('/v1/messages', verdictRequest())
  assert.deepEqual(
    [injected.statusCode, injected.json().id, injected.json().state],
    [202, 'message-1', 'queued']
  )
  const story = (await get('/v1/messages/message-1')).json()
  assert.equal(story.state, 'queued')
  assert.deepEqual(story.envelope, { from: 'alice@example.org', to: ['bob@example.net'] })
  assert.equal(story.recipients[0].state, 'pending')
  assert.deepEqual(story.attemptLog, [])
  assert.equal((await get('/v1/messages/nobody')).statusCode, 404)
})

for (const [answer, status, code] of [
  ['block', 422, 'MESSAGE_REFUSED'],
  ['overloaded', 503, 'OVERLOADED'],
  ['storage-full', 503, 'UNAVAILABLE'],
  ['broken', 500, 'INTERNAL']
] as const) {
  test(`an injected message that meets ${answer} is answered with ${status} ${code}, and not kept`, async (t) => {
    const { post, queue } = await open(t, answer)
    const response = await post('/v1/messages', verdictRequest())
    assert.deepEqual([response.statusCode, problemOf(response).code], [status, code])
    assert.deepEqual(queue.counts(), { queued: 0, held: 0 })
  })
}

test('a held message is listed, shown and released by name', async (t) => {
  const { post, get, queue } = await open(t, 'hold')
  assert.equal((await post('/v1/messages', verdictRequest())).json().state, 'held')
  const [listed] = (await get('/v1/held?sender=alice@example.org')).json().items
  assert.equal(listed.id, 'message-1')
  assert.equal((await get('/v1/held?sender=eve@example.org')).json().items.length, 0)
  assert.equal((await get('/v1/held/message-1')).json().hold.decision, null)

  const released = await post('/v1/held/message-1/release', { note: 'the customer called' })
  const again = await post('/v1/held/message-1/reject')

  assert.equal(released.statusCode, 200)
  assert.match(released.json().hold.decision.by, /^tok/u)
  assert.equal(released.json().hold.decision.note, 'the customer called')
  assert.deepEqual([again.statusCode, problemOf(again).code], [409, 'CONFLICT'])
  assert.equal(queue.get('message-1')?.state, 'queued')
})

test('all that one sender has held is decided at once', async (t) => {
  const { post, get, queue } = await open(t, 'hold')
  for (let count = 0; count < 3; count += 1) await post('/v1/messages', verdictRequest())
  const decided = await post('/v1/held/decide', { decision: 'reject', sender: 'alice@example.org' })
  assert.deepEqual(
    decided.json().items.map(({ outcome }: { outcome: string }) => outcome),
    ['done', 'done', 'done']
  )
  assert.deepEqual(queue.counts(), { queued: 0, held: 0 })
  const mixed = await post('/v1/held/decide', { decision: 'release', ids: ['message-1', 'nobody'] })
  assert.deepEqual(
    mixed.json().items.map(({ outcome }: { outcome: string }) => outcome),
    ['not-held', 'unknown']
  )
  assert.equal(problemOf(await post('/v1/held/decide', { decision: 'release' })).code, 'REQUEST_INVALID')
  assert.equal((await get('/v1/held')).json().items.length, 0)
})

test('the queue is listed in pages, retried and cancelled', async (t) => {
  const { post, get } = await open(t, 'allow')
  for (let count = 0; count < 3; count += 1) await post('/v1/messages', verdictRequest())
  const first = (await get('/v1/queue?state=queued&limit=2')).json()
  const rest = (await get(`/v1/queue?state=queued&limit=2&cursor=${first.nextCursor}`)).json()
  assert.deepEqual([first.items.length, rest.items.length, rest.nextCursor], [2, 1, null])
  assert.equal((await post('/v1/queue/message-1/retry')).statusCode, 200)
  assert.equal((await post('/v1/queue/message-1/cancel')).json().recipients[0].state, 'cancelled')
  assert.equal(problemOf(await post('/v1/queue/message-1/retry')).code, 'CONFLICT')
  assert.equal((await get('/v1/queue/message-1')).json().state, 'done')
  assert.equal(problemOf(await get('/v1/queue?cursor=nonsense')).errors?.[0]?.path, 'querystring.cursor')
})

test('reading and deciding need the scope operate', async (t) => {
  const { app, secretFor } = await open(t, 'hold')
  const scoring = bearer(await secretFor('score'))
  for (const url of ['/v1/held', '/v1/queue', '/v1/messages/x']) {
    assert.equal((await app.inject({ url })).statusCode, 401)
    assert.equal((await app.inject({ url, headers: scoring })).statusCode, 403)
  }
  assert.equal(
    (await app.inject({ method: 'POST', url: '/v1/messages', headers: scoring, payload: verdictRequest() }))
      .statusCode,
    403
  )
})
