import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import { selectBackend } from '../../service/models/backend.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { takeoverMembers } from '../../service/models/takeover-model.ts'
import { createTakeoverNetwork } from '../../service/models/takeover-network.ts'
import { readWeights } from '../../service/models/weights.ts'
import { StandardiseLayer } from '../../training/layers.ts'
import { bundledModels } from '../models/fixture-models.ts'

// Importing the layer registers it: model.json names it.
assert.equal(StandardiseLayer.className, 'Standardise')

const directory = path.join(bundledModels, 'takeover')
const rows = [0, 1, 2, 3].map((seed) =>
  Float32Array.from(behaviourFeatureNames, (_, index) => 8 * Math.sin(index * 1.7 + seed))
)

test('the takeover ops that serve give what TensorFlow.js gives for the shipped model.json, on wasm and on cpu', async () => {
  const served: (readonly number[])[] = []
  for (const backend of ['wasm', 'cpu'] as const) {
    await selectBackend(backend)
    const weights = readWeights(await readModelDirectory(directory, 'takeover', behaviourDigest))
    const network = createTakeoverNetwork(weights, behaviourFeatureNames.length, takeoverMembers)
    served.push(
      network.run(rows),
      rows.flatMap((row) => network.run([row]))
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
    const output = model.predict(tf.tensor2d(rows.map((row) => [...row])))
    // One output a member; what serves is their mean.
    const members = Array.isArray(output) ? output : [output]
    return [...tf.div(tf.addN(members), members.length).dataSync()]
  })
  model.dispose()
  return logits
}
