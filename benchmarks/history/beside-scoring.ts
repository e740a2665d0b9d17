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
import { key, type WarmedSenders } from '../behaviour/warmed-senders.ts'
import { summarise } from '../load.ts'

export interface BesideOptions {
  readonly warmed: WarmedSenders
  readonly facts: readonly MessageFacts[]
  readonly storage: Storage
  readonly history: History
  readonly rowsPerSecond: number
  readonly phaseMs: number
}

export interface Beside {
  readonly table: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** p99 with rows beside it to p99 without, of the middle turn. */
  readonly ratio: number
  /** Rows a second that reached ClickHouse meanwhile. */
  readonly written: number
}

/** Messages a second: about a quarter of what one core scores. */
const scoredPerSecond = 80
/** Without and with take turns, and the middle ratio counts: a neighbour on the machine disturbs some of them. */
const turns = 5
const tickMs = 20

/** Real scoring on the disk, observed in a worker, while rows are recorded and written in the same process. */
export async function besideScoring(options: BesideOptions): Promise<Beside> {
  const { storage, history, rowsPerSecond, phaseMs } = options
  const { score, close } = await openScoring(options)
  await phase(score, options, phaseMs / 2)
  const without: number[] = []
  const beside: number[] = []
  const ratios: number[] = []
  let recorded = 0
  let seconds = 0
  for (let turn = 0; turn < turns; turn++) {
    const quiet = await phase(score, options, phaseMs)
    const feeder = feed(options)
    const from = performance.now()
    const busy = await phase(score, options, phaseMs)
    recorded += await feeder.stop()
    seconds += (performance.now() - from) / 1_000
    without.push(...quiet)
    beside.push(...busy)
    ratios.push(p99Of(busy) / p99Of(quiet))
    await history.drain()
  }
  await close()
  const waited = await storage.transaction(() => history.waiting())
  const quiet = summarise(without, 0, (turns * phaseMs) / 1_000)
  const busy = summarise(beside, 0, (turns * phaseMs) / 1_000)
  return {
    table: { 'scoring alone': shown(quiet), [`beside ${rowsPerSecond} rows/s`]: shown(busy) },
    ratio: ratios.toSorted((a, b) => a - b)[turns >> 1] ?? Number.NaN,
    written: Math.round((recorded - waited) / seconds)
  }
}

function p99Of(latencies: readonly number[]): number {
  return summarise(latencies, 0, 1).p99Ms
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
async function phase(score: ScoreSubmission, { warmed }: BesideOptions, ms: number): Promise<number[]> {
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
