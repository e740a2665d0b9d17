import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { organisationOf } from '../authentication/dmarc/organisation.ts'
import type { Config } from '../config/config-schema.ts'
import { ProblemError } from '../doors/api/problem-error.ts'
import { behaviourDigest } from '../features/digest.ts'
import { openDormantHistory } from '../history/dormant-history.ts'
import { engineLibrary } from '../history/embedded/engine-library.ts'
import { describeHistoryFault, historyErrors } from '../history/history-error.ts'
import { openHistory, type History } from '../history/history.ts'
import type { Placement } from '../history/render-migration.ts'
import { toContainmentEntry } from '../history/rows/containment-row.ts'
import { toDeliveryEntry } from '../history/rows/delivery-row.ts'
import { toFeedbackEntry } from '../history/rows/feedback-row.ts'
import { toHoldEntry } from '../history/rows/hold-row.ts'
import { toMessageEntry } from '../history/rows/message-row.ts'
import { toModelEventEntry } from '../history/rows/model-event-row.ts'
import type { ModelEvent } from '../models/shelf/model-event.ts'
import { createKeyedHash } from '../observation/keyed-hash.ts'
import type { PastHistory } from '../operations/history/past-row.ts'
import { createRememberHistory } from '../operations/history/remember-history.ts'
import { createRememberSteps } from '../operations/history/remember-steps.ts'
import type { OnStep } from '../queue/queue-step.ts'
import type { Concluded } from '../scoring/scoring-ports.ts'
import type { ContainmentStep } from '../senders/containment-ledger.ts'
import type { FeedbackRecord } from '../senders/feedback-records.ts'
import type { SenderStore } from '../senders/sender-store.ts'
import type { Storage } from '../storage/storage.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { clock, type StartOptions } from './house.ts'

type HistoryOf = Pick<StartOptions, 'log' | 'isPrivate' | 'onHistoryServer'> & {
  readonly storage: Storage
  readonly metrics: Metrics
}

/** null: `clickhouse.url = "off"`, or the packages of the embedded engine are missing. A service for the length of one command leaves its rows to the next start. */
export function openHistoryOf(
  { clickhouse, dataDir }: Config,
  { log, isPrivate = false, onHistoryServer, storage, metrics }: HistoryOf
): History | null {
  const { url, user, password, maxMemoryMiB, maxWaitingRows } = clickhouse
  if (url === 'off') return null
  if (url === 'embedded' && engineLibrary() === undefined) {
    log.warn('history.off', { code: 'HISTORY_ENGINE_MISSING', error: historyErrors.HISTORY_ENGINE_MISSING })
    return null
  }
  return openHistory({
    url,
    user,
    password,
    placement: placementOf(clickhouse),
    directory: join(dataDir, 'clickhouse'),
    maxMemoryMiB,
    maxWaitingRows,
    onlyOnDemand: isPrivate,
    ...(onHistoryServer && { onListening: onHistoryServer }),
    storage,
    log,
    metrics
  })
}

function placementOf({ database, cluster, retentionDays }: Config['clickhouse']): Placement {
  return { database, cluster: cluster ?? null, retentionDays }
}

/** How a sender leaves history, also while none is kept. */
export function eraseHistoryIn(
  history: History | null,
  { clickhouse }: Config,
  { log, storage }: HistoryOf
): History['erase'] {
  if (history !== null) return (sender) => history.erase(sender)
  const dormant = openDormantHistory({ storage, placement: placementOf(clickhouse), log })
  return (sender) => dormant.erase(sender)
}

/** What history keeps of each verdict; nothing where there is none. */
export function rememberHistoryIn(
  history: History | null,
  key: Uint8Array,
  senders: Pick<SenderStore, 'habits'>
): (concluded: Concluded) => void {
  if (history === null) return () => undefined
  return createRememberHistory({
    record: (facts) => history.record(toMessageEntry(facts)),
    hashOf: (messageId) => keyedHash(messageId, key),
    featureDigest: behaviourDigest,
    habitsOf: (sender) => senders.habits(sender),
    clock
  })
}

/** Who is told of labels, containment, holds and deliveries; undefined: nobody. */
export interface RememberedActs {
  readonly onFeedback: ((record: FeedbackRecord) => void) | undefined
  readonly onContained: ((step: ContainmentStep) => void) | undefined
  readonly onStep: OnStep | undefined
}

/** What history keeps of them; nothing is built where there is none. */
export function rememberActsIn(
  history: History | null,
  key: Uint8Array,
  senders: Pick<SenderStore, 'keyOf'>
): RememberedActs {
  if (history === null) return { onFeedback: undefined, onContained: undefined, onStep: undefined }
  return {
    onFeedback: (record) => history.record(toFeedbackEntry(record)),
    onContained: (step) => history.record(toContainmentEntry(step)),
    onStep: createRememberSteps({
      senders,
      keyedHash: createKeyedHash(key),
      organisationOf,
      recordHold: (facts) => history.record(toHoldEntry(facts)),
      recordDeliveries: (sender, facts) => history.record(toDeliveryEntry(sender, facts))
    })
  }
}

/** What happens to models by itself: what did while the service started is written once all of it is known. */
export function createModelDiary(history: History | null, accept: <T>(act: () => T) => Promise<T>) {
  let by = 'start'
  const events: Parameters<typeof toModelEventEntry>[0][] = []
  async function write(): Promise<void> {
    by = 'reload'
    const entries = history === null ? [] : events.splice(0).map(toModelEventEntry)
    if (entries.length > 0) await accept(() => entries.forEach((entry) => history?.record(entry)))
  }
  return {
    onEvent(event: ModelEvent): void {
      events.push({ ...event, at: clock(), by })
      // A store that refuses is reported by what cannot do without it
      if (by !== 'start') write().catch(() => undefined)
    },
    write
  }
}

/** Inside the transaction: what people did with models. */
export function recordModelEventsIn(history: History | null): (event: ModelEvent, by: string) => void {
  return (event, by) => history?.record(toModelEventEntry({ ...event, at: clock(), by }))
}

const dayMs = 86_400_000

/** Where imported mail leaves its rows: never so many at once that those of new mail are lost for them. */
export function pastHistoryIn(
  history: History | null,
  key: Uint8Array,
  { retentionDays, maxWaitingRows }: Config['clickhouse']
): PastHistory | null {
  if (history === null) return null
  return {
    record: (facts, messageId) =>
      history.record(
        toMessageEntry({
          ...facts,
          messageIdHash: keyedHash(messageId, key),
          featureDigest: behaviourDigest
        })
      ),
    keptSince: () => clock() - retentionDays * dayMs,
    async makeRoom() {
      if (history.waiting() <= maxWaitingRows / 2) return
      try {
        await history.drain()
      } catch (error) {
        const detail = `ClickHouse does not take the rows that wait for it: ${describeHistoryFault(error)}`
        throw new ProblemError('UNAVAILABLE', { detail })
      }
    }
  }
}

function keyedHash(messageId: string | null, key: Uint8Array): string {
  if (messageId === null) return ''
  const digest = createHmac('sha256', key).update(`history.message-id\0${messageId}`).digest()
  return digest.subarray(0, 12).toString('base64url')
}
