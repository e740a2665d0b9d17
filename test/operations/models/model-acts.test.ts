import assert from 'node:assert/strict'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { GateReport } from '../../../service/models/frozen/gate-report.ts'
import { bundledDirectoryOf } from '../../../service/models/shelf/candidates.ts'
import { createModelRegistry } from '../../../service/models/shelf/model-registry.ts'
import { openModelShelf } from '../../../service/models/shelf/model-shelf.ts'
import type { ModelEvent } from '../../../service/models/shelf/model-event.ts'
import type { ModelActsOptions } from '../../../service/operations/models/acting.ts'
import { createModelActs } from '../../../service/operations/models/model-acts.ts'
import { GateError, type RunGate } from '../../../service/operations/models/run-gate.ts'
import type { WindowFill } from '../../../service/scoring/window-fill.ts'
import { replaceFile } from '../../../service/storage/durable-file.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { registryWith, storeVersion } from '../../models/fixture-models.ts'

const gate: GateReport = {
  name: 'takeover', version: '3000.1', against: 'x', result: 'passed', reasons: [], set: null, heldPer10k: 10, slices: []
} // prettier-ignore
const unmeasured: GateReport = { ...gate, result: 'unmeasured', reasons: ['There are no frozen messages.'] }
const full: WindowFill = { messages: 9_000, senders: 300, filledShare: 1, isFilled: true }
const thin: WindowFill = { messages: 900, senders: 30, filledShare: 0.15, isFilled: false }

const measureNothing: RunGate = () => Promise.resolve(unmeasured)
const refuse = (): Promise<void> => Promise.reject(new Error('ENOSPC'))

async function open(t: TestContext, more: Partial<ModelActsOptions> = {}) {
  const directory = await registryWith(t, [])
  await storeVersion(directory, 'takeover', '3000.1')
  const registry = createModelRegistry({ directory, replaceFile })
  const shelf = await openModelShelf({
    directory,
    backend: 'wasm',
    log: silentLogger,
    autoReload: false,
    shadows: true
  })
  t.after(() => shelf.close())
  const events: ModelEvent[] = []
  const acts = createModelActs({
    registry,
    shelf,
    runGate: () => Promise.resolve(gate),
    frozenSets: () => [],
    windowFill: () => thin,
    comparisons: { drop: () => undefined },
    shadows: true,
    holdBudgetPer10k: 10,
    keepVersions: 5,
    accept: (act) => Promise.resolve(act()),
    onEvent: (event) => void events.push(event),
    log: silentLogger,
    ...more
  })
  const promote = (force = false) => acts.promote('takeover', '3000.1', { by: 'tok_1', force })
  return { acts, promote, registry, shelf, events, directory }
}

const windows = (own: WindowFill, candidate: WindowFill) => (version: string) =>
  version.startsWith('3000.1') ? candidate : own

test('an installation too small for a window of its own promotes on the manifest’s thresholds and says so', async (t) => {
  const { promote, events } = await open(t)
  assert.partialDeepStrictEqual(await promote(), { kind: 'promoted', thresholds: 'manifest', forced: false })
  assert.partialDeepStrictEqual(events, [
    { event: 'promoted', version: '3000.1', facts: { thresholds: 'manifest' } }
  ])
})

test('a version with a filled shadow window goes on with its own thresholds', async (t) => {
  const { promote } = await open(t, { windowFill: windows(full, full) })
  assert.partialDeepStrictEqual(await promote(), { kind: 'promoted', thresholds: 'window' })
})

test('where the active version has a window, one without has to score as a shadow first, or be forced', async (t) => {
  const { promote, shelf } = await open(t, { windowFill: windows(full, thin) })
  const before = shelf.current()
  const refused = await promote()
  assert.equal(refused.kind, 'refused')
  assert.match(refused.kind === 'refused' ? (refused.reasons[0] ?? '') : '', /has scored 15 % of what/u)
  assert.equal(shelf.current(), before)
  assert.partialDeepStrictEqual(await promote(true), { kind: 'promoted', forced: true })
})

test('without frozen messages a filled shadow window speaks for a version, nothing else does', async (t) => {
  const poor = await open(t, { runGate: measureNothing })
  assert.equal((await poor.promote()).kind, 'refused')
  const rich = await open(t, { runGate: measureNothing, windowFill: windows(full, full) })
  assert.equal((await rich.promote()).kind, 'promoted')
})

