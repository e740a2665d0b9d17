import { createIdentityHeader } from '../../message/identity-header.ts'
import type { AcceptMessage } from '../../operations/accept-message.ts'
import type { Failpoint } from '../../queue/failpoint.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { createAdmissionControl } from './bounds/admission.ts'
import { createAuthThrottle } from './bounds/auth-throttle.ts'
import { createByteBudget } from '../../access/byte-budget.ts'
import type { Certificate } from './certificate.ts'
import { createConnectionLimits } from './bounds/connection-limits.ts'
import type { DoorContext, ListenerKind } from './door-context.ts'
import type { Pressure } from './bounds/pressure.ts'
import type { SmtpBounds } from './bounds/smtp-bounds.ts'
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
  /** Where the identity stands in that header. */
  readonly identityPattern?: string | undefined
  readonly maxMessageBytes: number
  readonly maxRecipients: number
  readonly maxConnections: number
  readonly idleTimeoutMs: number
  readonly proxyNetworks: readonly string[]
  readonly proxyListeners: readonly ListenerKind[]
  readonly bounds: Omit<SmtpBounds, 'idleTimeoutMs'>
}

export interface SmtpDoorOptions {
  readonly config: SmtpDoorConfig
  readonly certificate: Certificate
  readonly logins: DoorContext['logins']
  readonly acceptMessage: AcceptMessage
  /** Default: nobody is refused. */
  readonly refusesSender?: DoorContext['refusesSender']
  readonly clock: () => number
  readonly newId: () => string
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count' | 'gauge'>
  /** How hard the service has it: new work is refused early. */
  readonly pressure: () => Pressure
  readonly failpoint?: Failpoint
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

/** The SMTP door: submission with STARTTLS, submission with TLS from the start, and the relay port for trusted networks. */
export function createSmtpDoor(options: SmtpDoorOptions): SmtpDoor {
  const { config, certificate } = options
  const { maxConnections } = config
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
      context: { ...shared, kind, takesProxy: config.proxyListeners.includes(kind) },
      certificate,
      maxConnections
    })
    const actual = await listener.listen(config.host, port)
    open.push(listener)
    return actual
  }

  async function close(): Promise<void> {
    await Promise.all(open.map((listener) => listener.close()))
  }
}

function sharedContext(options: SmtpDoorOptions): Omit<DoorContext, 'kind' | 'takesProxy'> {
  const { config, clock, failpoint = () => undefined } = options
  const { logins, acceptMessage, newId, log, metrics, pressure } = options
  const { refusesSender = () => false } = options
  const { maxConnections, maxMessageBytes } = config
  const bounds: SmtpBounds = { ...config.bounds, idleTimeoutMs: config.idleTimeoutMs }
  const limits = createConnectionLimits({ ...bounds, maxConnections })
  metrics.gauge('sluice_smtp_connections', () => limits.open)
  return {
    hostname: config.hostname,
    maxMessageBytes,
    maxRecipients: config.maxRecipients,
    relayNetworks: parseNetworks(config.relayNetworks),
    identityNetworks: parseNetworks(config.identityNetworks),
    identityHeader: createIdentityHeader(config.identityHeader, config.identityPattern),
    proxyNetworks: parseNetworks(config.proxyNetworks),
    bounds,
    logins,
    acceptMessage,
    refusesSender,
    limits,
    throttle: createAuthThrottle({ ...bounds, delayMs: bounds.authDelayMs, clock }),
    admission: createAdmissionControl(bounds),
    pressure,
    budget: createByteBudget(Math.max(maxReceivingBytes, maxMessageBytes)),
    clock,
    newId,
    log,
    metrics,
    failpoint
  }
}
