import { fromHeaders, readVerdictHeaders, verdictHeadersSchema } from '../../../contracts/verdict-headers.ts'
import { verdictRequestSchema, type VerdictRequest } from '../../../contracts/verdict-request.ts'
import { verdictAnswerSchema } from '../../../contracts/verdict-answer.ts'
import type { AnswerRequest } from '../answer-request.ts'
import type { ApiRoutes } from '../api-app.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'
import { requestInvalid } from '../validate.ts'

export interface VerdictRoutesOptions {
  readonly answer: AnswerRequest
}

const schema = {
  summary: 'Score one message',
  description:
    'As JSON with the message in base64, or as `message/rfc822` with the envelope in `X-Sluice-*` header fields. Without a token ' +
    '(on loopback, until a token is made) nothing is learned or counted, and `receivedAt` is ignored.',
  tags: ['verdicts'],
  security: [{ bearer: [] }, {}],
  body: {
    content: {
      'application/json': { schema: verdictRequestSchema },
      'message/rfc822': { schema: { type: 'string', format: 'binary' } }
    }
  },
  response: { 200: verdictAnswerSchema, ...problemResponses }
}

/** `POST /v1/verdicts`: the main job over HTTP (DESIGN.md section 7.1). */
export function verdictRoutes({ answer }: VerdictRoutesOptions): ApiRoutes {
  return (app) => {
    app.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body)
    )
    app.post(
      '/v1/verdicts',
      { schema, config: { scope: 'score', documentedHeaders: verdictHeadersSchema } },
      async (request) => answer(toRequest(request.body, request.raw.rawHeaders), request.bearer)
    )
  }
}

function toRequest(body: unknown, headers: readonly string[]): VerdictRequest {
  // Fastify picks the schema by content type: a request without a body has neither
  if (body === undefined || body === null)
    throw new ProblemError('REQUEST_INVALID', { detail: 'The body is missing' })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any body but bytes has passed verdictRequestSchema
  if (!(body instanceof Uint8Array)) return body as VerdictRequest
  const parsed = verdictHeadersSchema.safeParse(readVerdictHeaders(headers))
  if (!parsed.success) throw requestInvalid(parsed.error)
  return fromHeaders(parsed.data, body)
}
