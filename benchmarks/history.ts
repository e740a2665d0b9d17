// `npm run bench:history`: rows per second that history's writer reaches into the embedded ClickHouse, what a message pays for its row,
// and what scoring's latency pays for 2,000 rows per second beside it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { engineLibrary } from '../service/history/embedded/engine-library.ts'
import { openHistory } from '../service/history/history.ts'
import { openStorage } from '../service/storage/lmdb-storage.ts'
import { silentLogger } from '../service/telemetry/logger.ts'
import { createMetrics } from '../service/telemetry/metrics.ts'
import { warmSenders } from './behaviour/warmed-senders.ts'
import { besideScoring } from './history/beside-scoring.ts'
import { measuredRows } from './history/measured-rows.ts'
import { timeRows } from './history/time-rows.ts'
import { rowsAlone } from './history/rows-alone.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '60000' },
    perSecond: { type: 'string', default: '2000' },
    // A load that leaves a core free, and one that does not
    scored: { type: 'string', default: '80,160' },
    seconds: { type: 'string', default: '10' },
    turns: { type: 'string', default: '5' }
  }
})
if (engineLibrary() === undefined) throw new Error('The optional packages chdb and ffi-rs are not installed')

const directory = mkdtempSync(join(tmpdir(), 'sluice-bench-history-'))
const engine = { pid: 0 }
const log = {
  ...silentLogger,
  info: (event: string, facts?: Readonly<Record<string, unknown>>) => {
    if (event === 'history.engine_started') engine.pid = Number(facts?.['pid'])
  }
}
const storage = await openStorage({ directory })
const history = openHistory({
  url: 'embedded',
  user: 'default',
  password: undefined,
  placement: { database: 'sluice', cluster: null, retentionDays: 3_650 },
  directory: join(directory, 'clickhouse'),
  maxMemoryMiB: 1_500,
  maxWaitingRows: 1_000_000,
  storage,
  log,
  metrics: createMetrics()
})
try {
  await history.connect()
  const warmed = await warmSenders()
  const facts = measuredRows(warmed)
  console.log('What a message pays on the main thread')
  console.table(await timeRows({ facts, storage }))
  console.log('The writer alone')
  console.table(await rowsAlone({ facts, storage, history, rows: Number(values.rows) }))
  for (const scored of values.scored.split(',').map(Number)) {
    console.log(
      `${scored} messages a second scored, with and without ${values.perSecond} rows a second beside it`
    )
    const beside = await besideScoring({
      warmed,
      facts,
      storage,
      history,
      rowsPerSecond: Number(values.perSecond),
      scoredPerSecond: scored,
      phaseMs: Number(values.seconds) * 1_000,
      turns: Number(values.turns),
      enginePid: () => engine.pid
    })
    console.table(beside.table)
    const ratios = beside.ratios.map((ratio) => ratio.toFixed(2)).join(' ')
    console.log(`p99 with to p99 without: ${beside.ratio.toFixed(2)} (${ratios})`)
    console.log(`rows in ClickHouse a second: ${beside.written}`)
  }
} finally {
  await history.close()
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
}
