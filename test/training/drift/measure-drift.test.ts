import assert from 'node:assert/strict'
import { test } from 'node:test'
import { behaviourFeatureNames } from '../../../service/features/behaviour.ts'
import type { ModelDrift } from '../../../service/contracts/drift.ts'
import { driftReportSchema } from '../../../service/contracts/drift.ts'
import type { JudgedMessage } from '../../../service/history/reader/drift-reader.ts'
import { measureDrift, type MeasureDriftOptions } from '../../../training/drift/measure-drift.ts'
import { nameOfWeek, weekMs } from '../../../training/drift/week.ts'
import { firstWeek, readerOf, seededHistory } from './seeded-history.ts'

const now = firstWeek + 10 * weekMs + 3_600_000
const columns = ['client.zone_surprisal', 'time.hour_surprisal', 'links.count_log'] as const
const stationary = seededHistory({ seed: 7 })
const planted = seededHistory({ seed: 7, planted: { columns, from: 8, by: 1 } })

const nobodyKnows = (): Promise<null> => Promise.resolve(null)

async function measured(
  rows: readonly JudgedMessage[],
  more: Partial<MeasureDriftOptions> = {}
): Promise<Record<'content' | 'takeover', ModelDrift>> {
  const asked = { now, holdBudgetPer10k: 10, badPrior: 0.001, trainedOn: nobodyKnows }
  const report = await measureDrift({ reader: readerOf(rows), ...asked, ...more })
  const parsed = driftReportSchema.parse(report)
  const of = (name: string) => parsed.items.find((item) => item.name === name) ?? assert.fail(name)
  return { content: of('content'), takeover: of('takeover') }
}

test('where senders go on as they did, no column of any week counts as moved', async () => {
  const { takeover, content } = await measured(stationary)
  const states = [...takeover.columns, ...content.columns].flatMap(({ cells }) =>
    cells.map(({ state }) => state)
  )
  assert.deepEqual(new Set(states), new Set(['reference', 'stable']))
  assert.deepEqual([takeover.drifted, takeover.watched, content.drifted], [[], [], []])
})

test('what was planted is found in the last whole week, and nothing else is', async () => {
  const { takeover, content } = await measured(planted)
  assert.deepEqual(takeover.drifted.toSorted(), columns.toSorted())
  assert.deepEqual([takeover.judgedWeek, content.drifted], [nameOfWeek(firstWeek + 9 * weekMs), []])
})

test('a handful of senders, or of messages, raises no alarm whatever it shows', async () => {
  const few = planted.filter(({ sender }) => /^s\d\./u.test(sender))
  const { takeover } = await measured(few)
  assert.ok(takeover.columns.every(({ cells }) => cells.every(({ psi }) => psi === null)))
  assert.equal(takeover.states.few, 137)
})

test('who has sent next to nothing yet has no habits, and is left out of what they are compared by', async () => {
  const seenAt = behaviourFeatureNames.indexOf('history.messages_log')
  const { takeover, content } = await measured(
    planted.map((row) => ({ ...row, features: row.features.with(seenAt, Math.log1p(19)) }))
  )
  assert.deepEqual([takeover.weeks, takeover.drifted, content.weeks.length], [[], [], 10])
})

test('the mail that a model was trained on is its reference, where it came from here', async () => {
  const span = { from: firstWeek + 2 * weekMs + 5, to: firstWeek + 6 * weekMs - 5 }
  const { takeover, content } = await measured(stationary, {
    trainedOn: (name) => Promise.resolve(name === 'takeover' ? span : null)
  })
  assert.partialDeepStrictEqual(takeover.reference, {
    source: 'training',
    from: nameOfWeek(firstWeek + 2 * weekMs),
    to: nameOfWeek(firstWeek + 6 * weekMs)
  })
  assert.partialDeepStrictEqual(content.reference, { source: 'first-weeks', from: nameOfWeek(firstWeek) })
})

test('scores are compared with those of the same versions only', async () => {
  const rows = stationary.map((row) =>
    row.received_at < firstWeek + 5 * weekMs ? { ...row, takeover_model: 't0', takeover_logit: 3 } : row
  )
  const { takeover } = await measured(rows)
  const scores = takeover.columns.find(({ name }) => name === 'takeover.logit')
  assert.deepEqual(
    scores?.cells.map(({ state }) => state),
    ['reference', 'reference', 'reference', 'reference', 'stable']
  )
})

test('mail that is known to be bad is no drift', async () => {
  const bad = planted.filter(({ received_at: at }) => at >= firstWeek + 8 * weekMs)
  const { takeover } = await measured(planted, {
    reader: readerOf(
      planted,
      bad.map(({ sender, submission_id }) => ({ ...operatorSaid('spam'), sender, submission_id }))
    )
  })
  assert.equal(takeover.weeks.length, 8)
  assert.deepEqual(takeover.drifted, [])
})

function operatorSaid(said: string) {
  return { at: now, kind: 'feedback', said, by: 'operator', status: '', reply: '' } as const
}

test('where nobody has judged anything the report is empty', async () => {
  const { takeover, content } = await measured([])
  assert.deepEqual([takeover.version, takeover.columns, takeover.calibration], [null, [], null])
  assert.deepEqual([content.reference, content.held], [null, []])
})
