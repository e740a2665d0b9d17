import { once } from 'node:events'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { Certificate } from './certificate.ts'
import { DoorConnection } from './session/door-connection.ts'
import type { DoorContext } from './door-context.ts'
import { createOnAuth } from './verbs/on-auth.ts'
import { createOnConnect } from './verbs/on-connect.ts'
import { createOnData } from './verbs/on-data.ts'
import { createOnMailFrom } from './verbs/on-mail-from.ts'
import { createOnRcptTo } from './verbs/on-rcpt-to.ts'

export interface ListenerOptions {
  readonly context: DoorContext
  readonly certificate: Certificate
  readonly maxRecipients: number
  /** TLS handshakes that may be under way; sessions are counted over all listeners. */
  readonly maxConnections: number
  readonly idleTimeoutMs: number
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

/** Words that no client of ours has a use for; smtp-server answers some of them with jokes. */
const unknownCommands = ['WIZ', 'SHELL', 'KILL', 'LHLO', 'XCLIENT', 'XFORWARD', 'HELP']

/** smtp-server with our session. */
class DoorServer extends SMTPServer {
  override connect(...[socket, options]: Parameters<SMTPServer['connect']>): void {
    const connection = new DoorConnection(this, socket, options)
    this.connections.add(connection)
    connection.on('error', (error) => this.emit('error', error))
    connection.init()
  }

  /** Says goodbye to everyone who is not in the middle of a message. */
  dismissIdle(): void {
    for (const connection of this.connections) {
      if (connection instanceof DoorConnection && connection.isIdle)
        connection.send(421, '4.3.2 Shutting down')
    }
  }
}

export function createListener({
  context,
  certificate,
  maxRecipients,
  maxConnections,
  idleTimeoutMs
}: ListenerOptions): Listener {
  const { log, limits } = context
  const server = new DoorServer({
    ...certificate,
    ...extensionsOf(context),
    minVersion: 'TLSv1.2',
    maxRecipients,
    maxClients: maxConnections,
    socketTimeout: idleTimeoutMs,
    closeTimeout: graceMs,
    logger: false,
    disableReverseLookup: true,
    onConnect: createOnConnect(context),
    onAuth: createOnAuth(context),
    onMailFrom: createOnMailFrom(),
    onRcptTo: createOnRcptTo(context.hostname),
    onData: createOnData(context),
    onClose: (session) => limits.leave(session)
  })
  // Whatever a client does to its connection ends that connection only
  server.on('error', (error: Error) => log.debug('smtp.connection_failed', { error }))
  return { listen, close }

  async function listen(host: string, port: number): Promise<number> {
    await once(server.listen(port, host), 'listening')
    const address = server.server.address()
    return typeof address === 'object' && address !== null ? address.port : port
  }

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.dismissIdle()
    await closed
  }
}

/** What EHLO offers and what is asked for, by kind of listener. */
function extensionsOf({ kind, hostname, maxMessageBytes }: DoorContext): SMTPServerOptions {
  const common: SMTPServerOptions = {
    name: hostname,
    banner: 'Sluice',
    heloResponse: '%s greets %s',
    size: maxMessageBytes,
    authMethods: ['PLAIN', 'LOGIN'],
    authRequiredMessage: '5.7.0 Authentication required',
    // Our session decides by connection: never before TLS, except on loopback
    allowInsecureAuth: true,
    hideENHANCEDSTATUSCODES: false,
    hideDSN: true,
    maxCommandLength: 4_096,
    disabledCommands: unknownCommands
  }
  switch (kind) {
    case 'submission':
      return common
    case 'submissions':
      return { ...common, secure: true }
    case 'relay':
      return { ...common, authOptional: true, disabledCommands: [...unknownCommands, 'AUTH'] }
  }
}
