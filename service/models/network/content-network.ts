import * as tf from '@tensorflow/tfjs-core'
import { noToken } from './hashed-bag.ts'
import { ModelError } from '../model-error.ts'
import type { ContentInput } from '../model-ports.ts'
import type { Weights } from './weights.ts'

/** Standard deviations beyond which a value says no more. */
export const clipAt = 5

/** A network on the backend: raw logits for a batch, in one pass. Synchronous; leaves no tensor behind. */
export interface Network<In> {
  run(inputs: readonly In[]): readonly number[]
  dispose(): void
}

/**
 * Wide and deep over hashed tokens: logit = wide(tokens) + dense([bag(tokens), standardised structure]).
 * The layers and names are those of training's LayersModel; the ops are called directly because `LayersModel.predict` costs a
 * single message several times as much. A parity test holds the two together.
 */
export function createContentNetwork(weights: Weights, structureLength: number): Network<ContentInput> {
  const held = tf.tidy(() => {
    const bag = weights.take('bag/table', [null, null])
    const hidden = weights.take('hidden/kernel', [(bag.shape[1] ?? 0) + structureLength, null])
    const units = hidden.shape[1]
    return {
      wide: weights.take('wide/table', [null, 1]),
      bag,
      mean: weights.takeVector('structure/mean', structureLength),
      scale: weights.takeVector('structure/scale', structureLength),
      hidden,
      hiddenBias: weights.takeVector('hidden/bias', units),
      deep: weights.take('deep/kernel', [units, 1]),
      deepBias: weights.takeVector('deep/bias', 1)
    }
  })
  const run = (inputs: readonly ContentInput[]): readonly number[] => {
    const logits = tf.tidy(() => {
      const { lists, places } = distinctTokens(inputs)
      const ids = tf.tensor2d(padTokens(lists), [lists.length, widthOf(lists)], 'int32')
      const perInput = (bag: tf.Tensor2D): tf.Tensor2D =>
        lists.length === inputs.length ? bag : tf.gather(bag, places)
      const structure = tf.tensor2d(flattenStructure(inputs, structureLength), [
        inputs.length,
        structureLength
      ])
      const standard = standardise(structure, held)
      const joined = tf.concat2d([perInput(hashedBagOf(ids, held.bag)), standard], 1)
      const hidden = tf.fused.matMul({ a: joined, b: held.hidden, bias: held.hiddenBias, activation: 'relu' })
      const deep = tf.fused.matMul({ a: hidden, b: held.deep, bias: held.deepBias })
      return tf.add(perInput(hashedBagOf(ids, held.wide)), deep)
    })
    try {
      return [...logits.dataSync()]
    } finally {
      logits.dispose()
    }
  }
  return { run, dispose: () => tf.dispose(Object.values(held)) }
}

/** Standardised by the training data and clipped. `scale` is one over the standard deviation. */
export function standardise(
  x: tf.Tensor2D,
  { mean, scale }: { mean: tf.Tensor1D; scale: tf.Tensor1D }
): tf.Tensor2D {
  const standard: tf.Tensor2D = tf.mul(tf.sub(x, mean), scale)
  return tf.clipByValue(standard, -clipAt, clipAt)
}

/**
 * An explanation asks for one message many times, with other groups of its structure: equal lists of tokens (by reference) are summed
 * once, as that is most of the work. `places` gives each input's list.
 */
function distinctTokens(inputs: readonly ContentInput[]): {
  lists: readonly ContentInput[]
  places: Int32Array
} {
  const placeOf = new Map<readonly number[], number>()
  const lists: ContentInput[] = []
  const places = inputs.map((input) => {
    const place = placeOf.get(input.tokens) ?? lists.length
    if (place === lists.length) lists.push(input)
    placeOf.set(input.tokens, place)
    return place
  })
  return { lists, places: Int32Array.from(places) }
}

/** The embedding bag op: see hashed-bag.ts. Differentiable by `table`. */
export function hashedBagOf(ids: tf.Tensor, table: tf.Tensor): tf.Tensor2D {
  return tf.engine().runKernel('HashedBag', { ids, table })
}

interface WithTokens {
  readonly tokens: ArrayLike<number>
}

/** Token ids of a batch as one [batch, widest] block, short lines filled up with `noToken`. */
export function padTokens(inputs: readonly WithTokens[]): Int32Array {
  const width = widthOf(inputs)
  const ids = new Int32Array(inputs.length * width).fill(noToken)
  for (const [line, { tokens }] of inputs.entries()) ids.set(tokens, line * width)
  return ids
}

/** At least one column: a message without a word is all padding. */
export function widthOf(inputs: readonly WithTokens[]): number {
  return inputs.reduce((widest, { tokens }) => Math.max(widest, tokens.length), 1)
}

function flattenStructure(inputs: readonly ContentInput[], length: number): Float32Array {
  const values = new Float32Array(inputs.length * length)
  for (const [line, { structure }] of inputs.entries()) {
    if (structure.length !== length) {
      throw new ModelError('MODEL_SHAPE_DIFFERS', {
        weight: 'structure',
        want: `${length}`,
        got: `${structure.length}`
      })
    }
    values.set(structure, line * length)
  }
  return values
}
