import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { driftReportSchema } from '../../../service/contracts/drift.ts'
import type { JudgedMessage } from '../../../service/history/reader/drift-reader.ts'
import type { HistoryEntry } from '../../../service/history/rows/history-entry.ts'
import { driftMessageSchema } from '../../../service/models/retrain/child-messages.ts'
import type { ModelEvent } from '../../../service/models/shelf/model-event.ts'
import { createRunRecords } from '../../../service/operations/training/run-records.ts'
import { createRunDrift } from '../../../service/operations/training/run-training.ts'
import { exposeRuns } from '../../../service/operations/training/show-runs.ts'
import { createWatchDrift } from '../../../service/operations/training/watch-drift.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { weekMs } from '../../../training/drift/week.ts'
import { messageOf } from '../../contracts/history-rows.ts'
import { verdictOf } from '../../helpers/fixed-score.ts'
import { recordingLogger } from '../../models/fixture-models.ts'
import { observation } from '../../profile/observations.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'
import { firstWeek, seededHistory, type SeededOptions } from '../../training/drift/seeded-history.ts'
import { openSeeded } from './open-history.ts'

const columns = ['client.zone_surprisal', 'time.hour_surprisal', 'links.count_log'] as const
const now = firstWeek + 10 * weekMs + 3_600_000

function toEntry(row: JudgedMessage): HistoryEntry {
  const verdict = verdictOf(row.judged === 'hold' ? 'hold' : 'allow', row.sender)
  const content = { tokens: [], structure: row.content_structure, passages: [] }
  return messageOf(row.sender, row.submission_id, {
    receivedAt: row.received_at,
    decidedAt: row.received_at,
    observation: { ...observation({ receivedAt: row.received_at }), content },
    features: Float32Array.from(row.features),
    featureDigest: row.feature_digest,
    riskLogit: row.risk_logit,
    takeoverLogit: row.takeover_logit,
    spamLogit: row.spam_logit,
    judged: verdict.verdict,
    verdict: { ...verdict, models: { ...verdict.models, takeover: 't1', content: 'c1' } }
  })
}

async function watched(t: TestContext, options: SeededOptions) {
  const opened = await openSeeded(t, seededHistory(options).map(toEntry))
  if (opened === undefined) return undefined
  const { storage, accept, findHistory } = opened
  const directory = await temporaryDirectory(t)
  const closing = new AbortController()
  t.after(() => closing.abort())
  const events: ModelEvent[] = []
  const { log, events: logged } = recordingLogger()
  const records = createRunRecords(storage)
  const metrics = createMetrics()
  exposeRuns(records, ['content', 'takeover'], metrics)
  const watchDrift = createWatchDrift({
    holdBudgetPer10k: 10, badPrior: 0.001, models: join(directory, 'models'), report: join(directory, 'drift'),
    findHistory, records, accept, onEvent: (event) => void events.push(event), clock: () => now, signal: closing.signal, log,
    runDrift: createRunDrift({
      readMessage: (raw) => driftMessageSchema.parse(raw), signal: closing.signal, timeLimitMs: 120_000, maxMemoryBytes: 1e9
    })
  }) // prettier-ignore
  const report = async () =>
    driftReportSchema.parse(JSON.parse(await readFile(join(directory, 'drift', 'drift.json'), 'utf8')))
  return { watchDrift, records, metrics, events, logged, report, directory }
}

test('drift that was planted in a real history is found by a process of its own, and told once', async (t) => {
  const opened = await watched(t, { seed: 7, planted: { columns, from: 8, by: 1 } })
  if (opened === undefined) return
  const { watchDrift, records, metrics, events, logged, report, directory } = opened
  await watchDrift()
  await watchDrift()

  const told = logged.filter(({ event }) => event === 'models.features_drifted')
  assert.equal(told.length, 1)
  assert.partialDeepStrictEqual(told[0]?.facts, { name: 'takeover', version: 't1', drifted: 3 })
  assert.deepEqual(
    events.filter(({ name }) => name === 'takeover').map(({ event }) => event),
    ['drift_changed']
  )
  const [, takeover] = records.drift()?.items ?? []
  assert.deepEqual(takeover?.drifted.toSorted(), columns.toSorted())
  const exposed = await metrics.render()
  assert.match(exposed, /^sluice_model_drift_columns\{model="takeover",state="drifted"\} 3$/mu)
  assert.equal(exposed.match(/^sluice_model_feature_psi\{model="takeover"/gmu)?.length, 10)
  assert.equal((await report()).items[1]?.states.drifted, 3)
  assert.match(await readFile(join(directory, 'drift', 'takeover.svg'), 'utf8'), /^<svg[\s\S]*client\.zone/u)
})

test('a history that goes on as it was raises no alarm', async (t) => {
  const opened = await watched(t, { seed: 8 })
  if (opened === undefined) return
  await opened.watchDrift()
  const drift = opened.records.drift()
  assert.deepEqual(
    drift?.items.map(({ drifted, states }) => [drifted, states.few]),
    [
      [[], 0],
      [[], 0]
    ]
  )
  assert.deepEqual(
    opened.logged.filter(({ event }) => event === 'models.features_drifted'),
    []
  )
})
