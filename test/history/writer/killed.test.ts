import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { engineLibrary } from '../../../service/history/embedded/engine-library.ts'
import { openHistory, type History } from '../../../service/history/history.ts'
import { openStorage } from '../../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../../service/storage/storage.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { messageOf } from '../../contracts/history-rows.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'

interface Opened {
  readonly history: History
  readonly storage: Storage
}

/** `url`: embedded, with its engine in `engine`, or of a server that is never asked. */
async function open(state: string, engine: string, url = 'embedded'): Promise<Opened> {
  const storage = await openStorage({ directory: state })
  const history = openHistory({
    url,
    user: 'default',
    password: undefined,
    placement: { database: 'sluice', cluster: null, retentionDays: 3_650 },
    directory: engine,
    maxMemoryMiB: 1_000,
    maxWaitingRows: 10_000,
    onlyOnDemand: true,
    storage,
    log: silentLogger,
    metrics: createMetrics()
  })
  return { history, storage }
}

async function close({ history, storage }: Opened): Promise<void> {
  await history.close()
  await storage.close()
}

const record = ({ storage, history }: Opened, from: number, count: number): Promise<void> =>
  storage.transaction(() => {
    for (let id = from; id < from + count; id++) history.record(messageOf(`s${id % 7}`, `m${id}`))
  })

/** Before any merge: a row that came twice counts twice. */
async function stored({ history }: Opened): Promise<{ readonly rows: number; readonly charted: number }> {
  const found = await (
    await history.connect()
  ).query({
    query: `SELECT toUInt32(count()) AS rows, (SELECT toUInt32(sum(messages)) FROM sluice.verdicts_daily) AS charted FROM sluice.messages`,
    format: 'JSONEachRow'
  })
  const [counts] = await found.json<{ rows: number; charted: number }>()
  return counts ?? { rows: -1, charted: -1 }
}

test(
  'a service that is killed between ClickHouse’s answer and its own note writes those rows once',
  { skip },
  async (t) => {
    const state = await temporaryDirectory(t)
    const engine = await temporaryDirectory(t)
    const unsent = await open(state, '', 'http://127.0.0.1:1')
    await record(unsent, 0, 300)
    await close(unsent)

    const before = await open(await temporaryDirectory(t), engine)
    const { url, headers } = await before.history.address()
    const program = join(import.meta.dirname, 'killed-writer.ts')
    const killed = spawn(process.execPath, [program, state, url, headers['X-Sluice-Key'] ?? ''])
    const [, signal] = await once(killed, 'exit')
    assert.equal(signal, 'SIGKILL')
    assert.deepEqual(await stored(before), { rows: 300, charted: 300 })
    await close(before)

    const after = await open(state, engine)
    t.after(() => close(after))
    await record(after, 300, 50)
    await after.history.drain()
    assert.deepEqual(await stored(after), { rows: 350, charted: 350 })
    assert.equal(after.history.waiting(), 0)
  }
)
