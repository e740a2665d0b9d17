import { z } from 'zod'
import { problemSchema } from '../../../contracts/problem.ts'
import {
  idSchema,
  messagePageSchema,
  queuedMessageSchema,
  queueQuerySchema
} from '../../../contracts/queue.ts'
import type { OrderOutcome } from '../../../queue/orders.ts'
import type { Queue } from '../../../queue/queue.ts'
import type { ApiRoutes } from '../api-app.ts'
import { toMessageAnswer, toPageAnswer } from '../message-answer.ts'
import { ProblemError } from '../problem-error.ts'

const common = { tags: ['queue'], security: [{ bearer: [] }] }
const problem = { '4xx': problemSchema, '5xx': problemSchema }
const config = { scope: 'operate' } as const
const params = z.object({ id: idSchema })

/** `/v1/queue`: what waits, what was done, and the two orders that can be given. */
export function queueRoutes({
  queue
}: {
  readonly queue: Pick<Queue, 'get' | 'page' | 'retry' | 'cancel'>
}): ApiRoutes {
  return (app) => {
    const list = {
      ...common,
      summary: 'List messages',
      querystring: queueQuerySchema,
      response: { 200: messagePageSchema, ...problem }
    }
    app.get('/v1/queue', { schema: list, config }, (request) => toPageAnswer(queue.page(request.query)))

    const one = { ...common, params, response: { 200: queuedMessageSchema, ...problem } }
    app.get('/v1/queue/:id', { schema: { ...one, summary: 'Show a message' }, config }, (request) => {
      const message = queue.get(request.params.id)
      if (message === undefined) throw new ProblemError('NOT_FOUND')
      return toMessageAnswer(message)
    })

    app.post(
      '/v1/queue/:id/retry',
      { schema: { ...one, summary: 'Attempt delivery now' }, config },
      async (request) => toAnswer(await queue.retry(request.params.id))
    )
    app.post(
      '/v1/queue/:id/cancel',
      { schema: { ...one, summary: 'Give up: no report is sent' }, config },
      async (request) => toAnswer(await queue.cancel(request.params.id, request.bearer?.id ?? 'unknown'))
    )
  }
}

function toAnswer(outcome: OrderOutcome) {
  switch (outcome.kind) {
    case 'done':
      return toMessageAnswer(outcome.message)
    case 'unknown':
      throw new ProblemError('NOT_FOUND')
    case 'not-queued':
      throw new ProblemError('CONFLICT', { detail: `the message is ${outcome.message.state}` })
  }
}
