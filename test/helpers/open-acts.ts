import { randomUUID } from 'node:crypto'
import {
  createRejectHold,
  createReleaseHold,
  type DecideHold
} from '../../service/operations/holds/decide-hold.ts'
import { createGiveFeedback, type GiveFeedback } from '../../service/operations/give-feedback.ts'
import { createObserveHeld } from '../../service/operations/holds/observe-held.ts'
import { createRememberFeedback } from '../../service/operations/history/remember-feedback.ts'
import { createSenderActs, type SenderActs } from '../../service/operations/senders/sender-acts.ts'
import { createVouching, type Vouching } from '../../service/operations/holds/vouching.ts'
import type { Queue } from '../../service/queue/queue.ts'
import type { ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import { createContainmentLedger, type ContainmentLedger } from '../../service/senders/containment-ledger.ts'
import { createImportRecords } from '../../service/senders/import-records.ts'
import { createRoutedHolds } from '../../service/senders/routed-holds.ts'
import { createFeedbackRecords, type FeedbackRecords } from '../../service/senders/feedback-records.ts'
import { resolveSender } from '../../service/senders/identity.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'
import { createLimitOverrides } from '../../service/senders/limit-overrides.ts'
import { createLmdbCampaignMemory } from '../../service/senders/campaigns/lmdb-campaign-memory.ts'
import { createLmdbScoreWindow } from '../../service/senders/score-window/lmdb-score-window.ts'
import { createLmdbOutcomeMemory } from '../../service/senders/outcome-memory.ts'
import { createVerdictMemory, type VerdictMemory } from '../../service/senders/verdict-memory.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { inProcess, key, limits } from '../scoring/house.ts'

export interface Acts extends SenderActs {
  readonly memory: VerdictMemory
  readonly records: FeedbackRecords
  readonly ledger: ContainmentLedger
  readonly vouching: Vouching
  readonly releaseHold: DecideHold
  readonly rejectHold: DecideHold
  readonly giveFeedback: GiveFeedback
}

export interface ActsOptions {
  readonly storage: Storage
  readonly senders: SenderStore
  readonly queue: Queue
  readonly score: ScoreSubmission
  readonly clock?: () => number
}

/** What people do about held mail and senders, on real stores, as main puts it together. */
export function openActs({ storage, senders, queue, score, clock = Date.now }: ActsOptions): Acts {
  const log = silentLogger
  const metrics = createMetrics()
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const memory = createVerdictMemory({ storage, key })
  const records = createFeedbackRecords(storage)
  const ledger = createContainmentLedger({ storage, senders, log, metrics })
  const observeHeld = createObserveHeld({ queue, observer: inProcess, resolveSender })
  const asked = { queue, senders, memory, records, ledger, limitsOf: () => limits, observeHeld, score }
  const shared = { ...asked, accept, clock, log, metrics }
  const vouching = createVouching(shared)
  const campaigns = createLmdbCampaignMemory(storage)
  const outcomes = createLmdbOutcomeMemory(storage)
  const onActed = createRememberFeedback({ campaigns, outcomes })
  const options = { ...shared, onActed, vouched: vouching.vouched, newId: randomUUID }
  return {
    memory,
    records,
    ledger,
    vouching,
    releaseHold: createReleaseHold(options),
    rejectHold: createRejectHold(options),
    giveFeedback: createGiveFeedback(options),
    ...createSenderActs({
      ...options,
      campaigns,
      outcomes,
      overrides: createLimitOverrides(storage),
      imports: createImportRecords(storage),
      routed: createRoutedHolds(storage),
      scoreWindow: createLmdbScoreWindow(storage),
      eraseHistory: () => Promise.resolve('erased'),
      resolveSender
    })
  }
}
