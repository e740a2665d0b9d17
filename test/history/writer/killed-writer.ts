// Sends what waits in its directory to ClickHouse, and is killed once that has everything: nothing is dropped.
import { openStorage } from '../../../service/storage/lmdb-storage.ts'
import { createDurableBuffer } from '../../../service/storage/durable-buffer.ts'
import { createErasures } from '../../../service/history/erasures.ts'
import { createHistoryClient } from '../../../service/history/history-client.ts'
import type { HistoryEntry } from '../../../service/history/rows/history-entry.ts'
import { createHistoryWriter } from '../../../service/history/writer/history-writer.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'

const [directory = '', url = '', key = ''] = process.argv.slice(2)
const storage = await openStorage({ directory })
const buffer = createDurableBuffer<HistoryEntry>({ storage, name: 'history', maxEntries: 1_000 })
const database = 'sluice'
const placement = { database, cluster: null, retentionDays: 3_650 }
const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
const client = createHistoryClient({ url, headers: { 'X-Sluice-Key': key } }, { user: 'default' }, 10_000)
const writer = createHistoryWriter({
  buffer: {
    ...buffer,
    drop: () => process.kill(process.pid, 'SIGKILL')
  },
  erasures: createErasures({ storage, buffer, placement, accept, log: silentLogger }),
  connect: () => Promise.resolve(client),
  database,
  accept,
  onlyOnDemand: true,
  log: silentLogger,
  metrics: createMetrics()
})
await writer.drain()
