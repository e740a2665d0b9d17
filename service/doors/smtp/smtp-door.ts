import type { AcceptMessage } from '../../operations/accept-message.ts'
import type { Failpoint } from '../../queue/failpoint.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { createAuthThrottle } from './bounds/auth-throttle.ts'
import { createByteBudget } from '../../access/byte-budget.ts'
import type { Certificate } from './certificate.ts'
import { createConnectionLimits } from './bounds/connection-limits.ts'
import type { DoorContext, ListenerKind } from './door-context.ts'
import { createListener, type Listener } from './listener.ts'
import { parseNetworks } from '../../access/networks.ts'

export interface SmtpDoorConfig {
  readonly host: string
  readonly hostname: string
  /** null: not offered. 0: any free port. */
  readonly submissionPort: number | null
  readonly submissionsPort: number | null
  readonly relayPort: number | null
  readonly relayNetworks: readonly string[]
  readonly identityNetworks: readonly string[]
  readonly identityHeader: string
  readonly maxMessageBytes: number
  readonly maxRecipients: number
  readonly maxConnections: number
  readonly idleTimeoutMs: number
}

export interface SmtpDoorOptions {
  readonly config: SmtpDoorConfig
  readonly certificate: Certificate
  readonly logins: DoorContext['logins']
  readonly acceptMessage: AcceptMessage
  readonly clock: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'>
  readonly failpoint?: Failpoint
  /** How long a refused login waits for its answer. */
  readonly authDelayMs?: number
}

/** Where it listens; null where it does not. */
export interface SmtpPorts {
  readonly submission: number | null
  readonly submissions: number | null
  readonly relay: number | null
}

export interface SmtpDoor {
  listen(): Promise<SmtpPorts>
  close(): Promise<void>
}

/** Messages being received may take this much memory together, or what one message takes, if that is more. */
const maxReceivingBytes = 256 * 1024 * 1024
/** One address gets at most half of the connections, so that there is room for the others. */
const shareOfOneAddress = 0.5

/** The SMTP door: submission with STARTTLS, submission with TLS from the start, and the relay port for trusted networks. */
export function createSmtpDoor(options: SmtpDoorOptions): SmtpDoor {
  const { config, certificate } = options
  const { maxRecipients, maxConnections, idleTimeoutMs } = config
  const shared = sharedContext(options)
  const open: Listener[] = []
  return { listen, close }

  async function listen(): Promise<SmtpPorts> {
    return {
      submission: await listenOn('submission', config.submissionPort),
      submissions: await listenOn('submissions', config.submissionsPort),
      relay: await listenOn('relay', config.relayPort)
    }
  }

  async function listenOn(kind: ListenerKind, port: number | null): Promise<number | null> {
    if (port === null) return null
    const listener = createListener({
      context: { ...shared, kind },
      certificate,
      maxRecipients,
      maxConnections,
      idleTimeoutMs
    })
    const actual = await listener.listen(config.host, port)
    open.push(listener)
    return actual
  }

  async function close(): Promise<void> {
    await Promise.all(open.map((listener) => listener.close()))
  }
}

function sharedContext(options: SmtpDoorOptions): Omit<DoorContext, 'kind'> {
  const { config, clock, authDelayMs = 1_000, failpoint = () => undefined } = options
  const { logins, acceptMessage, newId, log, metrics } = options
  const maxPerAddress = Math.max(1, Math.floor(config.maxConnections * shareOfOneAddress))
  return {
    hostname: config.hostname,
    maxMessageBytes: config.maxMessageBytes,
    relayNetworks: parseNetworks(config.relayNetworks),
    identityNetworks: parseNetworks(config.identityNetworks),
    identityHeader: config.identityHeader.toLowerCase(),
    logins,
    acceptMessage,
    limits: createConnectionLimits({ maxConnections: config.maxConnections, maxPerAddress }),
    throttle: createAuthThrottle({
      delayMs: authDelayMs,
      maxFailuresPerConnection: 3,
      maxFailuresPerAddress: 30,
      windowMs: 10 * 60_000,
      clock
    }),
    budget: createByteBudget(Math.max(maxReceivingBytes, config.maxMessageBytes)),
    clock,
    newId,
    log,
    metrics,
    failpoint
  }
}
