import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '../config/config-schema.ts'
import { behaviourDigest } from '../features/digest.ts'
import { openHistory, type History } from '../history/history.ts'
import { toMessageEntry } from '../history/rows/message-row.ts'
import { createRememberHistory } from '../operations/remember-history.ts'
import type { Concluded } from '../scoring/scoring-ports.ts'
import type { Storage } from '../storage/storage.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { clock, type StartOptions } from './house.ts'

/** null: `clickhouse.url = "off"`. A service for the length of one command leaves its rows to the next start. */
export function openHistoryOf(
  { clickhouse, dataDir }: Config,
  { log, isPrivate = false }: StartOptions,
  storage: Storage,
  metrics: Metrics
): History | null {
  const { url, user, password, database, cluster, retentionDays, maxMemoryMiB, maxWaitingRows } = clickhouse
  if (url === 'off') return null
  return openHistory({
    url,
    user,
    password,
    placement: { database, cluster: cluster ?? null, retentionDays },
    directory: join(dataDir, 'clickhouse'),
    maxMemoryMiB,
    maxWaitingRows,
    onlyOnDemand: isPrivate,
    storage,
    log,
    metrics
  })
}

/** What history keeps of each verdict; nothing where there is none. */
export function rememberHistoryIn(history: History | null, key: Uint8Array): (concluded: Concluded) => void {
  if (history === null) return () => undefined
  return createRememberHistory({
    record: (facts) => history.record(toMessageEntry(facts)),
    hashOf: (messageId) => keyedHash(messageId, key),
    featureDigest: behaviourDigest,
    clock
  })
}

function keyedHash(messageId: string | null, key: Uint8Array): string {
  if (messageId === null) return ''
  const digest = createHmac('sha256', key).update(`history.message-id\0${messageId}`).digest()
  return digest.subarray(0, 12).toString('base64url')
}
