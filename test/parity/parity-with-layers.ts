import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers'
import { selectBackend } from '../../service/models/tensor/backend.ts'
import type { Network } from '../../service/models/network/content-network.ts'
import type { ModelFiles } from '../../service/models/model-directory.ts'
import { readWeights, type Weights } from '../../service/models/network/weights.ts'

export interface ServedModel<In> {
  readonly directory: string
  readonly inputs: readonly In[]
  readonly readFiles: () => Promise<ModelFiles>
  readonly createNetwork: (weights: Weights) => Network<In>
  /** What the layers of model.json say of the inputs. */
  readonly predict: (model: LayersModel) => readonly number[]
}

/** The ops that serve give what the shipped model.json gives in TensorFlow.js, as one batch and one by one, on wasm and on cpu. */
export async function assertParity<In>({
  directory,
  inputs,
  readFiles,
  createNetwork,
  predict
}: ServedModel<In>): Promise<void> {
  const served: (readonly number[])[] = []
  for (const backend of ['wasm', 'cpu'] as const) {
    await selectBackend(backend)
    const weights = readWeights(await readFiles())
    const network = createNetwork(weights)
    served.push(
      network.run(inputs),
      inputs.flatMap((input) => network.run([input]))
    )
    weights.dispose()
    network.dispose()
  }
  await selectBackend('wasm')
  const model = await loadShipped(directory)
  const expected = tf.tidy(() => [...predict(model)])
  model.dispose()
  assert.equal(expected.length, inputs.length)
  for (const logits of served) {
    assert.equal(logits.length, inputs.length)
    for (const [index, logit] of logits.entries())
      assert.ok(Math.abs(logit - (expected[index] ?? Number.NaN)) < 1e-4)
  }
}

async function loadShipped(directory: string): Promise<LayersModel> {
  const {
    modelTopology,
    weightsManifest
  }: { modelTopology: object; weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[] } = JSON.parse(
    await readFile(path.join(directory, 'model.json'), 'utf8')
  )
  const weightData = Uint8Array.from(await readFile(path.join(directory, 'weights.bin'))).buffer
  return loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0]?.weights ?? [], weightData })
  )
}
