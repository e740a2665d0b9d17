import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { contentDigest } from '../../service/features/digest.ts'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import { loadContentModel } from '../../service/models/network/content-model.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { structureNames } from '../../service/observation/observation.ts'
import { createRandom } from '../../service/verdict/budget/seeded-random.ts'
import { contentDefaults, fitContent, scoreContent } from '../../training/content/fit-content.ts'
import { exportModel } from '../../training/export-model.ts'
import { drawCurves } from '../../training/learning-curve.ts'

const random = createRandom(2)
const examples = Array.from({ length: 200 }, (_, index) => ({
  id: String(index),
  source: 'test',
  isBad: index % 2 === 0,
  group: '',
  tokens: Uint32Array.from({ length: 40 }, () => Math.floor(random() * (index % 2 === 0 ? 200 : 400))),
  structure: Float32Array.from(structureNames, () => random())
}))

test('what training exports, the service loads, and it says the same but for the rounding of eight-bit weights', async (t) => {
  await selectBackend('wasm')
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-export-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const shape = { buckets: 512, bagRows: 64, bagUnits: 4, hiddenUnits: 8, structure: structureNames.length }
  const { model, losses } = fitContent(examples, new Float32Array(200).fill(1), {
    ...contentDefaults,
    shape,
    seed: 5
  })
  const expected = scoreContent(model, examples)
  await exportModel({
    directory,
    model,
    eightBit: ['wide/table', 'bag/table'],
    manifest: {
      name: 'content',
      version: '1',
      kind: 'content-network',
      createdAt: '2026-11-22T00:00:00Z',
      seed: 5,
      featureDigest: contentDigest,
      inputs: [{ name: 'structure', shape: [null, structureNames.length], dtype: 'float32' }],
      calibration: { method: 'platt', slope: 1, intercept: 0, prior: 0.5 },
      thresholds: [],
      neutralRow: [],
      metrics: {},
      data: [],
      command: 'test'
    },
    files: { 'learning-curve.svg': drawCurves('Loss <of> a test', [{ name: 'loss', values: losses }]) }
  })
  model.dispose()
  const served = loadContentModel(await readModelDirectory(directory, 'content', contentDigest))
  t.after(() => served.close())
  const logits = await served.predict(
    examples.map(({ tokens, structure }) => ({ tokens: [...tokens], structure: [...structure] }))
  )
  for (const [index, logit] of logits.entries())
    assert.ok(Math.abs(logit - (expected[index] ?? Number.NaN)) < 0.1)
})
