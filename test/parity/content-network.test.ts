import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { contentDigest } from '../../service/features/digest.ts'
import { createContentNetwork, padTokens, widthOf } from '../../service/models/network/content-network.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { structureNames } from '../../service/observation/observation.ts'
import { HashedBagLayer, StandardiseLayer } from '../../training/layers.ts'
import { bundledModels } from '../models/fixture-models.ts'
import { assertParity } from './parity-with-layers.ts'

// Importing the layers registers them: model.json names them.
assert.deepEqual([HashedBagLayer.className, StandardiseLayer.className], ['HashedBag', 'Standardise'])

const directory = path.join(bundledModels, 'content')
const inputs = [0, 1, 40, 900].map((count, seed) => ({
  tokens: Array.from({ length: count }, (_, index) => (index * 7919 + seed * 104_729) % 262_144).toSorted(
    (a, b) => a - b
  ),
  structure: structureNames.map((_, index) => Math.abs(Math.sin(index + seed)) * 3)
}))

test('the content ops that serve give what TensorFlow.js gives for the shipped model.json, on wasm and on cpu', () =>
  assertParity({
    directory,
    inputs,
    readFiles: () => readModelDirectory(directory, 'content', contentDigest),
    createNetwork: (weights) => createContentNetwork(weights, structureNames.length),
    predict(model) {
      const ids = tf.tensor2d(padTokens(inputs), [inputs.length, widthOf(inputs)], 'int32')
      const output = model.predict([ids, tf.tensor2d(inputs.map(({ structure }) => structure))])
      return Array.isArray(output) ? [] : [...output.dataSync()]
    }
  }))
