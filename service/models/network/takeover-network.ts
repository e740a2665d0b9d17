import * as tf from '@tensorflow/tfjs-core'
import { standardise, type Network } from './content-network.ts'
import { ModelError } from '../model-error.ts'
import type { Weights } from './weights.ts'

// A type, not an interface: only types may pass through tf.tidy.
type Member = {
  readonly first: tf.Tensor2D
  readonly firstBias: tf.Tensor1D
  readonly second: tf.Tensor2D
  readonly secondBias: tf.Tensor1D
  readonly last: tf.Tensor2D
  readonly lastBias: tf.Tensor1D
}

type Held = { readonly mean: tf.Tensor1D; readonly scale: tf.Tensor1D; readonly members: Member[] }

/** Standardised and clipped features through `members` small dense networks of different seeds; their logits averaged. */
export function createTakeoverNetwork(
  weights: Weights,
  features: number,
  members: number
): Network<Float32Array> {
  const held: Held = tf.tidy(() => ({
    mean: weights.takeVector('features/mean', features),
    scale: weights.takeVector('features/scale', features),
    members: Array.from({ length: members }, (_, index) => takeMember(weights, `member${index}`, features))
  }))
  const run = (rows: readonly Float32Array[]): readonly number[] => {
    const logits = tf.tidy(() => {
      const x = tf.tensor2d(flattenRows(rows, features), [rows.length, features])
      const standard = standardise(x, held)
      return tf.div(tf.addN(held.members.map((member) => memberLogits(member, standard))), members)
    })
    try {
      return [...logits.dataSync()]
    } finally {
      logits.dispose()
    }
  }
  return {
    run,
    dispose: () => tf.dispose([held.mean, held.scale, ...held.members.flatMap((m) => Object.values(m))])
  }
}

function takeMember(weights: Weights, name: string, features: number): Member {
  const first = weights.take(`${name}_first/kernel`, [features, null])
  const second = weights.take(`${name}_second/kernel`, [first.shape[1], null])
  return {
    first,
    firstBias: weights.takeVector(`${name}_first/bias`, first.shape[1]),
    second,
    secondBias: weights.takeVector(`${name}_second/bias`, second.shape[1]),
    last: weights.take(`${name}_last/kernel`, [second.shape[1], 1]),
    lastBias: weights.takeVector(`${name}_last/bias`, 1)
  }
}

function memberLogits(
  { first, firstBias, second, secondBias, last, lastBias }: Member,
  x: tf.Tensor2D
): tf.Tensor2D {
  const a = tf.fused.matMul({ a: x, b: first, bias: firstBias, activation: 'relu' })
  const b = tf.fused.matMul({ a, b: second, bias: secondBias, activation: 'relu' })
  return tf.add<tf.Tensor2D>(tf.matMul(b, last), lastBias)
}

function flattenRows(rows: readonly Float32Array[], features: number): Float32Array {
  const values = new Float32Array(rows.length * features)
  for (const [line, row] of rows.entries()) {
    if (row.length !== features) {
      throw new ModelError('MODEL_SHAPE_DIFFERS', {
        weight: 'features',
        want: `${features}`,
        got: `${row.length}`
      })
    }
    values.set(row, line * features)
  }
  return values
}
