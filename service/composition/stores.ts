import { join } from 'node:path'
import { openInstallationKey } from '../access/installation-key.ts'
import { createTokens } from '../access/tokens.ts'
import { createUsers } from '../access/users.ts'
import type { Config } from '../config/config-schema.ts'
import { createSites } from '../delivery/hosts/sites.ts'
import { createSteadyClock } from '../delivery/dispatch/steady-clock.ts'
import { createForgetOld } from '../operations/forget-old.ts'
import { createMergePriors } from '../operations/merge-priors.ts'
import { createRecallRecords } from '../operations/recall/recall-records.ts'
import { createRunRecords } from '../operations/training/run-records.ts'
import { createQueue } from '../queue/queue.ts'
import { createContainmentLedger } from '../senders/containment-ledger.ts'
import { createImportRecords } from '../senders/import-records.ts'
import { createFeedbackRecords } from '../senders/feedback-records.ts'
import { createLimitOverrides } from '../senders/limit-overrides.ts'
import { createLimitedHolds } from '../senders/limited-holds.ts'
import { createLmdbCampaignMemory } from '../senders/campaigns/lmdb-campaign-memory.ts'
import { createLmdbScoreWindow } from '../senders/score-window/lmdb-score-window.ts'
import { createModelComparisons } from '../senders/model-comparisons.ts'
import { createLmdbSenderStore } from '../senders/lmdb-sender-store.ts'
import { createLmdbOutcomeMemory } from '../senders/outcome-memory.ts'
import type { SenderKey, SenderStore } from '../senders/sender-store.ts'
import { createRoutedHolds } from '../senders/routed-holds.ts'
import { createShadowRecords } from '../senders/shadow-records.ts'
import { createVerdictMemory } from '../senders/verdict-memory.ts'
import { openStorage } from '../storage/lmdb-storage.ts'
import type { Storage } from '../storage/storage.ts'
import { createMetrics, type Metrics } from '../telemetry/metrics.ts'
import type { BudgetState } from '../verdict/budget/budget-window.ts'
import { openAuthentication } from './authentication.ts'
import { openMailHosts } from './mail-hosts.ts'
import { openBackOff } from './back-off.ts'
import { habitHistoryIn } from './habit-history.ts'
import { eraseHistoryIn, openHistoryOf, rememberActsIn, type RememberedActs } from './history.ts'
import { openLogins } from './logins.ts'
import { openRoutes } from './routes.ts'
import { newSecret, clock, type OnClose, type StartOptions } from './house.ts'

export async function openStores(config: Config, options: StartOptions, onClose: OnClose) {
  const { dataDir, auth, limits } = config
  const { adminToken, failpoint, log } = options
  const storage = await openStorage({ directory: dataDir })
  onClose(() => storage.close())
  // The one port through which every room's writes commit together
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const keysDirectory = join(dataDir, 'keys')
  const key = await openInstallationKey(keysDirectory)
  const tokens = createTokens({ storage, newSecret, clock, ...(adminToken !== undefined && { adminToken }) })
  const users = createUsers({ file: auth.usersFile ?? join(dataDir, 'users.json'), clock })
  const logins = openLogins(config, users, onClose)
  const metrics = createMetrics({ processMetrics: true })
  const history = openHistoryOf(config, { ...options, storage, metrics })
  onClose(() => history?.close())
  const { listeners, rememberPriors } = habitHistoryIn(history, storage)
  const senders = createLmdbSenderStore({ storage, key, listeners })
  const eraseHistory = eraseHistoryIn(history, config, { ...options, storage, metrics })
  const { onStep, onFeedback, onContained } = rememberActsIn(history, key, senders)
  const queue = await createQueue({
    storage,
    spoolDirectory: join(dataDir, 'spool'),
    // As delivery's: what comes in after the clock was set back is due no earlier than what delivery has looked at
    clock: createSteadyClock(clock, () => performance.now()),
    onStep,
    onUnreadable: (id, error) => log.error('queue.record_unreadable', { id, error }),
    ...(failpoint && { failpoint })
  })
  const kept = openRecords({ storage, key, senders, limits, onFeedback, onContained, log, metrics })
  const { memory, records, ledger, shadow, routed, imports } = kept
  const memories = [senders, memory, records, ledger, shadow, routed, imports]
  const forgetOld = createForgetOld({ memories, accept, clock, log })
  onClose(() => forgetOld.close())
  const mergePriors = createMergePriors({ priors: senders.priors, accept, remember: rememberPriors, log })
  onClose(() => mergePriors.close())
  const newAdminToken = await tokens.ensureAdmin(join(dataDir, 'admin-token'))
  const mailHosts = openMailHosts(config, { storage, metrics }, options)
  const sites = createSites({ resolveRecords: mailHosts.resolveRecords, clock })
  return {
    ...kept,
    authentication: openAuthentication(config, { storage, keysDirectory }, options, onClose),
    mailHosts,
    sites,
    ways: openRoutes(config, { storage, metrics, siteOf: (domain) => sites.known(domain) }, options),
    backOff: openBackOff(config, { storage, metrics, sites }, options, onClose),
    accept,
    keysDirectory,
    key,
    metrics,
    senders,
    history,
    eraseHistory,
    tokens,
    logins,
    queue,
    newAdminToken
  }
}

interface RecordsOptions extends Pick<RememberedActs, 'onFeedback' | 'onContained'> {
  readonly storage: Storage
  readonly key: Uint8Array
  readonly senders: SenderStore
  readonly limits: Config['limits']
  readonly log: StartOptions['log']
  readonly metrics: Metrics
}

/** What is remembered of verdicts and senders beside their habits. */
function openRecords({
  storage,
  key,
  senders,
  limits,
  onFeedback,
  onContained,
  log,
  metrics
}: RecordsOptions) {
  const memory = createVerdictMemory({ storage, key })
  const records = createFeedbackRecords(storage, onFeedback)
  const overrides = createLimitOverrides(storage)
  const limitsOf = (sender: SenderKey): typeof limits => overrides.apply(limits, sender)
  const campaigns = createLmdbCampaignMemory(storage)
  const outcomes = createLmdbOutcomeMemory(storage)
  const scoreWindow = createLmdbScoreWindow<BudgetState>(storage)
  const recalls = createRecallRecords(storage)
  const ledger = createContainmentLedger({
    storage,
    senders,
    scoreWindow,
    onChanged: (step) => {
      onContained?.(step)
      recalls.note(step)
    },
    log,
    metrics
  })
  const shadow = createShadowRecords(storage)
  const routed = createRoutedHolds(storage)
  const limitedHolds = createLimitedHolds(storage)
  const comparisons = createModelComparisons(storage, clock)
  const imports = createImportRecords(storage)
  const runs = createRunRecords(storage)
  return {
    memory,
    records,
    overrides,
    limitsOf,
    campaigns,
    outcomes,
    scoreWindow,
    ledger,
    shadow,
    routed,
    limitedHolds,
    recalls,
    comparisons,
    imports,
    runs
  }
}

export type Stores = Awaited<ReturnType<typeof openStores>>
