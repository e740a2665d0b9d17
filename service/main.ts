import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { openInstallationKey } from './access/installation-key.ts'
import { removeRunFile, writeRunFile, type RunningAddresses } from './access/run-file.ts'
import { createTokens } from './access/tokens.ts'
import { createUsers } from './access/users.ts'
import type { Config } from './config/config-schema.ts'
import { createDelivery } from './delivery/delivery.ts'
import { healthRoutes, type Health, type HealthCheck } from './doors/api/health-routes.ts'
import { heldRoutes } from './doors/api/held-routes.ts'
import { messagesRoutes } from './doors/api/messages-routes.ts'
import { metricsRoutes } from './doors/api/metrics-routes.ts'
import { modelRoutes } from './doors/api/model-routes.ts'
import { queueRoutes } from './doors/api/queue-routes.ts'
import { createApi } from './doors/api/server.ts'
import { tokenRoutes } from './doors/api/token-routes.ts'
import { verdictRoutes } from './doors/api/verdict-routes.ts'
import { loadCertificate } from './doors/smtp/certificate.ts'
import { createSmtpDoor, type SmtpPorts } from './doors/smtp/smtp-door.ts'
import { loadModels } from './models/load-models.ts'
import { createAcceptMessage } from './operations/accept-message.ts'
import { createRejectHold, createReleaseHold } from './operations/decide-hold.ts'
import { createForgetOld } from './operations/forget-old.ts'
import { createHoldExpiry } from './operations/hold-expiry.ts'
import type { Failpoint } from './queue/failpoint.ts'
import { createQueue } from './queue/queue.ts'
import { createObserver } from './scoring/observer.ts'
import { createScoreSubmission } from './scoring/score-submission.ts'
import { createLmdbSenderStore } from './senders/lmdb-sender-store.ts'
import { openStorage } from './storage/lmdb-storage.ts'
import { createMetrics } from './telemetry/metrics.ts'
import type { Logger } from './telemetry/logger.ts'

export interface StartOptions {
  readonly log: Logger
  /** For the API's documentation and the greeting. */
  readonly version: string
  /** Used instead of the token made at first start. */
  readonly adminToken?: string | undefined
  /** Where a test may end the process. */
  readonly failpoint?: Failpoint
  /** For the length of one command: nothing is sent, and run.json does not name it. */
  readonly isPrivate?: boolean
}

export interface Sluice {
  readonly addresses: RunningAddresses
  /** Only at first start: the secret of the admin token that was just made. */
  readonly adminToken: string | undefined
  /** Answers what has arrived, finishes what is under way, closes the stores. */
  close(): Promise<void>
}

/**
 * The composition root: stores → models → scoring → queue → doors. What is opened is closed in the opposite order, also when a later
 * step fails. Throws the error of the room that could not start (STORAGE_LOCKED, EADDRINUSE with its address, …).
 */
export async function startSluice(config: Config, options: StartOptions): Promise<Sluice> {
  const opened: (() => unknown)[] = []
  const close = async (): Promise<void> => {
    for (let end = opened.pop(); end !== undefined; end = opened.pop()) await end()
  }
  try {
    const { addresses, adminToken } = await openHouse(config, options, (end) => void opened.push(end))
    return { addresses, adminToken, close }
  } catch (error) {
    await close()
    throw error
  }
}

type OnClose = (end: () => unknown) => void

const clock = Date.now
/** Ids that sort by time: keys of the stores follow each other, and lists come in order (RFC 9562 section 5.7). */
const newId = (): string => uuidv7()
const random = Math.random
const newSecret = (): string => randomBytes(32).toString('base64url')

async function openHouse(config: Config, options: StartOptions, onClose: OnClose) {
  const stores = await openStores(config, options, onClose)
  const scoring = await openScoring(config, stores, options, onClose)
  const pipeline = openPipeline(config, stores, scoring, options, onClose)
  const addresses = await openDoors({ config, options, onClose, ...stores, ...scoring, ...pipeline })
  if (options.isPrivate !== true) {
    await writeRunFile(config.dataDir, {
      ...addresses,
      pid: process.pid,
      startedAt: new Date().toISOString()
    })
    onClose(() => removeRunFile(config.dataDir))
  }
  return { addresses, adminToken: stores.newAdminToken }
}

async function openStores(
  { dataDir, auth }: Config,
  { adminToken, failpoint, log }: StartOptions,
  onClose: OnClose
) {
  const storage = await openStorage({ directory: dataDir })
  onClose(() => storage.close())
  // The one port through which every room's writes commit together
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const keysDirectory = join(dataDir, 'keys')
  const key = await openInstallationKey(keysDirectory)
  const senders = createLmdbSenderStore({ storage, key })
  const tokens = createTokens({ storage, newSecret, clock, ...(adminToken !== undefined && { adminToken }) })
  const users = createUsers({ file: auth.usersFile ?? join(dataDir, 'users.json'), clock })
  const queue = await createQueue({
    storage,
    spoolDirectory: join(dataDir, 'spool'),
    clock,
    ...(failpoint && { failpoint })
  })
  const forgetOld = createForgetOld({ senders, accept, clock, log })
  onClose(() => forgetOld.close())
  const newAdminToken = await tokens.ensureAdmin(join(dataDir, 'admin-token'))
  return { accept, keysDirectory, key, senders, tokens, users, queue, newAdminToken }
}

