import { z } from 'zod'
import { gateSchema, type Gate } from './model-gate.ts'

/** Every error that the API answers, by its stable code. Clients match on the code; titles are for people. */
export const problems = {
  REQUEST_INVALID: { status: 400, title: 'The request does not match its schema' },
  BODY_MALFORMED: { status: 400, title: 'The body is not well-formed JSON' },
  REQUEST_MALFORMED: { status: 400, title: 'The request is not well-formed HTTP' },
  TOKEN_MISSING: { status: 401, title: 'A bearer token is needed' },
  TOKEN_INVALID: { status: 401, title: 'The bearer token is not known' },
  SCOPE_MISSING: { status: 403, title: 'The token does not have the scope' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed here' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request came too slowly' },
  CONFLICT: { status: 409, title: 'The state does not allow it' },
  ID_REUSED: { status: 409, title: 'The idempotency key was used for another message' },
  GATE_REFUSED: { status: 409, title: 'The version did not pass the gate' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is larger than allowed' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The content type is not supported' },
  MODEL_UNUSABLE: { status: 422, title: 'The model cannot be used' },
  MESSAGE_REFUSED: { status: 422, title: 'The message was not accepted' },
  LIMIT_EXCEEDED: { status: 429, title: 'The sender has reached a limit' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The header fields are larger than allowed' },
  INTERNAL: { status: 500, title: 'An error of ours' },
  OVERLOADED: { status: 503, title: 'Too much work is waiting' },
  SHUTTING_DOWN: { status: 503, title: 'The service is shutting down' },
  UNAVAILABLE: { status: 503, title: 'Something that the request needs is not available' }
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** RFC 9457 problem details, with our stable `code` and, for invalid requests, where the faults are. */
export const problemSchema = z
  .object({
    type: z.string().describe('urn:sluice:problem: and the code in lower case'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('stable; match on this'),
    detail: z.string().optional(),
    errors: z
      .array(
        z.object({
          path: z.string().describe('`envelope.to[3]`; empty for the whole body'),
          message: z.string()
        })
      )
      .optional(),
    gate: gateSchema.optional().describe('GATE_REFUSED: what was measured')
  })
  .describe('RFC 9457 problem details')

export type Problem = z.output<typeof problemSchema>
export type ProblemFault = NonNullable<Problem['errors']>[number]

/** The body of an error answer. */
export function toProblem(
  code: ProblemCode,
  detail?: string,
  errors?: readonly ProblemFault[],
  gate?: Gate
): Problem {
  const { status, title } = problems[code]
  const type = `urn:sluice:problem:${code.toLowerCase().replaceAll('_', '-')}`
  return {
    type,
    title,
    status,
    code,
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && { errors: [...errors] }),
    ...(gate !== undefined && { gate })
  }
}
