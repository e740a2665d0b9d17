import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { engineLibrary } from '../../../../service/history/embedded/engine-library.ts'
import { toFeedbackEntry } from '../../../../service/history/rows/feedback-row.ts'
import { inventedBadTexts } from '../../../../training/attacks/load-bad-texts.ts'
import {
  simulateHistory,
  type SimulateHistoryOptions
} from '../../../../training/attacks/history/simulate-history.ts'
import { simulationPage } from '../../../../training/attacks/history/report/write-report.ts'
import {
  backtestHistory,
  type HistoryVerdict
} from '../../../../training/backtest/history/backtest-history.ts'
import { testModels } from '../../../../training/backtest/history/tested-models.ts'
import { serveHistory, type ServedHistory } from '../../../parity/served-history.ts'
import { policy } from '../../../verdict/policy.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'
const budgetWindow = { minMessages: 5_000, minSenders: 200, maxSenderShare: 0.005, maxRisePerDayLogit: 0.5 }
const now = Date.UTC(2026, 10, 22)

const served: ServedHistory | null = skip === false ? await serveHistory({ messages: 72, personas: 4 }) : null
after(() => served?.close())

function serving(): ServedHistory {
  assert.ok(served)
  return served
}

async function backtest(span: { readonly since?: number } = {}) {
  const { reader, set } = serving()
  const verdicts: HistoryVerdict[] = []
  const write = (verdict: HistoryVerdict): Promise<void> => Promise.resolve(void verdicts.push(verdict))
  const tested = await testModels(set, policy, reader)
  const found = await backtestHistory({ reader, span, tested, budgetWindow, now, seed: 1, write })
  return { found, verdicts }
}

async function simulate(more: Partial<SimulateHistoryOptions> = {}) {
  const { reader, set } = serving()
  const tested = await testModels(set, policy, reader)
  return simulateHistory({
    reader, span: {}, tested, texts: inventedBadTexts(1), now, seed: 1, victims: 2, attacksPerSender: 10, ...more
  }) // prettier-ignore
}

test('the models that judged a history judge it alike, to the last bit', { skip }, async () => {
  const { found, verdicts } = await backtest()
  assert.equal(verdicts.length, 72)
  for (const { served: then, tested: judged } of verdicts) {
    assert.deepEqual([judged.takeover, judged.spam], [then?.takeover, then?.spam])
    assert.ok(Math.abs(judged.risk - (then?.risk ?? Number.NaN)) < 1e-12)
  }
  assert.equal(found.disagreement.same, found.disagreement.compared)
  assert.equal(found.span.incomplete, 0)
  assert.deepEqual(found.tested.falseHolds, found.served.falseHolds)
})

test('a span takes its messages only, beside everything that was learned before it', { skip }, async () => {
  const { verdicts: all } = await backtest()
  const moments = all.map(({ receivedAt }) => Date.parse(receivedAt)).toSorted((one, other) => one - other)
  const since = moments[36] ?? 0
  const { verdicts, found } = await backtest({ since })
  const expected = all.filter(({ receivedAt }) => Date.parse(receivedAt) >= since)
  assert.deepEqual(verdicts, expected)
  assert.ok(found.span.from >= since)
})

test('what feedback says is what recall is measured on', { skip }, async () => {
  const { verdicts } = await backtest()
  const held = verdicts.find(({ tested: { verdict } }) => verdict !== 'allow')
  assert.ok(held)
  assert.equal(held.label, 'undecided')
  const { verdictId, submissionId, sender } = held
  await serving().say([
    toFeedbackEntry({
      id: 'f1', verdictId, submissionId, sender, at: now, label: 'takeover', source: 'operator', by: 'token',
      note: null, stands: true
    })
  ]) // prettier-ignore
  const { found } = await backtest()
  assert.deepEqual(
    [found.tested.recall.messages, found.tested.recall.share, found.served.recall.share],
    [1, 1, 1]
  )
  const label = found.tested.labels.find((one) => one.label === 'takeover')
  assert.deepEqual([label?.truth, label?.stopped.hits], ['bad', 1])
})

test('the same history and seed give the same simulation, which is told as a page', { skip }, async () => {
  const first = await simulate()
  assert.deepEqual(await simulate(), first)
  assert.equal(first.victims, 2)
  assert.ok(new Set(first.cells.map(({ family }) => family)).size > 5)
  const { recall, falseHolds } = first.summary
  assert.ok(recall.messages > 12 && falseHolds.stopped.messages > 24)
  assert.ok((first.summary.areaUnderCurve ?? 0) > 0.9)
  assert.match(simulationPage(first), /^# What would have happened[\s\S]*first messages would have been stopped[\s\S]*\| A4L /u)
}) // prettier-ignore

test('a named sender is attacked with what all others lend', { skip }, async () => {
  const [verdict] = (await backtest()).verdicts
  assert.ok(verdict)
  const found = await simulate({ span: { senders: [verdict.sender] } })
  assert.deepEqual([found.victims, found.span.senders, found.lenders], [1, 1, 3])
})

test('a span without messages, and one of before the first, say so', { skip }, async () => {
  const empty = { span: { until: Date.UTC(2020, 0, 1) } }
  await assert.rejects(simulate(empty), { code: 'HISTORY_EMPTY' })
  const { reader, set } = serving()
  const options = { reader, tested: await testModels(set, policy, reader), budgetWindow, now, seed: 1 }
  await assert.rejects(backtestHistory({ ...options, ...empty, write: () => Promise.resolve() }), {
    code: 'HISTORY_EMPTY'
  })
})

test('the thresholds in force are those of the latest message that these versions judged', { skip }, async () => {
  const { reader, set } = serving()
  const inUse = await testModels(set, policy, reader)
  const others = await testModels(
    { ...set, models: { ...set.models, content: null } },
    policy,
    reader
  )
  const manifest = await testModels(set, policy, null)
  assert.deepEqual(inUse.thresholds, manifest.thresholds)
  assert.deepEqual([inUse.thresholdsFrom, others.thresholdsFrom], ['manifest', 'manifest'])
  const moved = { thresholds: () => Promise.resolve({ hold: 0.02, block: 0.95 }) }
  const window = await testModels(set, policy, moved)
  assert.deepEqual([window.thresholdsFrom, window.thresholds.hold, window.thresholds.block], ['window', 0.02, 0.95])
  assert.ok(window.thresholds.suspicious <= 0.02)
}) // prettier-ignore
