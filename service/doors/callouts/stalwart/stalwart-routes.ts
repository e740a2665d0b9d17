import type { FastifyReply } from 'fastify'
import { problemSchema, problems, toProblem } from '../../../contracts/problem.ts'
import type { AskCallout } from '../asking/ask-callout.ts'
import {
  admitCallers,
  callerOf,
  type AdmitOptions,
  type HookRoutes,
  type Refusal
} from '../json-hooks/http-caller.ts'
import { passOn, stalwartAnswerSchema, toStalwartAnswer } from './stalwart-answer.ts'
import { isDecided, stalwartRequestSchema, toCalloutRequest } from './stalwart-request.ts'

export interface StalwartRoutesOptions extends AdmitOptions {
  readonly ask: AskCallout
  /** Of larger messages only the envelope is judged. */
  readonly maxMessageBytes: number
}

const content = { 'application/problem+json': { schema: problemSchema } }

const schema = {
  summary: 'Judge a message for Stalwart',
  description:
    'The MTA hook of Stalwart Mail Server. Only the stage `data` is judged; the others are answered with `accept`. The credential is a ' +
    'token of scope `score`, or the password of a `[[callouts.clients]]` of kind `stalwart`, as Bearer or Basic.',
  tags: ['callouts'],
  security: [{ bearer: [] }, {}],
  body: stalwartRequestSchema,
  response: {
    200: stalwartAnswerSchema,
    '4xx': { description: 'Stalwart defers the message', content },
    '5xx': { description: 'Stalwart defers the message', content }
  }
}

/** `POST /callouts/stalwart`: the hook as Stalwart's own source speaks it, which is older than the MTA Hooks of the Internet-Draft. */
export function stalwartRoutes(options: StalwartRoutesOptions): HookRoutes {
  const { ask, maxMessageBytes } = options
  return (app) =>
    admitCallers(app, 'stalwart', options, refuse, (scope) => {
      scope.post('/callouts/stalwart', { schema, config: { scope: 'callout' } }, async (request) => {
        const { body } = request
        if (!isDecided(body.context.stage)) return passOn
        const answer = await ask(toCalloutRequest(body, callerOf(request), maxMessageBytes))
        return toStalwartAnswer(answer, body.message?.headers ?? [])
      })
    })
}

/** Stalwart itself only looks whether it is 2xx; the rest is for whoever reads its log. */
function refuse(why: Refusal, reply: FastifyReply): void {
  void reply
    .code(problems[why].status)
    .header('www-authenticate', 'Bearer realm="sluice"')
    .type('application/problem+json')
    .send(JSON.stringify(toProblem(why)))
}
