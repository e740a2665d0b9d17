import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { z } from 'zod'
import { batchAnswerSchema, batchProblemSchema } from '../../../../service/contracts/batch.ts'
import { verdictAnswerSchema } from '../../../../service/contracts/verdict-answer.ts'
import type { ScoreSubmission } from '../../../../service/scoring/scoring-ports.ts'
import { openHouse, submission as sent, verdictOf } from '../../../scoring/house.ts'
import { bearer, openApi, problemOf, verdictRequest, type OpenApi } from '../open-api.ts'

const url = '/v1/verdicts/batch'
const type = { 'content-type': 'application/x-ndjson' }

const ndjson = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

function answersOf(body: string): readonly z.output<typeof batchAnswerSchema>[] {
  return body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => batchAnswerSchema.parse(JSON.parse(line)))
}

async function post({ app }: OpenApi, payload: string, headers: object = {}) {
  return app.inject({ method: 'POST', url, headers: { ...type, ...headers }, payload })
}

const good = (id: string): string => JSON.stringify({ ...verdictRequest(), id })

const seen = (body: string) =>
  answersOf(body).map((one) => ('code' in one ? one.code : one.sender.messagesSeen))

test('each line is answered in its place: by a verdict, or by a problem that names the line', async (t) => {
  const api = await openApi(t)
  const lines = [
    good('a'),
    '{"raw":',
    '',
    good('b'),
    '[]',
    '{"__proto__":{"x":1}}',
    'x'.repeat(200_001),
    good('c')
  ]

  const response = await post(api, lines.join('\n'))

  assert.deepEqual([response.statusCode, response.headers['content-type']], [200, 'application/x-ndjson'])
  const told = answersOf(response.body).map((one) =>
    'code' in one ? [one.line, one.code] : one.submissionId
  )
  assert.deepEqual(told, [
    'a',
    [2, 'BODY_MALFORMED'],
    'b',
    [5, 'REQUEST_INVALID'],
    [6, 'REQUEST_INVALID'],
    [7, 'BODY_TOO_LARGE'],
    'c'
  ])
})

test('a line of a batch is answered as the same message by itself', async (t) => {
  const api = await openApi(t)
  const headers = bearer(await api.secretFor('score'))
  const single = await api.app.inject({
    method: 'POST',
    url: '/v1/verdicts',
    headers,
    payload: { ...verdictRequest(), learn: 'never' }
  })
  const batch = await post(api, ndjson([{ ...verdictRequest(), learn: 'never' }]), headers)

  const [answer] = answersOf(batch.body)
  const { id: _id, durationMs: _ms, ...rest } = verdictAnswerSchema.parse(single.json())
  assert.partialDeepStrictEqual(answer, rest)
})

test('messages of one sender teach in their order; without a token none does', async (t) => {
  const api = await openApi(t)
  const batch = ndjson(Array.from({ length: 40 }, () => verdictRequest()))

  const open = await post(api, batch)
  assert.deepEqual(new Set(seen(open.body)), new Set([0]))
  const trusted = await post(api, batch, bearer(await api.secretFor('score')))
  assert.deepEqual(
    seen(trusted.body),
    Array.from({ length: 40 }, (_, index) => index)
  )
})

test('only NDJSON is taken, and only with a token once there is one', async (t) => {
  const api = await openApi(t)
  const json = await api.app.inject({ method: 'POST', url, payload: verdictRequest() })
  assert.equal(problemOf(json).code, 'MEDIA_TYPE_UNSUPPORTED')
  const single = await api.app.inject({ method: 'POST', url: '/v1/verdicts', headers: type, payload: '{}\n' })
  assert.equal(problemOf(single).code, 'MEDIA_TYPE_UNSUPPORTED')
  await api.secretFor('score')
  assert.equal(problemOf(await post(api, '{}\n')).code, 'TOKEN_MISSING')
})

test('the OpenAPI document shows what a line is, and what answers it', async (t) => {
  const { app } = await openApi(t)
  const document: unknown = (await app.inject('/docs/json')).json()
  const content = { 'application/x-ndjson': { schema: {} } }
  assert.partialDeepStrictEqual(document, {
    paths: { [url]: { post: { requestBody: { content }, responses: { 200: { content } } } } }
  })
})

test('a full house makes a batch wait, not fail', async (t) => {
  const house = openHouse()
  let refusals = 3
  const score: ScoreSubmission = (submission) =>
    refusals-- > 0 ? Promise.resolve({ kind: 'overloaded', retryAfterMs: 1_000 }) : house.score(submission)
  const api = await openApi(t, { score })

  const response = await post(api, ndjson([verdictRequest(), verdictRequest()]))

  assert.deepEqual(
    answersOf(response.body).map((one) => 'verdict' in one && one.verdict),
    ['allow', 'allow']
  )
})

