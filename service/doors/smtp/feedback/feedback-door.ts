import { once } from 'node:events'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { createByteBudget } from '../../../access/byte-budget.ts'
import type { Certificate } from '../certificate.ts'
import { FeedbackConnection } from './feedback-connection.ts'
import { createReceiving, type ReceivingOptions } from './receiving.ts'

export interface FeedbackDoorOptions extends Pick<ReceivingOptions, 'readAddress' | 'takeReport' | 'log'> {
  readonly config: {
    readonly host: string
    readonly hostname: string
    /** null: not offered. 0: any free port. */
    readonly feedbackPort: number | null
    readonly maxReportBytes: number
    readonly maxConnections: number
    readonly idleTimeoutMs: number
  }
  readonly certificate: Certificate
}

export interface FeedbackDoor {
  /** Gives the port; null where it is not offered. Rejects if it is taken. */
  listen(): Promise<number | null>
  /** Lets reports that are being received end, for a moment. */
  close(): Promise<void>
}

const graceMs = 5_000
/** Reports being received may take as much memory as this many of the largest. */
const reportsAtOnce = 16
/** Nobody logs in here, and nobody asks who is here. */
const unknownCommands = [
  'AUTH',
  'VRFY',
  'EXPN',
  'WIZ',
  'SHELL',
  'KILL',
  'LHLO',
  'XCLIENT',
  'XFORWARD',
  'HELP'
]

/** smtp-server with our session. */
class FeedbackServer extends SMTPServer {
  override connect(...[socket, options]: Parameters<SMTPServer['connect']>): void {
    const connection = new FeedbackConnection(this, socket, options)
    this.connections.add(connection)
    connection.on('error', (error) => this.emit('error', error))
    connection.init()
  }
}

/**
 * The SMTP door for what comes back: bounces, complaints and automatic answers, at addresses that we signed ourselves. It relays nothing:
 * whatever it takes is about a message of ours, and goes to nobody but that message's sender.
 */
export function createFeedbackDoor(options: FeedbackDoorOptions): FeedbackDoor {
  const { config, certificate, log } = options
  const budget = createByteBudget(config.maxReportBytes * reportsAtOnce)
  const receiving = createReceiving({ ...options, ...config, budget })
  const server = new FeedbackServer({ ...certificate, ...settingsOf(config), ...receiving })
  // Whatever a client does to its connection ends that connection only
  server.on('error', (error: Error) => log.debug('feedback.connection_failed', { error }))
  let isOpen = false
  return { listen, close }

  async function listen(): Promise<number | null> {
    if (config.feedbackPort === null) return null
    await once(server.listen(config.feedbackPort, config.host), 'listening')
    isOpen = true
    const address = server.server.address()
    return typeof address === 'object' && address !== null ? address.port : config.feedbackPort
  }

  async function close(): Promise<void> {
    if (!isOpen) return
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const connection of server.connections)
        if (connection instanceof FeedbackConnection && connection.isIdle)
          connection.send(421, '4.3.2 Shutting down')
    })
  }
}

function settingsOf(config: FeedbackDoorOptions['config']): SMTPServerOptions {
  return {
    name: config.hostname,
    banner: 'Sluice feedback',
    heloResponse: '%s greets %s',
    size: config.maxReportBytes,
    authOptional: true,
    hideENHANCEDSTATUSCODES: false,
    hideDSN: true,
    minVersion: 'TLSv1.2',
    maxClients: config.maxConnections,
    socketTimeout: config.idleTimeoutMs,
    closeTimeout: graceMs,
    maxCommandLength: 2_048,
    logger: false,
    disableReverseLookup: true,
    disabledCommands: unknownCommands
  }
}
