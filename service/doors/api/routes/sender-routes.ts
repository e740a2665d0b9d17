import {
  containedSchema,
  limitedSchema,
  limitsSchema,
  containSchema,
  erasedSchema,
  rewindSchema,
  rewoundSchema,
  senderParamsSchema,
  senderSchema
} from '../../../contracts/sender.ts'
import type { Decider } from '../../../operations/holds/decide-hold.ts'
import type { SenderActs } from '../../../operations/senders/sender-acts.ts'
import type { Limits } from '../../../verdict/limits.ts'
import type { ApiRoutes } from '../api-app.ts'
import { toTime } from '../message-answer.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'
import { toSenderAnswer } from '../sender-answer.ts'

export interface SenderRoutesOptions extends SenderActs {
  readonly limits: Limits
}

const common = { tags: ['senders'], security: [{ bearer: [] }], params: senderParamsSchema }

/** `/v1/senders/{id}`: what is known of a sender, and what can be done about it. */
export function senderRoutes(options: SenderRoutesOptions): ApiRoutes {
  return (app) => {
    readRoute(app, options)
    actRoutes(app, options)
    limitsRoute(app, options)
    eraseRoute(app, options)
  }
}

type App = Parameters<ApiRoutes>[0]

function readRoute(app: App, { showSender, limits }: SenderRoutesOptions): void {
  const show = {
    ...common,
    summary: 'Show a sender: habits, containment, limits, recent verdicts',
    response: { 200: senderSchema, ...problemResponses }
  }
  app.get('/v1/senders/:id', { schema: show, config: { scope: 'operate' } }, (request) => {
    const view = showSender(request.params.id)
    if (view === undefined) throw new ProblemError('NOT_FOUND', { detail: 'Nothing is known of this sender' })
    return toSenderAnswer(view, limits)
  })
}

function actRoutes(app: App, { containSender, rewindSender }: SenderRoutesOptions): void {
  const config = { scope: 'operate' } as const
  const contain = {
    ...common,
    summary: 'Set a sender’s containment',
    body: containSchema,
    response: { 200: containedSchema, ...problemResponses }
  }
  app.put('/v1/senders/:id/containment', { schema: contain, config }, async (request) => {
    const { state, note } = request.body
    return containSender(request.params.id, state, deciderOf(request, note))
  })

  const rewind = {
    ...common,
    summary: 'Forget what a sender’s habits learned since a moment',
    body: rewindSchema,
    response: { 200: rewoundSchema, ...problemResponses }
  }
  app.post('/v1/senders/:id/rewind', { schema: rewind, config }, async (request) => {
    const { since, note } = request.body
    const rewound = await rewindSender(request.params.id, since, deciderOf(request, note))
    const { id, forgotten, messagesSeen, reaches } = rewound
    return {
      id,
      forgotten,
      messagesSeen,
      complete: since >= reaches,
      reaches: reaches === 0 ? null : toTime(reaches)
    }
  })
}

function limitsRoute(app: App, { limitSender, limits }: SenderRoutesOptions): void {
  const limit = {
    ...common,
    summary: 'Give a sender limits of its own',
    body: limitsSchema,
    response: { 200: limitedSchema, ...problemResponses }
  }
  app.put('/v1/senders/:id/limits', { schema: limit, config: { scope: 'operate' } }, async (request) => {
    const { note, ...override } = request.body
    const id = await limitSender(request.params.id, override, deciderOf(request, note))
    return { id, limits: { ...limits, ...override } }
  })
}

function eraseRoute(app: App, { eraseSender }: SenderRoutesOptions): void {
  const erase = {
    ...common,
    summary: 'Erase a sender: all that is kept of it',
    response: { 200: erasedSchema, ...problemResponses }
  }
  app.delete('/v1/senders/:id', { schema: erase, config: { scope: 'admin' } }, async (request) =>
    eraseSender(request.params.id, deciderOf(request, null))
  )
}

function deciderOf({ bearer }: { bearer: { id: string } | null }, note: string | null | undefined): Decider {
  return { by: bearer?.id ?? 'unknown', note: note ?? null }
}
