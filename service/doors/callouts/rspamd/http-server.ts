import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from '../../../telemetry/logger.ts'
import type { Connection } from '../listening/socket-server.ts'
import { json, type Exchange, type Handle, type Reply } from './exchange.ts'
import { announcedBytes } from './reading/read-body.ts'
import { listOf, requestFields, type RequestFields } from './reading/request-fields.ts'
import { RspamdError } from './rspamd-error.ts'
import { packZstd } from './reading/zstd.ts'

export interface HttpTimes {
  /** For the header of a request, from its first byte. */
  readonly headersMs: number
  /** For a whole request: 25 MB at 2 Mbit/s. */
  readonly requestMs: number
  /** Between two requests of a connection. */
  readonly idleMs: number
}

export interface HttpServerOptions {
  /** The handler of the first word of the path. */
  readonly handlerOf: (word: string) => Handle | undefined
  /** A body that announces more is refused without being asked for. */
  readonly mostBytes: number
  readonly times: HttpTimes
  readonly log: Logger
}

export interface HttpServer {
  /** Serves one connection to its end. Its first bytes are (back) in the socket. */
  serve(connection: Connection): Promise<void>
  /** To be called when no connection is left. */
  close(): void
}

/** One recipient a header line, at most 262 bytes (RFC 5321 section 4.5.3.1): a thousand of them and more. */
const maxHeaderBytes = 524_288

/** HTTP on connections that somebody else accepted: keep-alive, pipelining, half-closed clients. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { times, mostBytes, log } = options
  const connections = new WeakMap<Socket, Connection>()
  const http = createServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: times.headersMs,
    requestTimeout: times.requestMs,
    keepAliveTimeout: times.idleMs,
    connectionsCheckingInterval: Math.min(5_000, times.headersMs)
  })
  // All fields count: Node's bound drops recipients without a word, and the bytes are bounded already
  http.maxHeadersCount = 0
  // Clients may shut down their side after the request (undocumented, and the only way that they get their answer)
  Object.assign(http, { httpAllowHalfOpen: true })
  // Node watches over `headersTimeout` and `requestTimeout` only once it listens, which this server never does
  http.emit('listening')
  http.on('request', onRequest)
  // Who doesn't read its answer; requests are watched over before
  http.setTimeout(2 * times.requestMs)
  http.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (announcedBytes(request) <= mostBytes) response.writeContinue()
    else response.shouldKeepAlive = false
    onRequest(request, response)
  })

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const connection = connections.get(request.socket)
    if (connection === undefined) return void request.socket.destroy()
    connection.begin()
    response.once('close', () => connection.end())
    answer(request, response, connection, options).catch((error: unknown) => {
      log.error('callouts.request_failed', { protocol: 'rspamd', error })
      response.destroy()
    })
  }

  return {
    async serve(connection) {
      const { socket } = connection
      if (socket.destroyed) return
      const closed = new Promise<void>((resolve) => void socket.once('close', resolve))
      connections.set(socket, connection)
      http.emit('connection', socket)
      socket.resume()
      await closed
    },
    close: () => void http.close()
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
  options: HttpServerOptions
): Promise<void> {
  let fields: RequestFields = new Map()
  let reply: Reply
  try {
    const { word, query } = pathOf(request.url ?? '')
    fields = requestFields(request.rawHeaders, query)
    const handle = options.handlerOf(word)
    if (handle === undefined) throw new RspamdError(400, 'invalid command')
    const exchange: Exchange = { request, fields, peer: connection.peer }
    reply = await handle(exchange)
  } catch (error) {
    reply = replyOf(error, connection.peer, options.log)
  }
  if (response.destroyed) return
  const isPacked = wantsZstd(fields) && reply.contentType === 'application/json'
  const body = isPacked ? await packZstd(Buffer.from(reply.body)) : Buffer.from(reply.body)
  if (connection.isClosing()) response.shouldKeepAlive = false
  response.writeHead(reply.status, reply.statusText, {
    'Content-Type': reply.contentType,
    'Content-Length': body.length,
    ...(isPacked && { Compression: 'zstd', 'Content-Encoding': 'zstd' })
  })
  response.end(body)
  // What was not read of the body is dropped, until it ends or its time is over: unread, it would reset the connection before the answer
  request.resume()
}

function replyOf(error: unknown, peer: string | null, log: Logger): Reply {
  if (!(error instanceof RspamdError)) {
    log.error('callouts.request_failed', { protocol: 'rspamd', error })
    return json({ error: 'internal error', error_domain: 'task-error' }, 500)
  }
  log.warn('callouts.request_faulty', { protocol: 'rspamd', peer, fault: error.message })
  const reply = json({ error: error.message, error_domain: error.domain }, error.status)
  return { ...reply, statusText: error.message.replaceAll(/[^ -~]/gu, '?') }
}

function pathOf(url: string): { readonly word: string; readonly query: URLSearchParams } {
  if (!URL.canParse(url, 'http://localhost')) throw new RspamdError(400, 'bad request URL')
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  return { word: pathname.slice(1).toLowerCase(), query: searchParams }
}

/** In kind: whoever sent zstd reads it. */
function wantsZstd(fields: RequestFields): boolean {
  return (
    listOf(fields, 'accept-encoding').some((encoding) => /^zstd(?:;|$)/u.test(encoding)) ||
    listOf(fields, 'compression').includes('zstd') ||
    listOf(fields, 'content-encoding').includes('zstd')
  )
}
