import { chmod, lstat, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { withoutMapping } from '../../../message/mapped-address.ts'
import type { Logger } from '../../../telemetry/logger.ts'

/** Where to listen: a port (0 = any free one), or a unix socket. */
export type Place = { readonly host: string; readonly port: number } | { readonly path: string }

export interface SocketServerOptions {
  /** For the log: `milter`. */
  readonly name: string
  readonly maxConnections: number
  readonly log: Logger
  /** Serves one connection until it ends. What it throws or rejects with ends the connection and is logged. */
  readonly serve: (connection: Connection) => Promise<void>
}

export interface Connection {
  readonly socket: Socket
  /** The mail server's address; null over a unix socket. */
  readonly peer: string | null
  /** Between `begin` and `end` an answer is owed: a close of the server waits for it. */
  begin(): void
  end(): void
  /** The server is closing: after the answer that is owed, no more questions. */
  isClosing(): boolean
}

export interface SocketServer {
  /** May be called for several places. Gives the port, or null for a unix socket. Rejects if the place is taken. */
  listen(place: Place): Promise<number | null>
  /** No new connections; those that are owed an answer get it, within `graceMs`. */
  close(): Promise<void>
}

const graceMs = 10_000
/** The mail server's group may ask, nobody else (there is no other proof of who asks). */
const socketMode = 0o660

/** TCP and unix listeners of the callouts that are no HTTP: half-open sockets are allowed, as clients shut down their side to end a question. */
export function createSocketServer({ name, maxConnections, log, serve }: SocketServerOptions): SocketServer {
  const servers: Server[] = []
  const open = new Map<Socket, { owed: number }>()
  let closing = false

  function accept(socket: Socket, place: Place): void {
    const peer = 'path' in place ? null : peerOf(socket)
    if (closing || open.size >= maxConnections || peer === undefined) {
      socket.destroy()
      return
    }
    const state = { owed: 0 }
    open.set(socket, state)
    socket.setNoDelay(true)
    socket.on('error', (error) => log.debug('callouts.connection_broken', { protocol: name, error }))
    socket.once('close', () => open.delete(socket))
    const connection: Connection = {
      socket,
      peer,
      begin: () => void (state.owed += 1),
      end: () => {
        state.owed -= 1
        if (closing && state.owed === 0) socket.end()
      },
      isClosing: () => closing
    }
    serve(connection).then(
      () => socket.end(),
      (error: unknown) => {
        log.error('callouts.connection_failed', { protocol: name, error })
        socket.destroy()
      }
    )
  }

  async function listen(place: Place): Promise<number | null> {
    if ('path' in place && (await isSocket(place.path))) await rm(place.path, { force: true })
    const server = createServer({ allowHalfOpen: true }, (socket) => accept(socket, place))
    servers.push(server)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(place, () => resolve())
    })
    if ('path' in place) await chmod(place.path, socketMode)
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : null
  }

  async function close(): Promise<void> {
    closing = true
    const ended = servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve())))
    for (const [socket, { owed }] of open) if (owed === 0) socket.destroySoon()
    const cut = setTimeout(() => {
      for (const socket of open.keys()) socket.destroy()
    }, graceMs)
    await Promise.all(ended)
    clearTimeout(cut)
  }

  return { listen, close }
}

/** One that a killed service left behind. */
async function isSocket(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isSocket() === true
}

/**
 * The mail server's address. undefined: the client has reset the connection. What
 * it had sent can still be read, and must not pass for what came over a unix socket.
 */
export function peerOf({ remoteAddress }: Pick<Socket, 'remoteAddress'>): string | undefined {
  return remoteAddress === undefined ? undefined : withoutMapping(remoteAddress)
}
