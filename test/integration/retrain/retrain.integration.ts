import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../../../datasets/synthetic-mail/persona.ts'
import type { HistoryEntry } from '../../../service/history/rows/history-entry.ts'
import { gateMessageSchema } from '../../../service/models/frozen/gate-report.ts'
import { trainMessageSchema } from '../../../service/models/retrain/child-messages.ts'
import { createModelRegistry } from '../../../service/models/shelf/model-registry.ts'
import { openModelShelf } from '../../../service/models/shelf/model-shelf.ts'
import { createModelActs } from '../../../service/operations/models/model-acts.ts'
import { createRunGate } from '../../../service/operations/models/run-gate.ts'
import { createRetrain } from '../../../service/operations/training/retrain.ts'
import { createRunRecords } from '../../../service/operations/training/run-records.ts'
import { createRunTraining } from '../../../service/operations/training/run-training.ts'
import { createSchedule } from '../../../service/operations/training/schedule.ts'
import { createShowRuns } from '../../../service/operations/training/show-runs.ts'
import { replaceFile } from '../../../service/storage/durable-file.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { observeMail } from '../../../training/observe-mail.ts'
import { messageOf } from '../../contracts/history-rows.ts'
import { activate, recordingLogger, registryWith } from '../../models/fixture-models.ts'
import { day, hour, monday9 } from '../../profile/observations.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'
import { storeContrary } from './contrary-version.ts'
import { openSeeded } from './open-history.ts'
import { writeSmallFrozenSet } from './small-frozen-set.ts'

const smallTraining = fileURLToPath(new URL('small-train-child.ts', import.meta.url))
/** Tuesday, 08:00 UTC. */
const morning = Date.UTC(2026, 2, 24, 8)

async function installationMail(): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = []
  for (const [number, persona] of createPersonas({ seed: 'scheduled', count: 6 }).entries())
    for (const mail of generateHistory(persona, { from: monday9, days: 8 }).slice(0, 10)) {
      const { raw, ...handed } = mail
      const observed = await observeMail(Buffer.from(raw).toString('latin1'), handed)
      if (observed === null) continue
      const sender = `s${number}.d${number % 2}`
      const at = { receivedAt: handed.receivedAt, decidedAt: handed.receivedAt }
      entries.push(messageOf(sender, `m${entries.length}`, { ...at, observation: observed }))
    }
  return entries
}

async function scheduled(t: TestContext, promote: 'propose' | 'when-better', minMessages = 10) {
  const opened = await openSeeded(t, await installationMail())
  if (opened === undefined) return undefined
  const { storage, accept, findHistory } = opened
  const models = await registryWith(t, [])
  // In use: a version that takes attacks for habits, so that even a small training is better
  await storeContrary(models, '1.0')
  await activate(models, 'takeover', { active: '1.0', shadow: null, previous: null })
  const frozen = await writeSmallFrozenSet(models)
  const registry = createModelRegistry({ directory: models, replaceFile })
  const closing = new AbortController()
  const { signal } = closing
  t.after(() => closing.abort())
  const shelf = await openModelShelf({ directory: models, backend: 'wasm', log: silentLogger, autoReload: false, shadows: false }) // prettier-ignore
  t.after(() => shelf.close())
  const { log, events: logged } = recordingLogger()
  const told: string[] = []
  const onEvent = ({ event }: { readonly event: string }, by: string): void =>
    void told.push(`${event} ${by}`)
  const modelActs = createModelActs({
    registry, shelf, frozenSets: () => [frozen], accept, onEvent, log,
    runGate: createRunGate({ readMessage: (raw) => gateMessageSchema.parse(raw), signal }),
    windowFill: () => ({ messages: 60, senders: 6, filledShare: 0.01, isFilled: false }),
    comparisons: { drop: () => undefined }, shadows: false, holdBudgetPer10k: 10, keepVersions: 5
  }) // prettier-ignore
  const records = createRunRecords(storage)
  let now = morning
  const clock = (): number => now
  const run = createRetrain({
    models: ['takeover'], promote, minMessages, sinceMs: 60 * day, directory: join(await temporaryDirectory(t), 'training'),
    registry, modelActs, findHistory, records, accept, onEvent, clock, signal, log,
    runTraining: createRunTraining({
      file: smallTraining, readMessage: (raw) => trainMessageSchema.parse(raw), signal, timeLimitMs: 300_000, maxMemoryBytes: 3e9
    })
  }) // prettier-ignore
  const jobs = [{ name: 'train', rhythm: 'daily', at: '03:00', run }] as const
  const begin = () => createSchedule({ jobs, records, accept, clock, signal, log, pollMs: 3_600_000 })
  const runs = createShowRuns({ records, schedule: 'daily', at: '03:00', models: ['takeover'], clock })
  const later = (ms: number): void => void (now += ms)
  return { begin, later, runs, registry, shelf, told, logged }
}

test('a schedule fires once for its slot, trains, asks the gate, and proposes; what serves stays', async (t) => {
  const opened = await scheduled(t, 'propose')
  if (opened === undefined) return
  const { begin, later, runs, registry, told } = opened
  const first = begin()
  await first.tick()
  assert.deepEqual(told, [])
  later(20 * hour)
  await first.tick()
  await first.tick()
  await first.close()
  // Another start of the service, an hour later
  later(hour)
  const second = begin()
  await second.tick()
  await second.close()

  assert.deepEqual(told, ['trained schedule'])
  const { items } = runs.training(() => 'kept')
  assert.partialDeepStrictEqual(items, [
    {
      outcome: 'proposed',
      version: '2026.3.25.1',
      reasons: [],
      accept: 'sluice models promote takeover 2026.3.25.1'
    }
  ])
  assert.equal((await registry.active('takeover')).active, '1.0')
  await registry.check('takeover', '2026.3.25.1')
})

test('configured to, it promotes what the gate finds not worse', async (t) => {
  const opened = await scheduled(t, 'when-better')
  if (opened === undefined) return
  const { begin, later, runs, registry, shelf, told } = opened
  const schedule = begin()
  later(20 * hour)
  await schedule.tick()
  await schedule.close()

  assert.deepEqual(told, ['promoted schedule', 'trained schedule'])
  assert.partialDeepStrictEqual(runs.training(() => 'active').items, [{ outcome: 'promoted', accept: null }])
  assert.equal((await registry.active('takeover')).active, '2026.3.25.1')
  assert.equal(shelf.current().models.takeover?.version, '2026.3.25.1')
})

test('with too few messages nothing is trained, and it says how many there are', async (t) => {
  const opened = await scheduled(t, 'when-better', 1_000)
  if (opened === undefined) return
  const { begin, later, runs, registry } = opened
  const schedule = begin()
  later(20 * hour)
  await schedule.tick()
  await schedule.close()
  const [item] = runs.training(() => null).items
  assert.equal(item?.outcome, 'few')
  assert.match(item?.reasons[0] ?? '', /holds 60 messages .*minMessages is 1000\./u)
  assert.equal((await registry.active('takeover')).active, '1.0')
})
