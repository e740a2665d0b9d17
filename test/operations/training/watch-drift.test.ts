import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { DriftSummary } from '../../../service/models/retrain/child-messages.ts'
import { createRunRecords } from '../../../service/operations/training/run-records.ts'
import { createShowRuns } from '../../../service/operations/training/show-runs.ts'
import { createWatchDrift } from '../../../service/operations/training/watch-drift.ts'
import { recordingLogger } from '../../models/fixture-models.ts'
import { openTemporary } from '../../storage/open-temporary.ts'

const quiet: DriftSummary = {
  name: 'takeover', version: 't1', judgedWeek: '2026-11-16', states: { few: 0, stable: 144, watch: 0, drifted: 0 },
  drifted: [], worst: [], calibration: 'few', held: 'within'
} // prettier-ignore
const drifted = (...columns: string[]): DriftSummary => ({
  ...quiet,
  states: { ...quiet.states, drifted: columns.length },
  drifted: columns
})

async function watching(t: TestContext, ...answers: readonly (DriftSummary | Error)[]) {
  const storage = await openTemporary(t)
  const records = createRunRecords(storage)
  const { log, events } = recordingLogger()
  const left = [...answers]
  const watchDrift = createWatchDrift({
    holdBudgetPer10k: 10,
    badPrior: 0.001,
    models: '',
    report: '',
    findHistory: () => Promise.resolve({ url: '', headers: {}, database: '', user: '', password: undefined }),
    runDrift: () => {
      const answer = left.shift() ?? quiet
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve([answer])
    },
    records,
    accept: (act) => storage.transaction(act),
    onEvent: () => undefined,
    clock: () => 1_000,
    signal: new AbortController().signal,
    log
  })
  const runs = createShowRuns({ records, schedule: 'off', at: '03:00', models: ['takeover'], clock: () => 0 })
  for (const _ of answers) await watchDrift()
  return { runs, told: events.map(({ level, event }) => `${level} ${event}`) }
}

test('nothing is said of quiet weeks, each change is said once, and its end too', async (t) => {
  const { told } = await watching(t, quiet, drifted('a'), drifted('a'), drifted('b', 'a'), drifted('a', 'b'), quiet) // prettier-ignore
  assert.deepEqual(told, [
    'warn models.features_drifted',
    'warn models.features_drifted',
    'info models.features_stable'
  ])
})

test('risks that are certainly too low, and holds over budget, are alarms of their own', async (t) => {
  const { told, runs } = await watching(t, { ...quiet, calibration: 'too-low', held: 'over' })
  assert.deepEqual(told, ['warn models.risk_too_low', 'warn models.hold_budget_exceeded'])
  assert.match(runs.health()?.degraded ?? '', /more mail was bad.*more was held/u)
})

test('a check that fails says so, and what was found before still stands', async (t) => {
  const { told, runs } = await watching(t, drifted('a'), new Error('it ended with 137'))
  assert.deepEqual(told, ['warn models.features_drifted', 'error models.drift_check_failed'])
  assert.match(runs.health()?.degraded ?? '', /it ended with 137; takeover: 1 of its columns drifted/u)
  assert.partialDeepStrictEqual(runs.drift('takeover'), { drifted: 1, fault: 'it ended with 137' })
})
