import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { History } from '../../service/history/history.ts'
import { toMessageEntry, type MessageFacts } from '../../service/history/rows/message-row.ts'
import type { Submission } from '../../service/message/submission.ts'
import { unknownOrigin } from '../../service/observation/network.ts'
import { loadModels } from '../../service/models/shelf/load-models.ts'
import { createObserver } from '../../service/scoring/observing/observer.ts'
import type { ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { openHouse } from '../../test/scoring/house.ts'
import { cpuMsSince } from '../behaviour/measure.ts'
import { key, type WarmedSenders } from '../behaviour/warmed-senders.ts'
import { summarise } from '../load.ts'
import { processCpuMs } from '../process-cpu.ts'

export interface BesideOptions {
  readonly warmed: WarmedSenders
  readonly facts: readonly MessageFacts[]
  readonly storage: Storage
  readonly history: History
  readonly rowsPerSecond: number
  /** Messages a second: both with and without rows beside them the same, and on a schedule. */
  readonly scoredPerSecond: number
  readonly phaseMs: number
  readonly turns: number
  /** Of the embedded server. */
  readonly enginePid: () => number
}

export interface Beside {
  readonly table: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** p99 with rows beside it to p99 without, of the middle turn. */
  readonly ratio: number
  readonly ratios: readonly number[]
  /** Rows a second that reached ClickHouse before their turn was over. */
  readonly written: number
}

const tickMs = 20
/** What a turn leaves behind, such as merges, is over by then. */
const restMs = 1_000

/**
 * Real scoring on the disk, observed in a worker, while rows are recorded and written in the same process. Without and with take turns,
 * and the middle ratio counts: a neighbour on the machine disturbs some of them.
 */
export async function besideScoring(options: BesideOptions): Promise<Beside> {
  const { history, rowsPerSecond, phaseMs, turns } = options
  const { score, close } = await openScoring(options)
  await phase(score, options, phaseMs / 2)
  const alone = createArm(options)
  const beside = createArm(options)
  const ratios: number[] = []
  let written = 0
  for (let turn = 0; turn < turns; turn++) {
    const without = await alone.take(() => phase(score, options, phaseMs))
    const feeder = feed(options)
    const busy = await beside.take(() => phase(score, options, phaseMs))
    written += (await feeder.stop()) - history.waiting()
    ratios.push(busy / without)
    await history.drain()
    await sleep(restMs)
  }
  await close()
  return {
    table: { 'scoring alone': alone.row(), [`beside ${rowsPerSecond} rows/s`]: beside.row() },
    ratio: ratios.toSorted((a, b) => a - b)[turns >> 1] ?? Number.NaN,
    ratios,
    written: Math.round((written * 1_000) / (turns * phaseMs))
  }
}

/** Gathers turns of one kind: latencies, and the processor time of this process and of the engine. */
function createArm({ enginePid }: BesideOptions) {
  const latencies: number[] = []
  const cpu = { ours: 0, engine: 0, ms: 0 }
  return {
    /** Gives the turn's p99 in milliseconds. */
    async take(turn: () => Promise<number[]>): Promise<number> {
      const from = performance.now()
      const ours = process.cpuUsage()
      const engine = processCpuMs(enginePid())
      const taken = await turn()
      cpu.ms += performance.now() - from
      cpu.ours += cpuMsSince(ours)
      cpu.engine += processCpuMs(enginePid()) - engine
      latencies.push(...taken)
      return summarise(taken, 0, 1).p99Ms
    },
    row: () => ({
      ...shown(summarise(latencies, 0, 1)),
      'CPU of a core, service': `${((100 * cpu.ours) / cpu.ms).toFixed(0)} %`,
      'CPU of a core, ClickHouse': `${((100 * cpu.engine) / cpu.ms).toFixed(0)} %`
    })
  }
}

function shown({ requests, p50Ms, p99Ms }: ReturnType<typeof summarise>) {
  return { messages: String(requests), 'p50 ms': p50Ms.toFixed(2), 'p99 ms': p99Ms.toFixed(2) }
}

async function openScoring({ storage }: BesideOptions): Promise<{
  readonly score: ScoreSubmission
  readonly close: () => Promise<void>
}> {
  const models = await loadModels({ directory: 'none', backend: 'wasm', log: silentLogger })
  const bounds = { timeLimitMs: 5_000, workerMemoryMiB: 256 }
  const observer = createObserver({ workers: 1, key, ...bounds, originOf: () => unknownOrigin })
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const { score } = openHouse({
    observer,
    senders: createLmdbSenderStore({ storage, key }),
    models: models.scoring,
    background: models.background,
    accept,
    clock: Date.now,
    newId: randomUUID,
    limits: generous
  })
  return {
    score,
    close: async () => {
      await observer.close()
      models.close()
    }
  }
}

const most = 1_000_000
const generous = {
  messagesPerHour: most,
  messagesPerDay: most,
  recipientsPerHour: most,
  recipientsPerDay: most,
  newRecipientsPerDay: most
}

/** Open loop: messages come on a schedule, and latency counts from it. */
async function phase(
  score: ScoreSubmission,
  { warmed, scoredPerSecond }: BesideOptions,
  ms: number
): Promise<number[]> {
  const latencies: number[] = []
  const scored: Promise<void>[] = []
  const from = performance.now()
  for (let index = 0; (index * 1_000) / scoredPerSecond < ms; index++) {
    const due = from + (index * 1_000) / scoredPerSecond
    const wait = due - performance.now()
    if (wait > 0) await sleep(wait)
    const one = warmed.sent[index % warmed.sent.length]
    if (one === undefined) break
    scored.push(score(submissionOf(one.submission)).then(() => void latencies.push(performance.now() - due)))
  }
  await Promise.all(scored)
  return latencies
}

function submissionOf(observable: WarmedSenders['sent'][number]['submission']): Submission {
  const { raw } = observable
  const known = { requestId: null, caller: 'bench', learn: 'auto', explain: false } as const
  return { ...observable, ...known, id: randomUUID(), receivedAt: Date.now(), sizeBytes: raw.length }
}

/** Records rows as other doors would, in small transactions. */
function feed({ facts, storage, history, rowsPerSecond }: BesideOptions): { stop(): Promise<number> } {
  let recorded = 0
  const state = { stopped: false }
  const from = performance.now()
  const done = run()
  return {
    async stop() {
      state.stopped = true
      await done
      return recorded
    }
  }

  async function run(): Promise<void> {
    while (!state.stopped) {
      const owed = Math.floor(((performance.now() - from) * rowsPerSecond) / 1_000) - recorded
      if (owed > 0) await storage.transaction(() => record(owed))
      await sleep(tickMs)
    }
  }

  function record(count: number): void {
    for (let made = 0; made < count; made++) {
      const one = facts[recorded % facts.length]
      if (one !== undefined) history.record(toMessageEntry({ ...one, submissionId: randomUUID() }))
      recorded += 1
    }
  }
}
