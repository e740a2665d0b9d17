import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { isLoopback } from '../../../access/networks.ts'
import { withoutMapping } from '../../../message/mapped-address.ts'
import type { DoorContext } from '../door-context.ts'
import { readProxyHeader } from '../proxy/read-proxy-header.ts'
import { onConnect } from '../verbs/on-connect.ts'
import { converse } from './converse.ts'
import { createInput } from './input.ts'
import type { SessionClient } from './session.ts'
import { ignoreErrors } from './start-tls.ts'
import { openWire } from './wire.ts'

export interface ConnectionOptions {
  readonly socket: Socket
  readonly context: DoorContext
  readonly secureContext: SecureContext
  /** The service ends: after what is under way, goodbye. */
  readonly ending: AbortSignal
}

/** The life of a connection, from the first byte to the last. Resolves when it is over, whatever its client did. */
export async function serveConnection(options: ConnectionOptions): Promise<void> {
  const { socket, context } = options
  const { log, limits } = context
  ignoreErrors(socket)
  socket.setNoDelay(true)
  const client = await identify(socket, context)
  if (client === null) return hangUp(socket)
  try {
    await receive(client, options)
  } catch (error) {
    log.error('smtp.session_failed', { ip: client.ip, error })
    socket.destroy()
  } finally {
    limits.leave(client)
  }
}

/** Who it is: at a listener for load balancers the one whom a trusted proxy names, and a proxy has to name one. */
async function identify(socket: Socket, context: DoorContext): Promise<SessionClient | null> {
  const { remoteAddress, remotePort = 0 } = socket
  // A client that has reset its connection already
  if (remoteAddress === undefined) return null
  const peer = withoutMapping(remoteAddress)
  const own = { ip: peer, port: remotePort, isLocal: isLoopback(peer) }
  if (!context.takesProxy || !context.proxyNetworks.has(peer)) return own
  const input = createInput(socket)
  const header = await readProxyHeader(input, performance.now() + context.bounds.proxyTimeoutMs)
  input.release()
  if (header === null) {
    context.log.warn('smtp.connection_refused', { ip: peer, cause: 'proxy-header' })
    context.metrics.count('sluice_smtp_refused_total', { cause: 'proxy-header' })
    return null
  }
  if (header.kind === 'local') return own
  return { ip: header.ip, port: header.port, isLocal: own.isLocal && isLoopback(header.ip) }
}

async function receive(client: SessionClient, options: ConnectionOptions): Promise<void> {
  const { socket, context, secureContext } = options
  const isImplicitTls = context.kind === 'submissions'
  const refused = onConnect(client, context)
  if (refused !== null) {
    // In the clear nobody would understand it at a port with TLS from the start
    if (!isImplicitTls) socket.write(`${refused.code} ${refused.status} ${refused.text}\r\n`)
    return hangUp(socket)
  }
  const wire = openWire(socket)
  const tls = isImplicitTls ? await wire.secure(secureContext, context.bounds.tlsTimeoutMs) : null
  if (!isImplicitTls || tls !== null) await converse({ client, tls, wire, ...options })
  hangUp(wire.socket)
}

/** How long a client may take to read our last words and hang up, too. */
const lingerMs = 5_000

function hangUp(socket: Socket): void {
  socket.destroySoon()
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  timer.unref()
  socket.once('close', () => clearTimeout(timer))
}
