import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import type { Logger } from '../../telemetry/logger.ts'
import { toProblem, type ProblemCode } from '../../contracts/problem.ts'
import type { ApiApp } from './api-app.ts'
import { isModelFault, modelProblem } from './model-problem.ts'
import { ProblemError } from './problem-error.ts'

/** Every failure of a request, ours or the client's, as RFC 9457 problem details with a stable code. */
export function answerProblems(app: ApiApp, log: Logger): void {
  const allowed = collectRoutes(app)
  app.setErrorHandler((error, request, reply) => send(reply, toTold(error, request.routeOptions.url, log)))
  app.setNotFoundHandler((request, reply) => {
    const methods = allowed(request.url)
    if (methods.length === 0) return send(reply, new ProblemError('NOT_FOUND'))
    return send(reply, new ProblemError('METHOD_NOT_ALLOWED', { headers: { allow: methods.join(', ') } }))
  })
}

/** What the client is told of a failure; what is not the client's own fault is logged with its cause. */
export function toTold(error: unknown, route: string | undefined, log: Logger): ProblemError {
  const problem = asProblem(error)
  if (problem.code === 'INTERNAL') log.error('api.request_failed', { route, error: describe(error) })
  if (problem.code === 'UNAVAILABLE') log.warn('api.dependency_failed', { route, error: describe(error) })
  return problem
}

/** For what Fastify refuses before a route is found: a URL that can't be decoded, a parameter beyond its bound. */
export function answerFrameworkError(error: Error, reply: FastifyReply): FastifyReply {
  return send(reply, asProblem(error))
}

/** For what Node refuses before Fastify sees it: broken HTTP, too large header fields, a client that is too slow. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = toProblem(clientErrors[error.code ?? ''] ?? 'REQUEST_MALFORMED')
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close'
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const clientErrors: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE'
}

function send(reply: FastifyReply, error: ProblemError): FastifyReply {
  const problem = error.toProblem()
  return reply
    .code(problem.status)
    .headers({ ...error.facts.headers })
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

/** Fastify's own errors, by their codes. */
const frameworkErrors: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_MALFORMED',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_MALFORMED',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BODY_MALFORMED',
  FST_ERR_BAD_URL: 'REQUEST_MALFORMED',
  FST_ERR_MAX_PARAM_LENGTH: 'NOT_FOUND'
}

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (!(error instanceof Error)) return new ProblemError('INTERNAL')
  const code = 'code' in error && typeof error.code === 'string' ? frameworkErrors[error.code] : undefined
  if (code !== undefined) return new ProblemError(code, { detail: error.message })
  if (isModelFault(error)) return modelProblem(error)
  if (error.name === 'StorageError')
    return new ProblemError('UNAVAILABLE', { headers: { 'retry-after': '5' } })
  // Node's JSON parser and secure-json-parse give SyntaxErrors, marked by Fastify as the client's.
  const isClients = 'statusCode' in error && error.statusCode === 400
  return isClients
    ? new ProblemError('BODY_MALFORMED', { detail: error.message })
    : new ProblemError('INTERNAL')
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** The methods that a path would answer: Fastify itself only knows that this one found nothing. */
function collectRoutes(app: ApiApp): (url: string) => readonly string[] {
  const patterns = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = patterns.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() }
    for (const one of [method].flat()) known.methods.add(one)
    patterns.set(url, known)
  })
  return (url) => {
    const path = url.replace(/[?#].*$/u, '')
    return Array.from(patterns.values()).flatMap(({ pattern, methods }) =>
      pattern.test(path) ? [...methods] : []
    )
  }
}

function toPattern(url: string): RegExp {
  const escaped = url.replaceAll(/[.+?^${}()|[\]\\]/gu, '\\$&')
  return new RegExp(`^${escaped.replaceAll(/:[^/]+/gu, '[^/]+').replaceAll('*', '.*')}$`, 'u')
}
