import assert from 'node:assert/strict'
import { test } from 'node:test'
import { behaviourFeatureNames } from '../../../service/features/behaviour.ts'
import { envelopeModel } from '../../../service/scoring/judging/envelope-model.ts'

const certain = {
  version: '1',
  thresholds: [],
  neutralRow: new Float32Array(behaviourFeatureNames.length),
  predict: async (rows: readonly Float32Array[]) => rows.map(() => 10),
  predictCoalitions: async (_: Float32Array, __: Uint8Array, masks: readonly number[]) => masks.map(() => -5)
}
const row = certain.neutralRow

test('of an envelope a model is as sure as its manifest says', async () => {
  const heard = envelopeModel({ ...certain, envelope: { slope: 0.5, intercept: 1 } })
  assert.deepEqual(await heard.predict([row, row]), [6, 6])
  assert.deepEqual(await heard.predictCoalitions?.(row, new Uint8Array(), [1, 2]), [-1.5, -1.5])
})

test('a model whose manifest does not say is as sure as that of the first release', async () => {
  assert.deepEqual(await envelopeModel(certain).predict([row]), [0.6 * 10 - 0.36])
})
