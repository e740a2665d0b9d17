import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AskCallout } from '../asking/ask-callout.ts'
import { callerOf, type HookApp } from '../json-hooks/http-caller.ts'
import { hookPath } from './discovery.ts'
import { forgedLabels } from './forged-labels.ts'
import { hookAnswerSchema, toHookAnswer } from './hook-answer.ts'
import { errorResponses, HookError } from './hook-error.ts'
import { hookRequestSchema, isDecided, plannedAction, toCalloutRequest } from './hook-request.ts'
import { activeRegistration } from './registration-routes.ts'
import type { Registrations } from './registrations.ts'

export interface HookRouteOptions {
  readonly ask: AskCallout
  /** Of larger messages only the envelope is judged. */
  readonly maxMessageBytes: number
}

const documentedHeaders = z.object({
  'x-mta-hooks-registration': z.string(),
  'x-mta-hooks-request-id': z.string()
})

const schema = {
  tags: ['callouts'],
  security: [{ bearer: [] }, {}],
  summary: 'Judge a message for MTA Hooks',
  description: '204: nothing is to be changed.',
  body: hookRequestSchema,
  response: { 200: hookAnswerSchema, 204: z.null(), ...errorResponses }
}

/** Where every message is posted. */
export function hookRoute(
  scope: HookApp,
  registrations: Registrations,
  { ask, maxMessageBytes }: HookRouteOptions
): void {
  scope.post(
    hookPath,
    { schema, config: { scope: 'callout', documentedHeaders } },
    async (request, reply) => {
      activeRegistration(registrations, fieldOf(request, 'x-mta-hooks-registration'), request)
      const requestId = fieldOf(request, 'x-mta-hooks-request-id')
      if (!/^[\w.~:-]{1,128}$/u.test(requestId))
        throw new HookError('INVALID_REQUEST', 'X-MTA-Hooks-Request-Id: is missing or no id')
      const { body } = request
      if (!isDecided(body.stage)) return reply.code(204).send(null)
      const asked = toCalloutRequest(body, { caller: callerOf(request), requestId, maxMessageBytes })
      const answer = toHookAnswer(await ask(asked.request), plannedAction(body), forgedLabels(asked.message))
      return answer === null ? reply.code(204).send(null) : answer
    }
  )
}

function fieldOf({ headers }: FastifyRequest, name: string): string {
  return [headers[name] ?? ''].flat().join(', ')
}