type Stores = Awaited<ReturnType<typeof openStores>>

async function openScoring(
  config: Config,
  { accept, key, senders }: Stores,
  { log }: StartOptions,
  onClose: OnClose
) {
  const { policy, limits, parse, http } = config
  const metrics = createMetrics({ processMetrics: true })
  const models = await loadModels({
    directory: join(config.dataDir, 'models'),
    backend: config.models.backend,
    log
  })
  onClose(() => models.close())
  const workers = parse.workers > 0 ? parse.workers : Math.max(1, availableParallelism() - 1)
  const observer = createObserver({ ...parse, workers, key })
  onClose(() => observer.close())
  const scoreSubmission = createScoreSubmission({
    observer,
    senders,
    models: models.scoring,
    background: models.background,
    accept,
    policy,
    limits,
    clock,
    newId,
    metrics,
    log,
    maxPending: http.maxPending
  })
  return { metrics, models, observer, scoreSubmission }
}

type Scoring = Awaited<ReturnType<typeof openScoring>>

function openPipeline(
  config: Config,
  stores: Stores,
  scoring: Scoring,
  options: StartOptions,
  onClose: OnClose
) {
  const { accept, queue, senders } = stores
  const { metrics, observer, scoreSubmission } = scoring
  const { log, failpoint } = options
  const { hostname } = config.smtp
  const { onHold, onHoldExpiry } = config.policy
  const holds = {
    queue,
    senders,
    observer,
    score: scoreSubmission,
    accept,
    onHoldExpiry,
    clock,
    log,
    metrics
  }
  const expiry = createHoldExpiry(holds)
  onClose(() => expiry.close())
  const delivery = createDelivery({
    queue,
    routes: config.routes,
    config: config.delivery,
    hostname,
    clock,
    random,
    newId,
    log,
    metrics,
    ...(failpoint && { failpoint })
  })
  onClose(() => delivery.close())
  if (options.isPrivate !== true) delivery.start()
  metrics.gauge('sluice_queue_messages', () => queue.counts().queued)
  metrics.gauge('sluice_held_messages', () => queue.counts().held)
  return {
    acceptMessage: createAcceptMessage({ queue, score: scoreSubmission, onHold, hostname, clock, log }),
    releaseHold: createReleaseHold(holds),
    rejectHold: createRejectHold(holds)
  }
}

type House = Stores &
  Scoring &
  ReturnType<typeof openPipeline> & { config: Config; options: StartOptions; onClose: OnClose }

async function openDoors(house: House): Promise<RunningAddresses> {
  const http = await openApi(house)
  const smtp = await openSmtp(house)
  return { http, smtp: { host: house.config.smtp.host, ...smtp } }
}

async function openApi(house: House): Promise<string> {
  const { config, options, onClose, tokens, metrics, models, queue } = house
  const { host, port, bodyLimitBytes } = config.http
  const api = await createApi({
    tokens,
    log: options.log,
    bodyLimitBytes,
    version: options.version,
    routes: [
      verdictRoutes({ score: house.scoreSubmission, newId, clock }),
      heldRoutes(house),
      queueRoutes({ queue }),
      messagesRoutes({ ...house, newId, clock }),
      tokenRoutes({ tokens }),
      modelRoutes(models),
      metricsRoutes({ metrics }),
      healthRoutes({ checks: healthChecks(house) })
    ]
  })
  onClose(() => api.close())
  return await api.listen({ host, port })
}

function healthChecks({ accept, models }: House): Readonly<Record<string, HealthCheck>> {
  return {
    storage: () => accept(() => null),
    'model content': () => healthOf(models.scoring.content),
    'model takeover': () => healthOf(models.scoring.takeover)
  }
}

function healthOf(model: object | null): Health {
  return model === null ? { degraded: 'no usable model: policy.withoutModels decides' } : null
}

async function openSmtp({
  config,
  options,
  onClose,
  keysDirectory,
  users,
  acceptMessage,
  metrics
}: House): Promise<SmtpPorts> {
  const { log, failpoint } = options
  const { hostname, certificateFile, keyFile } = config.smtp
  const certificate = await loadCertificate({
    directory: keysDirectory,
    hostname,
    clock,
    certificateFile,
    keyFile
  })
  const door = createSmtpDoor({
    config: {
      ...config.smtp,
      submissionPort: offered(config.smtp.submissionPort),
      submissionsPort: offered(config.smtp.submissionsPort),
      relayPort: offered(config.smtp.relayPort)
    },
    certificate,
    users,
    acceptMessage,
    clock,
    newId,
    log,
    metrics,
    ...(failpoint && { failpoint })
  })
  onClose(() => door.close())
  return await door.listen()
}

/** In the configuration 0 means none. */
function offered(port: number): number | null {
  return port === 0 ? null : port
}
