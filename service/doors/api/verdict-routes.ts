import { fromHeaders, readVerdictHeaders, verdictHeadersSchema } from '../../contracts/verdict-headers.ts'
import { toSubmission, verdictRequestSchema, type VerdictRequest } from '../../contracts/verdict-request.ts'
import { verdictAnswerSchema, type VerdictAnswer } from '../../contracts/verdict-answer.ts'
import { hasScope } from '../../access/tokens.ts'
import type { ScoreOutcome, ScoreSubmission } from '../../scoring/scoring-ports.ts'
import type { ApiRoutes } from './api-app.ts'
import { ProblemError } from './problem-error.ts'
import { problemResponses } from './problem-responses.ts'
import { requestInvalid } from './validate.ts'

export interface VerdictRoutesOptions {
  readonly score: ScoreSubmission
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
}

/** A clock may be ahead of ours by this much; a message from further in the future is a fault, and would spoil habits. */
const maxAheadMs = 300_000

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
export function verdictRoutes({ score, newId, clock }: VerdictRoutesOptions): ApiRoutes {
  return (app) => {
    app.addContentTypeParser('message/rfc822', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body)
    )
    app.post(
      '/v1/verdicts',
      { schema, config: { scope: 'score', documentedHeaders: verdictHeadersSchema } },
      async (request) => {
        const asked = toRequest(request.body, request.raw.rawHeaders)
        const now = clock()
        const trusted = request.bearer !== null && hasScope(request.bearer, 'score')
        if (trusted && (asked.receivedAt ?? now) > now + maxAheadMs) throw futureReceivedAt()
        const caller = request.bearer?.id ?? 'loopback'
        const outcome = await score(toSubmission(asked, { caller, trusted, submissionId: newId(), now }))
        return toAnswer(outcome)
      }
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

function toAnswer(outcome: ScoreOutcome): VerdictAnswer {
  switch (outcome.kind) {
    case 'scored':
      return outcome.verdict
    case 'id-reused':
      throw new ProblemError('ID_REUSED', { detail: 'The id came before with another message or envelope' })
    case 'overloaded':
      throw new ProblemError('OVERLOADED', {
        headers: { 'retry-after': String(Math.ceil(outcome.retryAfterMs / 1000)) }
      })
  }
}

function futureReceivedAt(): ProblemError {
  const message = 'must not lie in the future'
  return new ProblemError('REQUEST_INVALID', {
    detail: `receivedAt: ${message}`,
    errors: [{ path: 'receivedAt', message }]
  })
}
