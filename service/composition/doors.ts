import { type RunningAddresses } from '../access/run-file.ts'
import type { Config } from '../config/config-schema.ts'
import type { ApiRoutes } from '../doors/api/api-app.ts'
import { createAnswerRequest } from '../doors/api/answer-request.ts'
import { calloutRoutes, type CalloutRoutesOptions } from '../doors/api/routes/callout-routes.ts'
import { batchRoutes } from '../doors/api/routes/batch-routes.ts'
import { deliveryRoutes } from '../doors/api/routes/delivery-routes.ts'
import { domainRoutes } from '../doors/api/routes/domain-routes.ts'
import { feedbackRoutes } from '../doors/api/routes/feedback-routes.ts'
import { historyImportRoutes } from '../doors/api/routes/history-import-routes.ts'
import { historyServerRoutes } from '../doors/api/routes/history-server-routes.ts'
import { healthRoutes, type Health, type HealthCheck } from '../doors/api/routes/health-routes.ts'
import { heldRoutes } from '../doors/api/routes/held-routes.ts'
import { messagesRoutes } from '../doors/api/routes/messages-routes.ts'
import { metricsRoutes } from '../doors/api/routes/metrics-routes.ts'
import { modelRoutes } from '../doors/api/routes/model-routes.ts'
import { queueRoutes } from '../doors/api/routes/queue-routes.ts'
import { senderRoutes } from '../doors/api/routes/sender-routes.ts'
import { createApi } from '../doors/api/server.ts'
import { tokenRoutes } from '../doors/api/routes/token-routes.ts'
import { verdictRoutes } from '../doors/api/routes/verdict-routes.ts'
import { loadCertificate } from '../doors/smtp/certificate.ts'
import { createSmtpDoor, type SmtpPorts } from '../doors/smtp/smtp-door.ts'
import { createOwnership } from '../scoring/ownership.ts'
import { createShadowVerdicts } from '../operations/shadow-verdicts.ts'
import { createCallouts, hookRoutes, openCallouts } from './callouts.ts'
import { createHistoryImport } from './history-import.ts'
import { openFeedbackDoor } from './feedback.ts'
import { findHistoryIn } from './history-server.ts'
import { clock, newId, type OnClose, type StartOptions } from './house.ts'
import { createIdentity } from './identity.ts'
import { openModelActs } from './models.ts'
import type { Pipeline } from './pipeline.ts'
import { openPressure } from './pressure.ts'
import type { Scoring } from './scoring.ts'
import type { Stores } from './stores.ts'

type House = Stores & Scoring & Pipeline & { config: Config; options: StartOptions; onClose: OnClose }

export async function openDoors(house: House): Promise<RunningAddresses> {
  const callouts = createCallouts(house)
  const listeners = await openCallouts(house, callouts)
  const http = await openApi(house, [
    calloutRoutes(calloutsView(house, callouts, listeners)),
    ...hookRoutes(house, callouts)
  ])
  const smtp = await openSmtp(house)
  const feedback = await openFeedbackDoor(house)
  return { http, smtp: { host: house.config.smtp.host, ...smtp, feedback }, callouts: listeners }
}

async function openApi(house: House, callouts: readonly ApiRoutes[]): Promise<string> {
  const { config, options, onClose, tokens, metrics, queue } = house
  const { host, port, bodyLimitBytes } = config.http
  const { identityHeader } = createIdentity(config)
  const answer = createAnswerRequest({ score: house.scoreSubmission, newId, clock, identityHeader })
  const acts = openModelActs(house)
  const api = await createApi({
    tokens,
    log: options.log,
    bodyLimitBytes,
    version: options.version,
    routes: [
      verdictRoutes({ answer }),
      batchRoutes({ answer, bodyLimitBytes, log: options.log }),
      historyImportRoutes({ importPast: createHistoryImport(house), bodyLimitBytes, log: options.log }),
      historyServerRoutes({ findHistory: findHistoryIn(house) }),
      feedbackRoutes(house),
      heldRoutes(house),
      senderRoutes({ ...house, limits: config.limits }),
      queueRoutes(house),
      domainRoutes(house.authentication),
      deliveryRoutes({ ...house.ways, pools: config.pools, onState: () => queue.wake(), clock }),
      messagesRoutes({ ...house, newId, clock, identityHeader }),
      ...callouts,
      tokenRoutes({ tokens }),
      modelRoutes(acts),
      metricsRoutes({ metrics }),
      healthRoutes({ checks: { ...healthChecks(house), training: acts.trainingHealth } })
    ]
  })
  onClose(() => api.close())
  // Before the API, which waits for what it was asked
  onClose(() => acts.close())
  return await api.listen({ host, port })
}

/** What operators see of the callouts. */
function calloutsView(
  { shadow, senders }: House,
  { tallies }: ReturnType<typeof createCallouts>,
  { host, ...ports }: RunningAddresses['callouts']
): CalloutRoutesOptions {
  const since = new Date(clock()).toISOString()
  const listeners = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, port === null ? null : `${host}:${port}`])
  )
  return {
    callouts: () => ({ since, listeners, items: [...tallies.list()] }),
    shadowVerdicts: createShadowVerdicts({ shadow, senders })
  }
}

function healthChecks({
  accept,
  models,
  history,
  blocklists,
  config
}: House): Readonly<Record<string, HealthCheck>> {
  return {
    storage: () => accept(() => null),
    'model content': () => healthOf(models.current().models.content),
    'model takeover': () => healthOf(models.current().models.takeover),
    ...(history !== null && { history: () => historyHealth(history.fault()) }),
    ...(config.blocklists.zones.length > 0 && { blocklists: () => degradedBy(blocklists.fault()) })
  }
}

function degradedBy(fault: string | null): Health {
  return fault === null ? null : { degraded: fault }
}

/** Scoring and delivery go on without it. */
function historyHealth(fault: string | null): Health {
  return fault === null ? null : { degraded: `rows wait on disk: ${fault}` }
}

function healthOf(model: object | null): Health {
  return model === null ? { degraded: 'no usable model: policy.withoutModels decides' } : null
}

async function openSmtp({
  config,
  options,
  onClose,
  keysDirectory,
  logins,
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
    logins,
    acceptMessage,
    refusesSender: createOwnership(config).refusesSender,
    clock,
    newId,
    log,
    metrics,
    pressure: openPressure(config, { metrics }, onClose),
    ...(failpoint && { failpoint })
  })
  onClose(() => door.close())
  return await door.listen()
}

/** In the configuration 0 means none. */
function offered(port: number): number | null {
  return port === 0 ? null : port
}