interface Stream {
  readonly outgoing: ClientRequest
  readonly incoming: () => Promise<IncomingMessage>
}

/** A client that writes while it reads. */
async function stream(api: OpenApi): Promise<Stream> {
  const address = await api.app.listen({ port: 0, host: '127.0.0.1' })
  const outgoing = request(`${address}${url}`, { method: 'POST', headers: type })
  outgoing.on('error', () => undefined)
  const answered = once(outgoing, 'response')
  answered.catch(() => undefined)
  return {
    outgoing,
    incoming: async () => {
      const [response] = await answered
      return z.custom<IncomingMessage>().parse(response)
    }
  }
}

/** Says how many it was given. */
function countingScore(score = openHouse().score): {
  readonly score: ScoreSubmission
  readonly given: () => number
} {
  let given = 0
  return {
    score: (submission) => {
      given += 1
      return score(submission)
    },
    given: () => given
  }
}

test('two thousand lines stream through to a slow reader, in order and none is lost', async (t) => {
  const verdict = verdictOf(await openHouse().score(sent()))
  const { score, given } = countingScore(({ requestId }) =>
    Promise.resolve({ kind: 'scored', verdict: { ...verdict, submissionId: requestId }, headline: null })
  )
  const api = await openApi(t, { score })
  const { outgoing, incoming } = await stream(api)
  const lines = 2_000
  const writing = (async () => {
    for (let index = 0; index < lines; index += 1) {
      const line = { ...verdictRequest(), id: `line-${index}`, sender: `s${index % 50}@example.org` }
      if (!outgoing.write(`${JSON.stringify(line)}\n`)) await once(outgoing, 'drain')
    }
    outgoing.end()
  })()

  const response = await incoming()
  let read = 0
  for await (const line of createInterface({ input: response })) {
    const answer = verdictAnswerSchema.parse(JSON.parse(line))
    assert.equal(answer.submissionId, `line-${read}`)
    read += 1
    if (read % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await writing
  assert.deepEqual([read, given()], [lines, lines])
})

test('an answer comes before the next line is sent, and a request that goes on for long is not cut off', async (t) => {
  const api = await openApi(t, { requestTimeoutMs: 50 })
  const { outgoing, incoming } = await stream(api)
  const startedAt = performance.now()
  outgoing.write(ndjson([verdictRequest()]))
  const answers = createInterface({ input: await incoming() })[Symbol.asyncIterator]()
  // Node looks for late requests every 50 ms here
  for (let turns = 0; performance.now() - startedAt < 250; turns += 1) {
    const { value } = await answers.next()
    verdictAnswerSchema.parse(JSON.parse(String(value)))
    outgoing.write(ndjson([verdictRequest()]))
  }
  outgoing.end()
  await answers.next()
  assert.equal((await answers.next()).done, true)
})

test('when the client goes away the work ends', async (t) => {
  const release = Promise.withResolvers<undefined>()
  const { score, given } = countingScore()
  const reached = Promise.withResolvers<undefined>()
  const api = await openApi(t, {
    score: async (submission) => {
      const outcome = score(submission)
      if (given() === 1) {
        reached.resolve(undefined)
        await release.promise
      }
      return outcome
    }
  })
  const ended = new Promise<void>((resolve) =>
    api.app.server.once('connection', (socket) => socket.once('close', () => resolve()))
  )
  const { outgoing } = await stream(api)
  // One sender: the others wait for the first, which does not end before the client is gone
  outgoing.write(ndjson(Array.from({ length: 100 }, () => verdictRequest())))
  await reached.promise
  outgoing.destroy()
  await ended
  release.resolve(undefined)
  await api.app.close()
  assert.equal(given(), 1)
})

test('a connection on which nothing moves is closed', async (t) => {
  const api = await openApi(t, { idleTimeoutMs: 20 })
  const { outgoing, incoming } = await stream(api)
  outgoing.write(ndjson([verdictRequest()]))
  const response = await incoming()
  await assert.rejects(response.toArray(), /aborted/u)
})

test('a service that closes answers what it has read, and says where it stopped', async (t) => {
  const api = await openApi(t)
  const { outgoing, incoming } = await stream(api)
  outgoing.write(ndjson([verdictRequest()]))
  const answers = createInterface({ input: await incoming() })[Symbol.asyncIterator]()
  await answers.next()
  const closed = api.app.close()
  const { value } = await answers.next()
  assert.partialDeepStrictEqual(batchProblemSchema.parse(JSON.parse(String(value))), {
    code: 'SHUTTING_DOWN',
    line: 2
  })
  assert.equal((await answers.next()).done, true)
  await closed
})
