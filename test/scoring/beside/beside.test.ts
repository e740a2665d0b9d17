import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { emptyBackground } from '../../../service/features/background.ts'
import type { JudgingModels, ModelsInUse } from '../../../service/models/model-ports.ts'
import { createBeside, type BesideOptions } from '../../../service/scoring/beside/beside.ts'
import { createModelComparisons, type ModelComparisons } from '../../../service/senders/model-comparisons.ts'
import { createMemoryScoreWindow } from '../../../service/senders/score-window/memory-score-window.ts'
import { createMemoryTable } from '../../../service/storage/memory-table.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import type { BudgetState } from '../../../service/verdict/budget/budget-window.ts'
import { models, openHouse, start, submission, verdictOf } from '../house.ts'

const shadow = { name: 'takeover', version: 'test-shadow' } as const

/** The models of the tests, and beside them one that takes fright at everything. */
function frightened(predict: () => Promise<readonly number[]> = () => Promise.resolve([2])): JudgingModels {
  const { takeover } = models
  assert.ok(takeover)
  const other = {
    ...takeover,
    version: shadow.version,
    predict: async (rows: readonly Float32Array[]) => {
      const [logit = 0] = await predict()
      return rows.map(() => logit)
    }
  }
  const exchanged = { ...shadow, models: { ...models, takeover: other }, background: emptyBackground }
  return { models, background: emptyBackground, shadows: [exchanged] }
}

function accept<T>(act: () => T): Promise<T> {
  return Promise.resolve(act())
}

function counted(set: JudgingModels): { readonly inUse: ModelsInUse; readonly out: () => number } {
  let out = 0
  const borrow = (): ReturnType<ModelsInUse['take']> => {
    out += 1
    return { set, release: () => void (out -= 1), again: borrow }
  }
  return { inUse: { take: borrow }, out: () => out }
}

function open(t: TestContext, set = frightened(), more: Partial<BesideOptions> = {}) {
  const storage = { table: () => createMemoryTable<never>() }
  const comparisons: ModelComparisons = createModelComparisons(storage, () => start)
  const metrics = createMetrics()
  const beside = createBeside({ comparisons, accept, metrics, log: silentLogger, ...more })
  t.after(() => beside.close())
  const window = createMemoryScoreWindow<BudgetState>()
  const options = { minMessages: 100, minSenders: 5, maxSenderShare: 0.1, maxRisePerDayLogit: 0.5 }
  const { inUse, out } = counted(set)
  const house = openHouse({ modelsInUse: inUse, beside, budgetWindow: { window, options } })
  return { ...house, beside, comparisons, window, out, metrics }
}

test('a shadow says what it would have done, counts in its own window, and has no say', async (t) => {
  const { score, beside, comparisons, window, out } = open(t)
  const verdicts = [verdictOf(await score(submission())), verdictOf(await score(submission()))]
  await beside.close()
  assert.deepEqual(
    verdicts.map(({ verdict, models: used }) => [verdict, used.takeover]),
    [['allow', 'test-takeover'], ['allow', 'test-takeover']]
  ) // prettier-ignore
  const summary = comparisons.of(shadow)
  assert.partialDeepStrictEqual(summary, {
    messages: 2,
    heldByActive: 0,
    heldByShadow: 2,
    verdicts: { 'allow/hold': 2 }
  })
  assert.deepEqual(
    new Set(summary?.top.map(({ verdictId }) => verdictId)),
    new Set(verdicts.map(({ id }) => id))
  )
  assert.ok((summary?.logitDifference ?? 0) > 10)
  assert.equal(window.counted('test-takeover+test-content'), 2)
  assert.equal(window.counted('test-shadow+test-content'), 2)
  assert.equal(out(), 0)
})

test('the answer does not wait for it', async (t) => {
  const never = Promise.withResolvers<readonly number[]>()
  const { score, out } = open(
    t,
    frightened(() => never.promise)
  )
  assert.equal(verdictOf(await score(submission())).verdict, 'allow')
  assert.equal(out(), 1)
  never.resolve([2])
})

test('beyond its bound messages are passed over, and counted', async (t) => {
  const hanging = Promise.withResolvers<readonly number[]>()
  const { score, beside, comparisons, metrics, out } = open(
    t,
    frightened(() => hanging.promise),
    {
      maxWaiting: 2
    }
  )
  for (let sent = 0; sent < 6; sent += 1) await score(submission())
  hanging.resolve([2])
  await beside.close()
  const { messages = 0, dropped = 0 } = comparisons.of(shadow) ?? {}
  assert.ok(dropped >= 3 && messages >= 1, `${messages} compared, ${dropped} passed over`)
  assert.match(await metrics.render(), /sluice_shadow_models_total\{outcome="dropped"\} [345]/u)
  assert.equal(out(), 0)
})

test('a message that teaches nothing and leaves no trace is not compared', async (t) => {
  const { score, beside, comparisons, out } = open(t)
  await score(submission({ learn: 'never' }))
  await beside.close()
  assert.equal(comparisons.of(shadow), undefined)
  assert.equal(out(), 0)
})

test('a shadow that fails harms nobody', async (t) => {
  const { score, beside, comparisons, out } = open(
    t,
    frightened(() => Promise.reject(new Error('broken')))
  )
  assert.equal(verdictOf(await score(submission())).verdict, 'allow')
  await beside.close()
  assert.equal(comparisons.of(shadow), undefined)
  assert.equal(out(), 0)
})
