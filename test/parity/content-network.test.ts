import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { contentDigest } from '../../service/features/digest.ts'
import { selectBackend } from '../../service/models/backend.ts'
import { createContentNetwork, padTokens, widthOf } from '../../service/models/content-network.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { readWeights } from '../../service/models/weights.ts'
import { structureNames } from '../../service/observation/observation.ts'
import { HashedBagLayer, StandardiseLayer } from '../../training/layers.ts'
import { bundledModels } from '../models/fixture-models.ts'

// Importing the layers registers them: model.json names them.
assert.deepEqual([HashedBagLayer.className, StandardiseLayer.className], ['HashedBag', 'Standardise'])

const directory = path.join(bundledModels, 'content')
const inputs = [0, 1, 40, 900].map((count, seed) => ({
  tokens: Array.from({ length: count }, (_, index) => (index * 7919 + seed * 104_729) % 262_144).toSorted(
    (a, b) => a - b
  ),
  structure: structureNames.map((_, index) => Math.abs(Math.sin(index + seed)) * 3)
}))

test('the ops that serve give what TensorFlow.js gives for the shipped model.json, on wasm and on cpu', async () => {
  const served: (readonly number[])[] = []
  for (const backend of ['wasm', 'cpu'] as const) {
    await selectBackend(backend)
    const weights = readWeights(await readModelDirectory(directory, 'content', contentDigest))
    const network = createContentNetwork(weights, structureNames.length)
    served.push(
      network.run(inputs),
      inputs.flatMap((input) => network.run([input]))
    )
    weights.dispose()
    network.dispose()
  }
  await selectBackend('wasm')
  const expected = await byLayers()
  for (const logits of served) {
    for (const [index, logit] of logits.entries())
      assert.ok(Math.abs(logit - (expected[index] ?? Number.NaN)) < 1e-4)
  }
})

async function byLayers(): Promise<readonly number[]> {
  const {
    modelTopology,
    weightsManifest
  }: { modelTopology: object; weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[] } = JSON.parse(
    await readFile(path.join(directory, 'model.json'), 'utf8')
  )
  const weightData = Uint8Array.from(await readFile(path.join(directory, 'weights.bin'))).buffer
  const model = await loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0]?.weights ?? [], weightData })
  )
  const logits = tf.tidy(() => {
    const ids = tf.tensor2d(padTokens(inputs), [inputs.length, widthOf(inputs)], 'int32')
    const output = model.predict([ids, tf.tensor2d(inputs.map(({ structure }) => structure))])
    return Array.isArray(output) ? [] : [...output.dataSync()]
  })
  model.dispose()
  return logits
}
