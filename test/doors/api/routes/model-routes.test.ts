import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { ModelRoutesOptions } from '../../../../service/doors/api/routes/model-routes.ts'
import { measureDrift } from '../../../../training/drift/measure-drift.ts'
import { weekMs } from '../../../../training/drift/week.ts'
import { firstWeek, readerOf, seededHistory } from '../../../training/drift/seeded-history.ts'
import { bearer, openApi, problemOf } from '../open-api.ts'

const url = '/v1/models/takeover/drift'
const unchanged = { kind: 'impossible', detail: 'nothing changes here' } as const
const shownSchema = z.object({ name: z.string(), createdAt: z.string(), columns: z.array(z.unknown()) })

const refuse = () => Promise.resolve(unchanged)

function modelsWith(showDrift: ModelRoutesOptions['showDrift']): ModelRoutesOptions {
  return {
    showModels: () => Promise.resolve({ items: [], versions: [], promotion: null, training: null }),
    showDrift,
    modelActs: { promote: refuse, rollBack: refuse, shadow: refuse }
  }
}

test('the last report of a model is shown to operators as it was measured', async (t) => {
  const { items, createdAt, holdBudgetPer10k } = await measureDrift({
    reader: readerOf(seededHistory({ seed: 5, senders: 12, weeks: 6, messages: 4 })),
    now: firstWeek + 6 * weekMs,
    holdBudgetPer10k: 10,
    badPrior: 0.001,
    trainedOn: () => Promise.resolve(null)
  })
  const models = modelsWith((name) => {
    const item = items.find((one) => one.name === name)
    return Promise.resolve(item === undefined ? null : { ...item, createdAt, holdBudgetPer10k })
  })
  const { app, secretFor } = await openApi(t, { models })
  const ask = async (scope: 'score' | 'operate') =>
    app.inject({ method: 'GET', url, headers: bearer(await secretFor(scope)) })
  assert.equal(problemOf(await ask('score')).code, 'SCOPE_MISSING')
  const shown = shownSchema.parse((await ask('operate')).json())
  assert.deepEqual([shown.name, shown.createdAt, shown.columns.length], ['takeover', createdAt, 144])
})

test('before anything was measured the answer says how it would be', async (t) => {
  const { app, secretFor } = await openApi(t)
  const { code, detail } = problemOf(
    await app.inject({ method: 'GET', url, headers: bearer(await secretFor('operate')) })
  )
  assert.equal(code, 'NOT_FOUND')
  assert.match(String(detail), /training\.driftCheck.*sluice models drift/u)
})
