import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { feedbackAnswerSchema } from '../../../../service/contracts/feedback.ts'
import {
  containedSchema,
  erasedSchema,
  limitedSchema,
  rewoundSchema,
  senderSchema
} from '../../../../service/contracts/sender.ts'
import { feedbackRoutes } from '../../../../service/doors/api/routes/feedback-routes.ts'
import { senderRoutes } from '../../../../service/doors/api/routes/sender-routes.ts'
import { openActs } from '../../../helpers/open-acts.ts'
import { openPipeline } from '../../../helpers/open-pipeline.ts'
import { limits, start, submission, verdictOf } from '../../../scoring/house.ts'
import { bearer, openApi, problemOf } from '../open-api.ts'

const alice = '/v1/senders/alice%40example.org'
const hour = 3_600_000

/** Alice has sent twelve messages, one an hour, the last one to somebody new, which is held. */
async function open(t: TestContext) {
  const pipeline = await openPipeline(t, { clock: () => start })
  const acts = openActs({ ...pipeline, clock: () => start })
  const { app, secretFor } = await openApi(t, {
    routes: [feedbackRoutes(acts), senderRoutes({ ...acts, limits })]
  })
  for (let count = 11; count > 0; count -= 1)
    await pipeline.score(submission({ receivedAt: start - count * hour }))
  const held = verdictOf(await pipeline.score(submission({ to: ['mallory@example.net'] })))
  const headers = bearer(await secretFor('admin'))
  const ask = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) =>
    app.inject({ method, url, headers, ...(payload && { payload }) })
  return { app, secretFor, ask, held }
}

test('a sender is shown with habits that people can read, and without what is kept as a keyed hash', async (t) => {
  const { ask } = await open(t)
  const shown = senderSchema.strict().parse((await ask('GET', alice)).json())
  assert.equal(shown.id, 'alice@example.org')
  assert.equal(shown.messagesSeen, 11)
  assert.deepEqual(shown.habits.usualHours, { from: 21, to: 7 })
  assert.deepEqual(shown.habits.zones, [{ value: '+00:00', share: 1 }])
  assert.deepEqual(shown.habits.languages, [{ value: 'en', share: 1 }])
  assert.deepEqual([shown.habits.networks, shown.habits.recipients], [1, 1])
  assert.deepEqual(shown.limits.messagesPerDay, {
    limit: 500,
    used: 12,
    remaining: 488,
    isOwn: false,
    usual: null
  })
  assert.equal(shown.containment.state, 'normal')
  assert.deepEqual(
    shown.recentVerdicts.slice(0, 2).map(({ verdict }) => verdict),
    ['hold', 'allow']
  )
  assert.equal(shown.recentVerdicts.length, 12)
})

test('a sender is found however the name is spelled, and one of whom nothing is known is not found', async (t) => {
  const { ask } = await open(t)
  assert.equal((await ask('GET', '/v1/senders/Alice@EXAMPLE.org')).json().id, 'alice@example.org')
  assert.equal(problemOf(await ask('GET', '/v1/senders/nobody@example.org')).code, 'NOT_FOUND')
  assert.equal(problemOf(await ask('GET', `/v1/senders/${'%C3%A9'.repeat(250)}`)).code, 'NOT_FOUND')
})

test('an operator suspends a sender and restores him, and the sender’s page says who did', async (t) => {
  const { ask } = await open(t)
  const suspended = await ask('PUT', `${alice}/containment`, { state: 'suspended', note: 'called in' })
  assert.deepEqual(containedSchema.strict().parse(suspended.json()), {
    id: 'alice@example.org',
    from: 'normal',
    to: 'suspended'
  })
  const { containment } = senderSchema.parse((await ask('GET', alice)).json())
  assert.deepEqual(
    [containment.state, containment.setBy, containment.stepsDownAt],
    ['suspended', 'operator', null]
  )
  const restored = await ask('PUT', `${alice}/containment`, { state: 'normal' })
  assert.equal(containedSchema.parse(restored.json()).from, 'suspended')
})

test('an operator gives a sender limits of its own, and takes them away', async (t) => {
  const { ask } = await open(t)
  const set = await ask('PUT', `${alice}/limits`, { messagesPerDay: 10 })
  assert.deepEqual(limitedSchema.strict().parse(set.json()).limits, { ...limits, messagesPerDay: 10 })
  const own = senderSchema.parse((await ask('GET', alice)).json()).limits
  assert.deepEqual(own.messagesPerDay, { limit: 10, used: 12, remaining: 0, isOwn: true, usual: null })
  assert.equal(own.messagesPerHour.isOwn, false)
  await ask('PUT', `${alice}/limits`, {})
  assert.equal(senderSchema.parse((await ask('GET', alice)).json()).limits.messagesPerDay.limit, 500)
})

