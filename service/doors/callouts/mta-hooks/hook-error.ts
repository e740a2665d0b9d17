import { z } from 'zod'

/** What goes wrong, in the words of MTA Hooks. The mail server makes its own of the status: 404 and 410 make it register anew. */
export const hookErrors = {
  INVALID_REQUEST: 400,
  INVALID_CREDENTIALS: 401,
  REGISTRATION_DENIED: 403,
  REGISTRATION_MISMATCH: 403,
  REGISTRATION_NOT_FOUND: 404,
  REGISTRATION_EXPIRED: 410,
  REGISTRATION_DEREGISTERED: 410,
  REQUEST_TOO_LARGE: 413,
  UNSUPPORTED_SERIALIZATION: 422,
  UNSUPPORTED_FILTER: 422,
  UNSUPPORTED_SUBSCRIPTION: 422,
  SCANNER_UNAVAILABLE: 503
} as const satisfies Record<string, number>

export type HookErrorCode = keyof typeof hookErrors

export const hookErrorSchema = z.object({
  error: z.object({ code: z.string().describe('stable; match on this'), message: z.string() })
})

/** Thrown by the routes; answered as `{"error": {code, message}}`. */
export class HookError extends Error {
  override readonly name = 'HookError'
  readonly code: HookErrorCode
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: HookErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.code = code
    this.statusCode = hookErrors[code]
    this.headers = headers
  }

  toAnswer(): z.output<typeof hookErrorSchema> {
    return { error: { code: this.code, message: this.message } }
  }
}

/** Whatever else ends a request (the framework, the server, a bug of ours) says its status as Fastify's errors do. */
export function toHookError(error: unknown): HookError {
  if (error instanceof HookError) return error
  const { statusCode = 500, message = '', headers = {} } = error instanceof Error ? asFastifys(error) : {}
  if (statusCode === 413) return new HookError('REQUEST_TOO_LARGE', message)
  if (statusCode === 415) return new HookError('UNSUPPORTED_SERIALIZATION', message)
  if (statusCode >= 400 && statusCode < 500) return new HookError('INVALID_REQUEST', message)
  return new HookError('SCANNER_UNAVAILABLE', 'No judgement is possible now', {
    'retry-after': '1',
    ...headers
  })
}

interface FastifysError {
  readonly statusCode?: number
  readonly message?: string
  readonly headers?: Readonly<Record<string, string>>
}

function asFastifys(error: FastifysError): FastifysError {
  return error
}

const content = { 'application/json': { schema: hookErrorSchema } }

/** Every route may answer these: stands beside its own answers in `schema.response`. */
export const errorResponses = {
  '4xx': { description: 'Not as asked', content },
  '5xx': { description: 'Not now', content }
}