test('a gate that fails promotes nothing, forced or not, and the next act gets its turn', async (t) => {
  let isSound = false
  const runGate = (): Promise<GateReport> =>
    isSound ? Promise.resolve(gate) : Promise.reject(new GateError('GATE_FAILED', { detail: 'it ended' }))
  const { promote, registry } = await open(t, { runGate })
  assert.partialDeepStrictEqual(await promote(true), { kind: 'unusable', fault: { code: 'GATE_FAILED' } })
  assert.equal((await registry.active('takeover')).active, null)
  isSound = true
  assert.equal((await promote()).kind, 'promoted')
})

test('what is measured against is what serves, where the active version is damaged', async (t) => {
  const asked: string[] = []
  const runGate: RunGate = ({ active }) => {
    asked.push(active)
    return Promise.resolve(gate)
  }
  const first = await open(t, { runGate })
  assert.equal((await first.promote()).kind, 'promoted')
  const { directory } = first
  await appendFile(join(directory, 'takeover', '3000.1', 'weights.bin'), 'more')
  await storeVersion(directory, 'takeover', '3000.2')
  const shelf = await openModelShelf({
    directory,
    backend: 'wasm',
    shadows: true,
    autoReload: false,
    log: silentLogger
  })
  t.after(() => shelf.close())
  const again = await open(t, { runGate, shelf, registry: createModelRegistry({ directory, replaceFile }) })
  const promoted = await again.acts.promote('takeover', '3000.2', { by: 'tok_1', force: false })
  assert.equal(promoted.kind, 'promoted')
  assert.deepEqual(asked, [bundledDirectoryOf('takeover'), bundledDirectoryOf('takeover')])
})

test('while one act runs another is told so', async (t) => {
  const running = Promise.withResolvers<GateReport>()
  const { acts, promote } = await open(t, {
    runGate: (_, onProgress) => {
      onProgress('score', 5, 10)
      return running.promise
    }
  })
  const first = promote()
  assert.equal((await acts.rollBack('takeover', { by: 'tok_1' })).kind, 'busy')
  while (acts.underWay()?.step !== 'score') await new Promise((resolve) => setImmediate(resolve))
  assert.partialDeepStrictEqual(acts.underWay(), { version: '3000.1', done: 5, total: 10 })
  running.resolve(gate)
  assert.equal((await first).kind, 'promoted')
  assert.equal(acts.underWay(), null)
})

test('a disk that refuses leaves the active version', async (t) => {
  const { promote, registry, shelf, directory } = await open(t)
  const before = shelf.current()
  const stuck = await open(t, { registry: createModelRegistry({ directory, replaceFile: refuse }), shelf })
  await assert.rejects(stuck.promote(), /ENOSPC/u)
  assert.equal(shelf.current(), before)
  assert.equal((await registry.active('takeover')).active, null)
  assert.equal((await promote()).kind, 'promoted')
})

test('a rollback past a damaged version ends at the one of this release', async (t) => {
  const { acts, registry, directory } = await open(t)
  await storeVersion(directory, 'takeover', '3000.2')
  await registry.activate('takeover', { active: '3000.2', shadow: null, previous: '2999.9' })
  assert.partialDeepStrictEqual(await acts.rollBack('takeover', { by: 'tok_1' }), {
    kind: 'changed',
    versions: { active: null }
  })
})

test('a promoted shadow is a shadow no more', async (t) => {
  const dropped: string[] = []
  const comparisons = { drop: (name: string) => void dropped.push(name) }
  const { acts, promote, shelf } = await open(t, { comparisons })
  await acts.shadow('takeover', '3000.1', { by: 'tok_1' })
  assert.equal(shelf.current().shadows.length, 1)
  assert.partialDeepStrictEqual(await promote(), { kind: 'promoted', versions: { shadow: null } })
  assert.equal(shelf.current().shadows.length, 0)
  assert.deepEqual(dropped, ['takeover', 'takeover'])
})

test('where shadows are switched off none is named', async (t) => {
  const { acts, registry } = await open(t, { shadows: false })
  assert.equal((await acts.shadow('takeover', '3000.1', { by: 'tok_1' })).kind, 'impossible')
  assert.equal((await registry.active('takeover')).shadow, null)
})
