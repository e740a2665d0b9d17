import { join } from 'node:path'
import { behaviourDigest } from '../../service/features/digest.ts'
import { openHistory, type History } from '../../service/history/history.ts'
import { toFeedbackEntry } from '../../service/history/rows/feedback-row.ts'
import type { HistoryEntry } from '../../service/history/rows/history-entry.ts'
import { toMessageEntry } from '../../service/history/rows/message-row.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { verdictOf } from '../../test/helpers/fixed-score.ts'
import type { ReplicatedMail } from './replicated-mail.ts'

/** As the configuration's default. */
const retentionDays = 400
const maxWaitingRows = 10_000
const together = 200
const drainEvery = 2_000
const mostAttempts = 5
const senders = createMemorySenderStore({ key: new Uint8Array(32).fill(7) })

/** Writes so many messages into the embedded ClickHouse of this data directory, through the service's own writer. */
export async function seedHistory(
  dataDir: string,
  mail: AsyncGenerator<ReplicatedMail>,
  messages: number
): Promise<void> {
  const storage = await openStorage({ directory: dataDir })
  const history = openHistory({
    url: 'embedded', user: 'default', password: undefined, directory: join(dataDir, 'clickhouse'),
    placement: { database: 'sluice', cluster: null, retentionDays },
    maxMemoryMiB: 1_500, maxWaitingRows, storage, log: silentLogger, metrics: createMetrics()
  }) // prettier-ignore
  try {
    await history.connect()
    for (let written = 0; written < messages; written += together) {
      const some = await take(mail, Math.min(together, messages - written))
      await storage.transaction(() => record(history, some.flatMap(entriesOf)))
      if (written % drainEvery === 0) await drain(history)
    }
    await drain(history)
  } finally {
    await history.close()
    await storage.close()
  }
}

/** On a busy machine an insert may take longer than the client waits; repeated it counts once. */
async function drain(history: History): Promise<void> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await history.drain()
    } catch (error) {
      if (attempt === mostAttempts) throw error
    }
}

function record(history: History, entries: readonly HistoryEntry[]): void {
  for (const entry of entries) history.record(entry)
}

async function take<Item>(items: AsyncGenerator<Item>, count: number): Promise<readonly Item[]> {
  const taken: Item[] = []
  while (taken.length < count) {
    const { value, done } = await items.next()
    if (done === true) break
    taken.push(value)
  }
  return taken
}

/** As before a content model changes: nothing has been read by the one that training asks, so that all of it is to be read. */
function entriesOf({ id, sender: name, place, isBad, observation }: ReplicatedMail): readonly HistoryEntry[] {
  const sender = senders.keyOf(name)
  const judged = isBad ? ('hold' as const) : ('allow' as const)
  const { receivedAt, sizeBytes } = observation
  const message = toMessageEntry({
    submissionId: id, sender, caller: 'smtp', receivedAt, decidedAt: receivedAt, messageIdHash: id, shadow: false, sizeBytes, observation,
    features: null, featureDigest: behaviourDigest, riskLogit: null, takeoverLogit: null, spamLogit: null, reading: null,
    verdict: verdictOf(judged, sender), judged, learned: !isBad, charged: true, priors: 0, habits: place, habitsMade: isBad ? 0 : place + 1
  }) // prettier-ignore
  if (!isBad) return [message]
  const said = { label: 'spam', source: 'operator', by: 'bench', note: null, stands: true } as const
  const feedback = {
    id: `said-${id}`,
    verdictId: `v-${id}`,
    submissionId: id,
    sender,
    at: receivedAt,
    ...said
  }
  return [message, toFeedbackEntry(feedback)]
}
