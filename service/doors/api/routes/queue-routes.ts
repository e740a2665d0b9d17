import { z } from 'zod'
import { destinationPageSchema, destinationQuerySchema } from '../../../contracts/destinations.ts'
import { problemSchema } from '../../../contracts/problem.ts'
import {
  idSchema,
  messagePageSchema,
  queuedMessageSchema,
  queueQuerySchema
} from '../../../contracts/queue.ts'
import {
  bulkOrderedSchema,
  bulkOrderSchema,
  type messageFilterSchema
} from '../../../contracts/queue-orders.ts'
import type { Destinations } from '../../../delivery/dispatch/destination-view.ts'
import type { MessageFilter } from '../../../queue/indexes/message-filter.ts'
import type { OrderOutcome } from '../../../queue/orders.ts'
import type { Queue } from '../../../queue/queue.ts'
import type { ApiRoutes } from '../api-app.ts'
import { badCursor, toMessageAnswer, toPageAnswer, toTime } from '../message-answer.ts'
import { ProblemError } from '../problem-error.ts'

const common = { tags: ['queue'], security: [{ bearer: [] }] }
const problem = { '4xx': problemSchema, '5xx': problemSchema }
const config = { scope: 'operate' } as const
const params = z.object({ id: idSchema })

export interface QueueRoutesOptions {
  readonly queue: Pick<Queue, 'get' | 'page' | 'retry' | 'cancel' | 'orderAll'>
  /** Without delivery there are none. */
  readonly destinations?: Destinations
}

/** `/v1/queue`: what waits, what was done, where it is to go, and the orders that can be given. */
export function queueRoutes({ queue, destinations }: QueueRoutesOptions): ApiRoutes {
  return (app) => {
    const list = {
      ...common,
      summary: 'List messages',
      querystring: queueQuerySchema,
      response: { 200: messagePageSchema, ...problem }
    }
    app.get('/v1/queue', { schema: list, config }, ({ query }) => {
      const { state, cursor, limit } = query
      return toPageAnswer(queue.page({ ...toFilter(query), state, cursor, limit }))
    })
    const orders = {
      ...common,
      summary: 'Retry, cancel or count the waiting messages that are meant, some at a time',
      body: bulkOrderSchema,
      response: { 200: bulkOrderedSchema, ...problem }
    }
    app.post('/v1/queue/orders', { schema: orders, config }, async (request) => {
      const { order, filter, cursor } = request.body
      const by = request.bearer?.id ?? 'unknown'
      const outcome = await queue.orderAll({ order, filter: toFilter(filter), by, cursor })
      if (outcome.kind === 'bad-cursor') throw badCursor('body.cursor')
      return outcome
    })
    if (destinations !== undefined) destinationsRoute(app, destinations)

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

function destinationsRoute(app: Parameters<ApiRoutes>[0], destinations: Destinations): void {
  const schema = {
    ...common,
    summary: 'Where messages wait to go, and what holds them back',
    querystring: destinationQuerySchema,
    response: { 200: destinationPageSchema, ...problem }
  }
  app.get('/v1/queue/destinations', { schema, config }, ({ query: { cursor, limit } }) => {
    const { items, next } = destinations.page({ after: cursor, limit })
    return {
      items: items.map(({ lanes, ...item }) => ({
        ...item,
        lanes: lanes.map((lane) => ({
          ...lane,
          maxActive: lane.maxActive === Infinity ? null : lane.maxActive,
          blockedUntil: lane.blockedUntil === null ? null : toTime(lane.blockedUntil)
        }))
      })),
      nextCursor: next
    }
  })
}

function toFilter({
  sender,
  domain,
  route,
  label,
  acceptedBefore
}: z.output<typeof messageFilterSchema>): Omit<MessageFilter, 'state'> {
  return {
    sender,
    domain,
    route,
    label,
    ...(acceptedBefore !== undefined && { acceptedBefore: Date.parse(acceptedBefore) })
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
