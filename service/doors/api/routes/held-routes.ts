import { z } from 'zod'
import {
  decideManyAnswerSchema,
  decideManySchema,
  decideOneSchema,
  heldMessageSchema
} from '../../../contracts/held.ts'
import { problemSchema } from '../../../contracts/problem.ts'
import { idSchema, messagePageSchema, pageQuerySchema } from '../../../contracts/queue.ts'
import type { DecideHold } from '../../../operations/holds/decide-hold.ts'
import type { DecideOutcome, Queue } from '../../../queue/queue.ts'
import type { QueuedMessage } from '../../../queue/records/queued-message.ts'
import type { ApiRoutes } from '../api-app.ts'
import { toMessageAnswer, toPageAnswer } from '../message-answer.ts'
import { ProblemError } from '../problem-error.ts'

export interface HeldRoutesOptions {
  readonly queue: Pick<Queue, 'get' | 'page'>
  readonly releaseHold: DecideHold
  readonly rejectHold: DecideHold
}

const common = { tags: ['held'], security: [{ bearer: [] }] }
const problem = { '4xx': problemSchema, '5xx': problemSchema }
const config = { scope: 'operate' } as const
const params = z.object({ id: idSchema })
/** Held messages that one call decides. */
const maxAtOnce = 200

/** `/v1/held`: what waits for a decision, and the decisions. */
export function heldRoutes(options: HeldRoutesOptions): ApiRoutes {
  return (app) => {
    readRoutes(app, options)
    decideRoutes(app, options)
  }
}

function readRoutes(app: Parameters<ApiRoutes>[0], { queue }: HeldRoutesOptions): void {
  const list = { ...common, summary: 'List held messages, the next to expire first', querystring: pageQuerySchema, response: { 200: messagePageSchema, ...problem } } // prettier-ignore
  app.get('/v1/held', { schema: list, config }, (request) =>
    toPageAnswer(queue.page({ ...request.query, state: 'held' }))
  )

  const show = {
    ...common,
    summary: 'Show a message that is or was held',
    params,
    response: { 200: heldMessageSchema, ...problem }
  }
  app.get('/v1/held/:id', { schema: show, config }, (request) =>
    toMessageAnswer(heldOnce(queue.get(request.params.id)))
  )
}

function decideRoutes(
  app: Parameters<ApiRoutes>[0],
  { queue, releaseHold, rejectHold }: HeldRoutesOptions
): void {
  const schemaOf = (summary: string) => ({ ...common, summary, params, body: decideOneSchema, response: { 200: heldMessageSchema, ...problem } }) // prettier-ignore

  app.post(
    '/v1/held/:id/release',
    { schema: schemaOf('Release: send it, and learn from it'), config },
    async (request) =>
      toAnswer(
        await releaseHold(request.params.id, {
          by: request.bearer?.id ?? 'unknown',
          note: request.body?.note ?? null
        })
      )
  )
  app.post('/v1/held/:id/reject', { schema: schemaOf('Reject: never send it'), config }, async (request) =>
    toAnswer(
      await rejectHold(request.params.id, {
        by: request.bearer?.id ?? 'unknown',
        note: request.body?.note ?? null
      })
    )
  )

  const many = { ...common, summary: 'Decide many, by id or by sender', body: decideManySchema, response: { 200: decideManyAnswerSchema, ...problem } } // prettier-ignore
  app.post('/v1/held/decide', { schema: many, config }, async (request) => {
    const { decision, ids, sender, note } = request.body
    const decide = decision === 'release' ? releaseHold : rejectHold
    const found = ids === undefined ? heldBy(queue, sender) : { ids, more: false }
    const items: { id: string; outcome: DecideOutcome['kind'] }[] = []
    for (const id of found.ids) {
      const { kind } = await decide(id, { by: request.bearer?.id ?? 'unknown', note: note ?? null })
      items.push({ id, outcome: kind })
    }
    return { items, more: found.more }
  })
}

function heldBy(
  queue: Pick<Queue, 'page'>,
  sender: string | undefined
): { ids: readonly string[]; more: boolean } {
  const page = queue.page({ state: 'held', sender, limit: maxAtOnce })
  if (page.kind !== 'page') return { ids: [], more: false }
  return { ids: page.items.map(({ id }) => id), more: page.nextCursor !== null }
}

function heldOnce(message: QueuedMessage | undefined): QueuedMessage {
  if (message === undefined || message.hold === null) throw new ProblemError('NOT_FOUND')
  return message
}

function toAnswer(outcome: DecideOutcome) {
  switch (outcome.kind) {
    case 'done':
      return toMessageAnswer(outcome.message)
    case 'unknown':
      throw new ProblemError('NOT_FOUND')
    case 'not-held':
      throw new ProblemError('CONFLICT', { detail: alreadyDecided(outcome.message) })
  }
}

function alreadyDecided({ hold }: QueuedMessage): string {
  const decision = hold?.decision
  return decision ? `already ${decision.kind} by ${decision.by}` : 'the message is not held'
}
