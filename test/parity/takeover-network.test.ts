import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import * as tf from '@tensorflow/tfjs-core'
import { behaviourFeatureNames } from '../../service/features/behaviour.ts'
import { behaviourDigest } from '../../service/features/digest.ts'
import { readModelDirectory } from '../../service/models/model-directory.ts'
import { takeoverMembers } from '../../service/models/network/takeover-model.ts'
import { createTakeoverNetwork } from '../../service/models/network/takeover-network.ts'
import { StandardiseLayer } from '../../training/layers.ts'
import { bundledModels } from '../models/fixture-models.ts'
import { assertParity } from './parity-with-layers.ts'

// Importing the layer registers it: model.json names it.
assert.equal(StandardiseLayer.className, 'Standardise')

const directory = path.join(bundledModels, 'takeover')
const rows = [0, 1, 2, 3].map((seed) =>
  Float32Array.from(behaviourFeatureNames, (_, index) => 8 * Math.sin(index * 1.7 + seed))
)

test('the takeover ops that serve give what TensorFlow.js gives for the shipped model.json, on wasm and on cpu', () =>
  assertParity({
    directory,
    inputs: rows,
    readFiles: () => readModelDirectory(directory, 'takeover', behaviourDigest),
    createNetwork: (weights) => createTakeoverNetwork(weights, behaviourFeatureNames.length, takeoverMembers),
    predict(model) {
      const output = model.predict(tf.tensor2d(rows.map((row) => [...row])))
      // One output a member; what serves is their mean.
      const members = Array.isArray(output) ? output : [output]
      return [...tf.div(tf.addN(members), members.length).dataSync()]
    }
  }))
