import { join } from 'node:path'
import type { Config } from '../../config/config-schema.ts'
import { behaviourDigest } from '../../features/digest.ts'
import { toMessageEntry } from '../../history/rows/message-row.ts'
import type { ModelsInUse } from '../../models/model-ports.ts'
import { observeRecipients } from '../../observation/observe-recipients.ts'
import { createAcceptMessage } from '../../operations/accept-message.ts'
import { createGiveFeedback } from '../../operations/give-feedback.ts'
import { createRejectHold, createReleaseHold } from '../../operations/holds/decide-hold.ts'
import { createHoldExpiry } from '../../operations/holds/hold-expiry.ts'
import { createObserveHeld } from '../../operations/holds/observe-held.ts'
import { createVouching } from '../../operations/holds/vouching.ts'
import { createRememberFeedback } from '../../operations/history/remember-feedback.ts'
import { createRememberHistory } from '../../operations/history/remember-history.ts'
import { createRememberVerdict } from '../../operations/history/remember-verdict.ts'
import { openNetworkLookup } from '../../scoring/networks/network-lookup.ts'
import { observeInProcess } from '../../scoring/observing/observe-in-process.ts'
import { createScoreSubmission } from '../../scoring/score-submission.ts'
import type { Observer, ScoreSubmission } from '../../scoring/scoring-ports.ts'
import { resolveSender } from '../../senders/identity.ts'
import { silentLogger as log } from '../../telemetry/logger.ts'
import { openInventedStores, type InventedStores, type InventedStoresOptions } from './invented-stores.ts'

export interface InventedHouseOptions extends InventedStoresOptions {
  readonly models: ModelsInUse
}

export type InventedHouse = Awaited<ReturnType<typeof openInventedHouse>>

/**
 * The service's rooms on the stores of a data directory, living in another time: no doors, no delivery, no threads, and ids that are
 * counted, so that the same plot leaves the same history.
 */
export async function openInventedHouse(options: InventedHouseOptions) {
  const stores = await openInventedStores(options)
  const observer = await openObserver(options.config, stores)
  const score = openScore(options, stores, observer)
  const { history, senders, queue, ledger, accept } = stores
  const acts = openActs(options, stores, observer, score)
  return {
    history,
    senders,
    queue,
    ledger,
    accept,
    merging: stores.merging,
    ...acts,
    async close() {
      await acts.settled()
      await observer.close()
      await stores.close()
    }
  }
}

/** In this thread: what is parsed first is learned first. */
async function openObserver({ dataDir }: Config, { key, keyedHash }: InventedStores): Promise<Observer> {
  const networks = await openNetworkLookup({ file: join(dataDir, 'networks.bin'), log })
  await networks.ready()
  return {
    observe: (one) => observeInProcess({ ...one, network: networks.originOf(one.client.ip) }, key),
    recipients: (envelope) => observeRecipients(envelope, keyedHash),
    close: () => networks.close()
  }
}

function openScore(
  { config, models, clock }: InventedHouseOptions,
  stores: InventedStores,
  observer: Observer
): ScoreSubmission {
  const { history, senders, keyedHash, newId, accept, metrics, campaigns, outcomes } = stores
  const rememberVerdict = createRememberVerdict(stores)
  const rememberHistory = createRememberHistory({
    record: (facts) => history.record(toMessageEntry(facts)),
    hashOf: (messageId) => (messageId === null ? '' : keyedHash(messageId)),
    featureDigest: behaviourDigest,
    habitsOf: (sender) => senders.habits(sender),
    clock
  })
  const { policy, limits, http } = config
  return createScoreSubmission({
    observer, senders, campaigns, outcomes, models, accept, policy, limits, clock, newId, metrics, log,
    maxPending: http.maxPending,
    onConcluded(concluded) {
      rememberVerdict(concluded)
      rememberHistory(concluded)
    }
  }) // prettier-ignore
}

/** What is done with messages once they are judged. */
function openActs(
  { config, clock }: InventedHouseOptions,
  stores: InventedStores,
  observer: Observer,
  score: ScoreSubmission
) {
  const { queue } = stores
  const { limits, policy } = config
  const observeHeld = createObserveHeld({ queue, observer, resolveSender })
  const shared = { ...stores, limitsOf: () => limits, observeHeld, score, clock, log }
  const vouching = createVouching(shared)
  const holds = { ...shared, vouched: vouching.vouched, onActed: createRememberFeedback(stores) }
  const { onHoldExpiry, holdHours } = policy
  // Only when it is told to: its timer knows the real time
  const expiry = createHoldExpiry({ ...holds, onHoldExpiry, holdHours, intervalMs: never })
  const hostname = 'mx.provider.example'
  return {
    vouching,
    acceptMessage: createAcceptMessage({ queue, score, onHold: 'accept', hostname, clock, log }),
    releaseHold: createReleaseHold(holds),
    rejectHold: createRejectHold(holds),
    giveFeedback: createGiveFeedback(holds),
    expireHolds: () => expiry.expireHolds(),
    async settled() {
      await vouching.settled()
      await expiry.close()
    }
  }
}

/** The longest that a timer can wait: 24 days. */
const never = 2 ** 31 - 1
