import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { GateReport } from '../../../service/models/frozen/gate-report.ts'
import { ModelError } from '../../../service/models/model-error.ts'
import { createRetrain, type RetrainOptions } from '../../../service/operations/training/retrain.ts'
import { createRunRecords } from '../../../service/operations/training/run-records.ts'
import { TrainingFault } from '../../../service/operations/training/run-training.ts'
import { createShowRuns } from '../../../service/operations/training/show-runs.ts'
import { recordingLogger } from '../../models/fixture-models.ts'
import { openTemporary, temporaryDirectory } from '../../storage/open-temporary.ts'

const slot = Date.UTC(2026, 10, 23, 3)
const gate: GateReport = {
  name: 'takeover', version: '', against: '', result: 'passed', reasons: [], set: null, heldPer10k: null, slices: []
} // prettier-ignore
const window = { messages: 0, senders: 0, filledShare: 0, isFilled: false }

async function open(t: TestContext, more: Partial<RetrainOptions> = {}) {
  const storage = await openTemporary(t)
  const records = createRunRecords(storage)
  const { log, events } = recordingLogger()
  const asked: string[] = []
  const kept: string[] = []
  const retrain = createRetrain({
    models: ['content', 'takeover'],
    promote: 'propose',
    minMessages: 5,
    sinceMs: 1_000,
    directory: await temporaryDirectory(t),
    registry: {
      active: () => Promise.resolve({ active: null, shadow: null, previous: null }),
      add: () => Promise.reject(new Error('nothing was trained')),
      directoryOf: (name, version) => `${name}/${version ?? 'bundled'}`,
      versions: () => Promise.resolve([{ version: '2026.11.23.1', createdAt: null, fault: null }])
    },
    modelActs: {
      promote: () => Promise.resolve({ kind: 'impossible', detail: 'it serves' }),
      measure: () => Promise.resolve({ kind: 'measured', gate, window, reasons: [] })
    },
    findHistory: () => Promise.resolve({ url: '', headers: {}, database: '', user: '', password: undefined }),
    runTraining: (request) => {
      asked.push(`${request.name} ${request.version} ${request.contentDirectory}`)
      return Promise.resolve({ kind: 'trained', directory: 'x', messages: 9 })
    },
    records,
    accept: (act) => storage.transaction(act),
    onEvent: ({ event, name }, by) => void kept.push(`${name} ${event} ${by}`),
    clock: () => slot,
    signal: new AbortController().signal,
    log,
    busyMs: 1,
    ...more
  })
  const runs = createShowRuns({ records, schedule: 'daily', at: '03:00', models: ['content', 'takeover'], clock: () => slot }) // prettier-ignore
  return { retrain, records, runs, events, asked, kept }
}

test('each model gets a version that nobody has, one after the other', async (t) => {
  const { retrain, asked } = await open(t)
  await retrain(slot)
  assert.deepEqual(asked, ['content 2026.11.23.2 content/bundled', 'takeover 2026.11.23.2 content/bundled'])
})

test('a failed training is kept, told with the last words of its process, and shows in health', async (t) => {
  const { retrain, records, runs, events, kept } = await open(t, { runTraining: seeBadMailOnly })
  await retrain(slot)
  const reason = 'HISTORY_ONE_CLASS: History holds bad mail only. Give feedback.'
  assert.partialDeepStrictEqual(records.trained('content'), { outcome: 'failed', version: null, reasons: [reason] }) // prettier-ignore
  assert.partialDeepStrictEqual(events, [{ level: 'error', event: 'models.training_failed' }])
  assert.deepEqual(kept, ['content training_failed schedule', 'takeover training_failed schedule'])
  assert.deepEqual(runs.health(), { degraded: 'the last training of content and takeover failed' })
})

function seeBadMailOnly(): Promise<never> {
  return Promise.reject(new TrainingFault('HISTORY_ONE_CLASS', 'History holds bad mail only. Give feedback.'))
}

test('what is no model is never proposed', async (t) => {
  const { retrain, records } = await open(t, { registry: { ...registryOf(), add: refuse } })
  await retrain(slot)
  assert.equal(records.trained('takeover')?.outcome, 'failed')
  assert.match(records.trained('takeover')?.reasons[0] ?? '', /^MODEL_NOT_FINITE.*weights\.bin/u)
})

function refuse(): Promise<never> {
  return Promise.reject(new ModelError('MODEL_NOT_FINITE', { directory: 'x', file: 'weights.bin' }))
}

function registryOf(): RetrainOptions['registry'] {
  return {
    active: () => Promise.resolve({ active: null, shadow: null, previous: null }),
    add: () => Promise.reject(new Error('not asked')),
    directoryOf: () => '',
    versions: () => Promise.resolve([])
  }
}

test('while others change the models it waits, and gives up after a time', async (t) => {
  let asked = 0
  const busy = () => {
    asked += 1
    return Promise.resolve({ kind: 'busy' } as const)
  }
  const { retrain, records } = await open(t, {
    models: ['takeover'],
    registry: { ...registryOf(), add: () => Promise.resolve(Object.create(null)) },
    modelActs: { promote: busy, measure: busy }
  })
  await retrain(slot)
  assert.equal(asked, 60)
  assert.partialDeepStrictEqual(records.trained('takeover'), { outcome: 'failed', version: '2026.11.23.1' })
})

test('when the service ends, nothing is kept of what it cut off', async (t) => {
  const closing = new AbortController()
  const { retrain, records, kept } = await open(t, {
    signal: closing.signal,
    runTraining: () => {
      closing.abort()
      return Promise.reject(new Error('aborted'))
    }
  })
  await retrain(slot)
  assert.deepEqual([records.trained('content'), kept], [undefined, []])
})