test('a rewind forgets what was learned since a moment', async (t) => {
  const { ask } = await open(t)
  const since = new Date(start - 3 * hour).toISOString()
  const rewound = rewoundSchema.strict().parse((await ask('POST', `${alice}/rewind`, { since })).json())
  assert.deepEqual([rewound.forgotten, rewound.messagesSeen, rewound.complete], [3, 8, true])
})

test('an erased sender is a stranger', async (t) => {
  const { ask, held } = await open(t)
  await ask('PUT', `${alice}/containment`, { state: 'watched' })
  await ask('POST', '/v1/feedback', { verdictId: held.id, label: 'spam', source: 'operator' })
  const erased = erasedSchema.strict().parse((await ask('DELETE', alice)).json())
  assert.deepEqual(erased, {
    id: 'alice@example.org',
    verdicts: 12,
    labels: 1,
    messages: 0,
    open: 0,
    history: 'erased'
  })
  assert.equal((await ask('GET', alice)).statusCode, 404)
  const forgotten = await ask('POST', '/v1/feedback', {
    verdictId: held.id,
    label: 'spam',
    source: 'operator'
  })
  assert.equal(problemOf(forgotten).code, 'NOT_FOUND')
})

test('feedback is answered with what it did, and repeated with what it was', async (t) => {
  const { ask, held } = await open(t)
  const body = { verdictId: held.id, label: 'legitimate', source: 'sender', note: 'it was me' }
  const first = feedbackAnswerSchema.strict().parse((await ask('POST', '/v1/feedback', body)).json())
  assert.partialDeepStrictEqual(first, {
    verdictId: held.id,
    stands: true,
    repeated: false,
    effects: ['learned']
  })
  const second = feedbackAnswerSchema.parse((await ask('POST', '/v1/feedback', body)).json())
  assert.deepEqual([second.id, second.repeated, second.effects], [first.id, true, []])
})

for (const [what, method, url, payload, path] of [
  ['names no message', 'POST', '/v1/feedback', { label: 'spam', source: 'fbl' }, ''],
  ['names two', 'POST', '/v1/feedback', { verdictId: 'a', holdId: 'b', label: 'spam', source: 'fbl' }, ''],
  ['has a label of its own', 'POST', '/v1/feedback', { holdId: 'b', label: 'bad', source: 'fbl' }, 'label'],
  ['has a field of its own', 'PUT', `${alice}/containment`, { state: 'normal', until: 'never' }, 'until'],
  ['knows another state', 'PUT', `${alice}/containment`, { state: 'jailed' }, 'state'],
  ['has a limit below nothing', 'PUT', `${alice}/limits`, { messagesPerDay: -1 }, 'messagesPerDay'],
  ['has no moment', 'POST', `${alice}/rewind`, {}, 'since'],
  ['has a moment that is none', 'POST', `${alice}/rewind`, { since: 'yesterday' }, 'since']
] as const) {
  test(`a ${method} to ${url} that ${what} is refused, naming the path`, async (t) => {
    const { ask } = await open(t)
    const { code, errors } = problemOf(await ask(method, url, payload))
    assert.deepEqual([code, errors?.[0]?.path], ['REQUEST_INVALID', path])
  })
}

test('feedback needs its scope, senders that of operators, and an erasure that of admins', async (t) => {
  const { app, secretFor, held } = await open(t)
  const feedback = bearer(await secretFor('feedback'))
  const operate = bearer(await secretFor('operate'))
  const payload = { verdictId: held.id, label: 'spam', source: 'fbl' }
  const statuses = [
    await app.inject({ method: 'POST', url: '/v1/feedback', headers: feedback, payload }),
    await app.inject({ method: 'POST', url: '/v1/feedback', headers: operate, payload }),
    await app.inject({ url: alice, headers: feedback }),
    await app.inject({ url: alice, headers: operate }),
    await app.inject({ method: 'DELETE', url: alice, headers: operate })
  ].map(({ statusCode }) => statusCode)
  assert.deepEqual(statuses, [200, 403, 403, 200, 403])
})
