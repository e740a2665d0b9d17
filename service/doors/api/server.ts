import type { Socket } from 'node:net'
import { fastify, type FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Tokens } from '../../access/tokens.ts'
import type { Logger } from '../../telemetry/logger.ts'
import { acceptOnlyJson } from './accept-json.ts'
import { answerClientError, answerFrameworkError, answerProblems } from './answer-problems.ts'
import type { ApiApp, ApiRoutes } from './api-app.ts'
import { authorise } from './authorise.ts'
import { createBodyBudget } from './body-budget.ts'
import { documentApi } from './documentation.ts'
import { ProblemError } from './problem-error.ts'
import { validatorCompiler } from './validate.ts'

export interface ApiOptions {
  readonly routes: readonly ApiRoutes[]
  readonly tokens: Pick<Tokens, 'verify' | 'onlyFirstAdmin'>
  readonly log: Logger
  readonly bodyLimitBytes: number
  /** For the documentation. */
  readonly version: string
  /** Of all large bodies in work together; default 256 MiB, at least one body. */
  readonly bodiesInWorkBytes?: number
  /** A request has to be complete within this: slow senders must not hold connections. */
  readonly requestTimeoutMs?: number
}

/** 25 MiB over 10 Mbit/s take 30 s. */
const defaultRequestTimeoutMs = 60_000
/** Recipients travel in header fields of `message/rfc822`: 64 KiB hold a thousand. */
const maxHeaderBytes = 65_536
/** Of an id in a path: a sender's name of 254 characters, each percent-encoded. */
const maxParamLength = 3_072

/** The HTTP server with all of its routes, ready to `listen` or to `inject`. `close()` answers what has arrived, then ends. */
export async function createApi(options: ApiOptions): Promise<ApiApp> {
  const { routes, tokens, log, bodyLimitBytes, version } = options
  const requestTimeout = options.requestTimeoutMs ?? defaultRequestTimeoutMs
  /** Connections whose request takes as long as its answers do. */
  const streaming = new WeakSet<Socket>()
  const app: ApiApp = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength },
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && streaming.has(socket)) return
      answerClientError(error, socket)
    },
    frameworkErrors: (error, _request, reply) => void answerFrameworkError(error, reply),
    http: {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: Math.min(requestTimeout, 20_000),
      connectionsCheckingInterval: Math.min(requestTimeout, 5_000)
    }
  }).withTypeProvider<ZodTypeProvider>()

  app.setValidatorCompiler(validatorCompiler)
  // Answers are typed and their schemas are held by tests: checking each one again would cost as much as making it.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer))
  acceptOnlyJson(app)
  answerProblems(app, log)
  exemptStreams(app, streaming)
  admit(
    app,
    tokens,
    createBodyBudget(options.bodiesInWorkBytes ?? Math.max(268_435_456, bodyLimitBytes), bodyLimitBytes)
  )
  await documentApi(app, version)
  for (const register of routes) register(app)
  await app.ready()
  return app
}

/** One hook for every request: is the service still open, and may this caller do this. */
function admit(app: ApiApp, tokens: ApiOptions['tokens'], budget: ReturnType<typeof createBodyBudget>): void {
  let closing = false
  app.decorateRequest('bearer', null)
  app.addHook('preClose', (done) => {
    closing = true
    // Connections whose last answer is still to come are idle after it, and would be kept for minutes
    app.server.keepAliveTimeout = 1
    done()
  })
  app.addHook('onRoute', ({ url, config }) => {
    if (config?.scope === undefined && !url.startsWith('/docs'))
      throw new Error(`The route ${url} says no scope`)
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (closing)
      throw new ProblemError('SHUTTING_DOWN', { headers: { 'retry-after': '5', connection: 'close' } })
    refuseEncoded(request)
    request.bearer = authorise(request, tokens)
    budget(request, reply)
    done()
  })
}

/** Node ends requests that are not complete in time; those that are answered line by line are bounded by their route. */
function exemptStreams(app: ApiApp, streaming: WeakSet<Socket>): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw
    if (request.routeOptions.config.streamsBody === true) {
      streaming.add(socket)
      reply.raw.once('close', () => streaming.delete(socket))
    }
    done()
  })
}

/** Compressed bodies are not unpacked: a small one could grow without bound. */
function refuseEncoded({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    throw new ProblemError('MEDIA_TYPE_UNSUPPORTED', { detail: 'Content-Encoding is not supported' })
  }
}
