import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Logins } from '../../service/access/logins/login.ts'
import { createDelivery, type Delivery, type DeliveryOptions } from '../../service/delivery/delivery.ts'
import type { DeliveryRoute } from '../../service/delivery/routes/route.ts'
import { smtpBoundsSchema } from '../../service/config/smtp-bounds-schema.ts'
import type { Pressure } from '../../service/doors/smtp/bounds/pressure.ts'
import { loadCertificate } from '../../service/doors/smtp/certificate.ts'
import { createSmtpDoor, type SmtpDoorConfig, type SmtpPorts } from '../../service/doors/smtp/smtp-door.ts'
import { createAcceptMessage, type AcceptMessage } from '../../service/operations/accept-message.ts'
import { createRememberVerdict } from '../../service/operations/history/remember-verdict.ts'
import { createQueue, type Queue } from '../../service/queue/queue.ts'
import type { ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import { createContainmentLedger } from '../../service/senders/containment-ledger.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'
import { createVerdictMemory } from '../../service/senders/verdict-memory.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { key, openHouse } from '../scoring/house.ts'

export interface PipelineOptions {
  readonly smtp?: Partial<SmtpDoorConfig>
  readonly bounds?: Partial<SmtpDoorConfig['bounds']>
  readonly pressure?: () => Pressure
  /** Without routes nothing is delivered: the queue keeps what it takes. */
  readonly routes?: readonly DeliveryRoute[]
  readonly delivery?: Partial<DeliveryOptions['config']>
  readonly onHold?: 'accept' | 'tempfail' | 'reject'
  /** Instead of the real scoring. */
  readonly score?: (storage: Storage) => ScoreSubmission
  readonly clock?: () => number
  readonly newId?: () => string
}

export interface Pipeline {
  readonly storage: Storage
  readonly senders: SenderStore
  readonly queue: Queue
  readonly acceptMessage: AcceptMessage
  readonly score: ScoreSubmission
  readonly ports: { readonly submission: number; readonly submissions: number; readonly relay: number }
  readonly delivery: Delivery
  /** Ends the SMTP door before its time. */
  readonly closeDoor: () => Promise<void>
  /** The data directory. */
  readonly directory: string
}

/** One password opens every mailbox. */
export const logins: Pick<Logins, 'authenticate'> = {
  authenticate: ({ name, password }) =>
    Promise.resolve(password === 'right horse' ? { name: name.toLowerCase(), identities: null } : undefined)
}

const certificates = mkdtemp(join(tmpdir(), 'sluice-keys-'))

/** The real rooms, put together as main does, on free ports of loopback; closed and removed after the test. */
export async function openPipeline(
  t: Pick<TestContext, 'after'>,
  options: PipelineOptions = {}
): Promise<Pipeline> {
  const { clock = Date.now, routes = [], newId = randomUUID } = options
  const directory = await mkdtemp(join(tmpdir(), 'sluice-pipeline-'))
  const storage = await openStorage({ directory })
  const senders = createLmdbSenderStore({ storage, key })
  const queue = await createQueue({ storage, spoolDirectory: join(directory, 'spool'), clock })
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const ledger = createContainmentLedger({ storage, senders, log: silentLogger, metrics: createMetrics() })
  const onConcluded = createRememberVerdict({ memory: createVerdictMemory({ storage, key }), ledger })
  const score = options.score?.(storage) ?? openHouse({ senders, accept, newId, onConcluded }).score
  const acceptMessage = createAcceptMessage({
    queue,
    score,
    onHold: options.onHold ?? 'accept',
    hostname: 'mx.test',
    clock,
    log: silentLogger
  })
  const door = createSmtpDoor({
    config: { ...smtpDefaults, ...options.smtp, bounds: { ...smtpDefaults.bounds, ...options.bounds } },
    certificate: await loadCertificate({ directory: await certificates, hostname: 'localhost', clock }),
    logins,
    acceptMessage,
    clock,
    newId,
    log: silentLogger,
    metrics: createMetrics(),
    pressure: options.pressure ?? (() => noPressure)
  })
  const delivery = createDelivery({
    queue,
    routes,
    config: { ...deliveryDefaults, ...options.delivery },
    hostname: 'mx.test',
    clock,
    random: () => 0,
    newId,
    log: silentLogger
  })
  const ports = await door.listen()
  if (routes.length > 0) delivery.start()
  t.after(async () => {
    await door.close()
    await delivery.close()
    await storage.close()
    await rm(directory, { recursive: true, force: true })
  })
  return {
    directory,
    storage,
    senders,
    queue,
    acceptMessage,
    score,
    delivery,
    closeDoor: () => door.close(),
    ports: whole(ports)
  }
}

const smtpDefaults: SmtpDoorConfig = {
  host: '127.0.0.1',
  hostname: 'mx.test',
  submissionPort: 0,
  submissionsPort: 0,
  relayPort: 0,
  relayNetworks: ['127.0.0.0/8'],
  identityNetworks: [],
  identityHeader: 'X-AuthUser',
  maxMessageBytes: 1_000_000,
  maxRecipients: 100,
  maxConnections: 100,
  idleTimeoutMs: 10_000,
  proxyNetworks: [],
  proxyListeners: [],
  bounds: { ...smtpBoundsSchema.parse({}), authDelayMs: 1, tarpitMs: 1 }
}

/** A service with nothing else to do. */
export const noPressure: Pressure = {
  eventLoopLagMs: 0,
  freeDiskBytes: null,
  memoryBytes: 0,
  scoringPending: 0
}

export const deliveryDefaults: DeliveryOptions['config'] = {
  maxConnections: 20,
  firstRetryDelayMs: 20,
  maxRetryDelayMs: 100,
  maxAgeHours: 1,
  delayNoticeHours: 4,
  maxReportsPerHour: 60,
  attemptTimeoutMs: 10_000
}

function whole({ submission, submissions, relay }: SmtpPorts): Pipeline['ports'] {
  return { submission: submission ?? 0, submissions: submissions ?? 0, relay: relay ?? 0 }
}

/** The way to a sink on loopback. */
export function routeTo(port: number, more: Partial<DeliveryRoute> = {}): DeliveryRoute {
  return {
    name: 'sink',
    kind: 'smarthost',
    host: '127.0.0.1',
    port,
    tls: 'off',
    allowPrivate: true,
    domains: [],
    ...more
  }
}
