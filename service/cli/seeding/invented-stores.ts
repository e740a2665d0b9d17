import { join } from 'node:path'
import { openInstallationKey } from '../../access/installation-key.ts'
import { organisationOf } from '../../authentication/dmarc/organisation.ts'
import type { Config } from '../../config/config-schema.ts'
import { openHistory, type History } from '../../history/history.ts'
import { toContainmentEntry } from '../../history/rows/containment-row.ts'
import { toDeliveryEntry } from '../../history/rows/delivery-row.ts'
import { toFeedbackEntry } from '../../history/rows/feedback-row.ts'
import { toHabitsEntry } from '../../history/rows/habits-row.ts'
import { toHoldEntry } from '../../history/rows/hold-row.ts'
import { toPriorsEntry } from '../../history/rows/priors-row.ts'
import { createKeyedHash } from '../../observation/keyed-hash.ts'
import { createMergePriors } from '../../operations/merge-priors.ts'
import { createRememberPriors } from '../../operations/history/remember-priors.ts'
import { createRememberSteps } from '../../operations/history/remember-steps.ts'
import { createQueue } from '../../queue/queue.ts'
import { createLmdbCampaignMemory } from '../../senders/campaigns/lmdb-campaign-memory.ts'
import { createContainmentLedger } from '../../senders/containment-ledger.ts'
import { createFeedbackRecords } from '../../senders/feedback-records.ts'
import { createLmdbSenderStore } from '../../senders/lmdb-sender-store.ts'
import { createLmdbOutcomeMemory } from '../../senders/outcome-memory.ts'
import { createVerdictMemory } from '../../senders/verdict-memory.ts'
import { openStorage } from '../../storage/lmdb-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { silentLogger as log } from '../../telemetry/logger.ts'
import { createMetrics, type Metrics } from '../../telemetry/metrics.ts'

export interface InventedStoresOptions {
  readonly config: Config
  /** Epoch ms of the plot. */
  readonly clock: () => number
}

export type InventedStores = Awaited<ReturnType<typeof openInventedStores>>

/** What a data directory keeps, with history listening to all of it, as main puts it together. */
export async function openInventedStores({ config, clock }: InventedStoresOptions) {
  const { dataDir } = config
  const metrics = createMetrics()
  const storage = await openStorage({ directory: dataDir })
  const key = await openInstallationKey(join(dataDir, 'keys'))
  const keyedHash = createKeyedHash(key)
  const history = openHistoryIn(config, storage, metrics)
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const { senders, merging } = openSenders({ storage, key, history, accept, clock })
  const onStep = createRememberSteps({
    senders,
    keyedHash,
    organisationOf,
    recordHold: (facts) => history.record(toHoldEntry(facts)),
    recordDeliveries: (sender, facts) => history.record(toDeliveryEntry(sender, facts))
  })
  const queue = await createQueue({ storage, spoolDirectory: join(dataDir, 'spool'), clock, onStep })
  const ledger = createContainmentLedger({
    storage,
    senders,
    onChanged: (step) => history.record(toContainmentEntry(step)),
    log,
    metrics
  })
  return {
    metrics, key, keyedHash, history, accept, senders, merging, queue, ledger,
    newId: countedIds(),
    memory: createVerdictMemory({ storage, key }),
    records: createFeedbackRecords(storage, (record) => history.record(toFeedbackEntry(record))),
    campaigns: createLmdbCampaignMemory(storage),
    outcomes: createLmdbOutcomeMemory(storage),
    async close() {
      await merging.close()
      await history.close()
      await storage.close()
    }
  } // prettier-ignore
}

interface SendersOptions {
  readonly storage: Storage
  readonly key: Uint8Array
  readonly history: History
  readonly accept: <T>(act: () => T) => Promise<T>
  readonly clock: () => number
}

function openSenders({ storage, key, history, accept, clock }: SendersOptions) {
  const rememberPriors = createRememberPriors({
    record: (step) => history.record(toPriorsEntry(step)),
    told: storage.table('history.priors'),
    clock
  })
  const senders = createLmdbSenderStore({
    storage,
    key,
    listeners: {
      onHabits: (change) => history.record(toHabitsEntry({ ...change, at: clock() })),
      onPriors: (step) => rememberPriors.onPriors(step)
    }
  })
  const merging = createMergePriors({ priors: senders.priors, accept, remember: rememberPriors, log })
  return { senders, merging }
}

function openHistoryIn({ clickhouse, dataDir }: Config, storage: Storage, metrics: Metrics): History {
  const { url, user, password, maxMemoryMiB, maxWaitingRows, database, cluster, retentionDays } = clickhouse
  return openHistory({
    url, user, password, maxMemoryMiB, maxWaitingRows, storage, log, metrics,
    placement: { database, cluster: cluster ?? null, retentionDays }, directory: join(dataDir, 'clickhouse')
  }) // prettier-ignore
}

function countedIds(): () => string {
  let ids = 0
  return () => `invented-${String((ids += 1)).padStart(7, '0')}`
}
