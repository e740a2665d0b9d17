import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { messagesRoutes } from '../../../../service/doors/api/routes/messages-routes.ts'
import { createFindForeign } from '../../../../service/scoring/foreign-identities.ts'
import { createMayWriteAs } from '../../../../service/senders/own-addresses.ts'
import type { Limits } from '../../../../service/verdict/limits.ts'
import { openAcceptance } from '../../../helpers/open-acceptance.ts'
import { limits, start } from '../../../scoring/house.ts'
import { policy } from '../../../verdict/policy.ts'
import { bearer, openApi, problemOf, verdictRequest } from '../open-api.ts'

async function open(t: TestContext, more: Partial<Limits>) {
  const rules = { aliases: [], domainAliases: {}, ignoreTags: false }
  const house = await openAcceptance(t, {
    clock: () => start,
    limits: { ...limits, ...more },
    onExceeded: 'tempfail',
    findForeign: createFindForeign(createMayWriteAs(rules, [])),
    policy: { ...policy, onForeignIdentity: 'reject' }
  })
  let ids = 0
  const routes = [messagesRoutes({ ...house, newId: () => `message-${(ids += 1)}`, clock: () => start })]
  const { app, secretFor } = await openApi(t, { routes, score: house.score })
  const headers = bearer(await secretFor('operate', 'score'))
  const post = (payload: object, url = '/v1/messages') =>
    app.inject({ method: 'POST', url, headers, payload })
  return { ...house, post }
}

test('above a limit an injected message is answered with 429, the reason and when to come again', async (t) => {
  const { post, queue } = await open(t, { messagesPerHour: 2 })
  for (let index = 0; index < 2; index += 1) assert.equal((await post(verdictRequest())).statusCode, 202)

  const refused = await post(verdictRequest())
  const { code, detail = '' } = problemOf(refused)
  assert.deepEqual(
    [refused.statusCode, code, refused.headers['retry-after']],
    [429, 'LIMIT_EXCEEDED', '3900']
  )
  assert.match(detail, /^2 messages in the last hour and 1 more are above the limit of 2; there is room again at 2026-11-22T09:05:00Z \(verdict \S+\)$/u) // prettier-ignore
  assert.equal(queue.counts().queued, 2)
})

test('what no limit has room for is answered with 422', async (t) => {
  const { post } = await open(t, { newRecipientsPerDay: 0 })
  const refused = await post(verdictRequest())
  assert.deepEqual([refused.statusCode, problemOf(refused).code], [422, 'MESSAGE_REFUSED'])
})

test('the answer to a question says what is left today', async (t) => {
  const { post } = await open(t, { messagesPerDay: 3 })
  await post(verdictRequest())
  const verdict = (await post({ ...verdictRequest(), learn: 'never' }, '/v1/verdicts')).json()
  assert.deepEqual([verdict.verdict, verdict.limits], ['allow', { remainingToday: 1 }])
})

test('over HTTP too nobody sends in the name of somebody else', async (t) => {
  const { post, queue } = await open(t, {})
  const request = { ...verdictRequest(), auth: { user: 'bob@example.org' } }
  const refused = await post(request)
  assert.deepEqual([refused.statusCode, problemOf(refused).code], [422, 'MESSAGE_REFUSED'])
  const verdict = (await post(request, '/v1/verdicts')).json()
  const codes = verdict.reasons.map(({ code }: { code: string }) => code).slice(0, 2)
  assert.deepEqual([verdict.verdict, codes], ['block', ['FROM_NOT_OWNED', 'ENVELOPE_NOT_OWNED']])
  assert.equal(queue.counts().queued, 0)
})
