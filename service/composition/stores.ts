import { join } from 'node:path'
import { openInstallationKey } from '../access/installation-key.ts'
import { createTokens } from '../access/tokens.ts'
import { createUsers } from '../access/users.ts'
import type { Config } from '../config/config-schema.ts'
import { createForgetOld } from '../operations/forget-old.ts'
import { createMergePriors } from '../operations/merge-priors.ts'
import { createQueue } from '../queue/queue.ts'
import { createContainmentLedger } from '../senders/containment-ledger.ts'
import { createFeedbackRecords } from '../senders/feedback-records.ts'
import { createLimitOverrides } from '../senders/limit-overrides.ts'
import { createLmdbCampaignMemory } from '../senders/campaigns/lmdb-campaign-memory.ts'
import { createLmdbScoreWindow } from '../senders/score-window/lmdb-score-window.ts'
import { createLmdbSenderStore } from '../senders/lmdb-sender-store.ts'
import { createLmdbOutcomeMemory } from '../senders/outcome-memory.ts'
import type { SenderKey } from '../senders/sender-store.ts'
import { createShadowRecords } from '../senders/shadow-records.ts'
import { createVerdictMemory } from '../senders/verdict-memory.ts'
import { openStorage } from '../storage/lmdb-storage.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import type { BudgetState } from '../verdict/budget-window.ts'
import { openHistoryOf } from './history.ts'
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
  const senders = createLmdbSenderStore({ storage, key })
  const tokens = createTokens({ storage, newSecret, clock, ...(adminToken !== undefined && { adminToken }) })
  const users = createUsers({ file: auth.usersFile ?? join(dataDir, 'users.json'), clock })
  const queue = await createQueue({
    storage,
    spoolDirectory: join(dataDir, 'spool'),
    clock,
    ...(failpoint && { failpoint })
  })
  const metrics = createMetrics({ processMetrics: true })
  const history = openHistoryOf(config, options, storage, metrics)
  onClose(() => history?.close())
  const memory = createVerdictMemory({ storage, key })
  const records = createFeedbackRecords(storage)
  const overrides = createLimitOverrides(storage)
  const limitsOf = (sender: SenderKey): typeof limits => overrides.apply(limits, sender)
  const campaigns = createLmdbCampaignMemory(storage)
  const outcomes = createLmdbOutcomeMemory(storage)
  const scoreWindow = createLmdbScoreWindow<BudgetState>(storage)
  const ledger = createContainmentLedger({ storage, senders, scoreWindow, log, metrics })
  const shadow = createShadowRecords(storage)
  const memories = [senders, memory, records, ledger, shadow]
  const forgetOld = createForgetOld({ memories, accept, clock, log })
  onClose(() => forgetOld.close())
  const mergePriors = createMergePriors({ priors: senders.priors, accept, log })
  onClose(() => mergePriors.close())
  const newAdminToken = await tokens.ensureAdmin(join(dataDir, 'admin-token'))
  return {
    accept,
    keysDirectory,
    key,
    metrics,
    senders,
    memory,
    records,
    overrides,
    limitsOf,
    ledger,
    shadow,
    history,
    campaigns,
    outcomes,
    scoreWindow,
    tokens,
    users,
    queue,
    newAdminToken
  }
}

export type Stores = Awaited<ReturnType<typeof openStores>>
