import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { Certificate } from './certificate.ts'
import type { DoorContext } from './door-context.ts'
import { serveConnection } from './session/connection.ts'

export interface ListenerOptions {
  readonly context: DoorContext
  readonly certificate: Certificate
  /** Connections of which nothing is known yet (PROXY header, TLS handshake) count here; sessions are counted over all listeners. */
  readonly maxConnections: number
}

/** One port. */
export interface Listener {
  /** Gives the port, which the system chooses for 0. Rejects if it is taken. */
  listen(host: string, port: number): Promise<number>
  /** Lets messages that are being received end, for a moment; the others are told to come back (421). */
  close(): Promise<void>
}

/** How long messages under way may still take when the service stops. */
const graceMs = 5_000
/** Connections that may be open and refused at the moment, for each that may be served: a flood is answered, not piled up. */
const refusedShare = 2

export function createListener({ context, certificate, maxConnections }: ListenerOptions): Listener {
  const secureContext = createSecureContext({ ...certificate, minVersion: 'TLSv1.2' })
  const ending = new AbortController()
  const open = new Map<Socket, Promise<void>>()
  // A client that has said everything may shut down its side and still wants our answer
  const server = createServer({ allowHalfOpen: true }, accept)
  // Beyond that the system's own queue has to do
  server.maxConnections = maxConnections * refusedShare
  server.on('drop', () => context.metrics.count('sluice_smtp_refused_total', { cause: 'too-many' }))
  server.on('error', (error) => context.log.warn('smtp.listener_failed', { error }))
  return { listen, close }

  function accept(socket: Socket): void {
    const served = serveConnection({ socket, context, secureContext, ending: ending.signal })
    open.set(socket, served)
    socket.once('close', () => open.delete(socket))
  }

  async function listen(host: string, port: number): Promise<number> {
    await once(server.listen(port, host), 'listening')
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : port
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    ending.abort()
    const timer = setTimeout(() => {
      for (const socket of open.keys()) socket.destroy()
    }, graceMs)
    await Promise.all(open.values())
    await closed
    clearTimeout(timer)
  }
}
