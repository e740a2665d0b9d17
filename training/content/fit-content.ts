import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { padTokens, widthOf } from '../../service/models/network/content-network.ts'
import { createRandom, shuffle, type Random } from '../../service/verdict/budget/seeded-random.ts'
import { noProgress, type Progress } from '../progress.ts'
import { trainableVariables } from '../trainable-variables.ts'
import { buildContentNetwork, type ContentShape } from './build-content-network.ts'
import type { ContentExample } from './content-example.ts'

export interface FitContentOptions {
  readonly shape: ContentShape
  readonly seed: number
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  /** Each time a message is shown, a share of its tokens up to this is left out: no single word may carry the verdict. */
  readonly tokenDropout: number
  /** By id of an example: a passage of it, which is shown too, at half its weight. */
  readonly passages?: ReadonlyMap<string, ContentExample>
  readonly progress?: Progress
}

/** Chosen by leaving out one source at a time, and on the SpamAssassin folds. */
export const contentDefaults: Omit<FitContentOptions, 'shape' | 'seed'> = {
  epochs: 4,
  batchSize: 64,
  learningRate: 1e-2,
  tokenDropout: 0.6
}

export interface FittedContent {
  readonly model: LayersModel
  /** Mean weighted loss per epoch. */
  readonly losses: readonly number[]
}

/** Trains the content network by Adam on weighted log-loss. `messageWeights` runs beside `messages`. The caller disposes the model. */
export function fitContent(
  messages: readonly ContentExample[],
  messageWeights: Float32Array,
  options: FitContentOptions
): FittedContent {
  const { examples, weights } = withPassages(messages, messageWeights, options.passages)
  const { shape, seed, epochs, batchSize, learningRate, progress = noProgress } = options
  const { parts, whole: model } = buildContentNetwork(shape, seed)
  const whole = examples.flatMap(({ structure }, index) =>
    structure === null ? [] : [{ structure, weight: weights[index] ?? 0 }]
  )
  setStandardisation(
    model,
    'structure',
    whole.map(({ structure }) => structure),
    Float32Array.from(whole, ({ weight }) => weight)
  )
  const unshaped = meanStructure(model)
  const variables = trainableVariables(model)
  const random = createRandom(seed)
  const order = examples.map((_, index) => index)
  const losses: number[] = []
  const steps = epochs * Math.ceil(examples.length / batchSize)
  const optimizer = tf.train.adam(learningRate)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random)
    let sum = 0
    for (let start = 0; start < order.length; start += batchSize) {
      const rows = order.slice(start, start + batchSize)
      // Cosine to zero: the last steps settle.
      Object.assign(optimizer, {
        learningRate: (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2
      })
      sum +=
        trainStep(
          parts,
          optimizer,
          variables,
          batchOf({ examples, weights, unshaped }, rows, options.tokenDropout, random)
        ) * rows.length
      step += 1
      progress('fit', step, steps)
    }
    losses.push(sum / order.length)
  }
  optimizer.dispose()
  return { model, losses }
}

function withPassages(
  messages: readonly ContentExample[],
  weights: Float32Array,
  passages: FitContentOptions['passages']
) {
  const found = messages.flatMap(({ id }, index) => {
    const passage = passages?.get(id)
    return passage === undefined ? [] : [{ passage, weight: (weights[index] ?? 0) / 2 }]
  })
  return {
    examples: [...messages, ...found.map(({ passage }) => passage)],
    weights: Float32Array.from([...weights, ...found.map(({ weight }) => weight)])
  }
}

/** Raw logits, in order. */
export function scoreContent(
  model: LayersModel,
  examples: readonly ContentExample[],
  batchSize = 128
): number[] {
  const logits: number[] = []
  const unshaped = meanStructure(model)
  for (let start = 0; start < examples.length; start += batchSize) {
    const batch = examples.slice(start, start + batchSize).map((example) => toInput(example, unshaped))
    const [scores = []] = tf.tidy(() =>
      forward(model, { inputs: batch, labels: [], weights: [] }, false).map((logit) => logit.dataSync())
    )
    for (const score of scores) logits.push(score)
  }
  return logits
}

interface Batch {
  readonly inputs: readonly { tokens: readonly number[]; structure: readonly number[] }[]
  readonly labels: readonly number[]
  readonly weights: readonly number[]
}

/** What stands for the structure of a passage: the service does the same. */
function meanStructure(model: LayersModel): readonly number[] {
  const [mean] = model.getLayer('structure').getWeights()
  if (mean === undefined) throw new TypeError('the network has no standardisation')
  return [...mean.dataSync()]
}

interface Shown {
  readonly examples: readonly ContentExample[]
  readonly weights: Float32Array
  readonly unshaped: readonly number[]
}

function batchOf(
  { examples, weights, unshaped }: Shown,
  rows: readonly number[],
  dropout: number,
  random: Random
): Batch {
  const shown = rows.flatMap((row) => {
    const example = examples[row]
    return example === undefined ? [] : [{ example, weight: weights[row] ?? 0 }]
  })
  return {
    inputs: shown.map(({ example }) => toInput(example, unshaped, dropout * random(), random)),
    labels: shown.map(({ example }) => (example.isBad ? 1 : 0)),
    weights: shown.map(({ weight }) => weight)
  }
}

function toInput(
  { tokens, structure }: ContentExample,
  unshaped: readonly number[],
  dropped = 0,
  random?: Random
) {
  const kept = random === undefined ? tokens : tokens.filter(() => random() >= dropped)
  return { tokens: Array.from(kept), structure: structure === null ? unshaped : Array.from(structure) }
}

function trainStep(
  parts: LayersModel,
  optimizer: tf.Optimizer,
  variables: tf.Variable[],
  batch: Batch
): number {
  const loss = tf.tidy(() => {
    const labels = tf.tensor2d([...batch.labels], [batch.labels.length, 1])
    const weights = tf.tensor2d([...batch.weights], [batch.weights.length, 1])
    const lossOf = (logit: tf.Tensor2D) =>
      tf.losses.sigmoidCrossEntropy<tf.Tensor2D, tf.Scalar>(labels, logit, weights, 0, tf.Reduction.MEAN)
    const cost = (): tf.Scalar => tf.addN(forward(parts, batch, true).map(lossOf))
    return optimizer.minimize(cost, true, variables) ?? tf.scalar(Number.NaN)
  })
  const value = loss.dataSync()[0] ?? Number.NaN
  loss.dispose()
  return value
}

/** Logits, one tensor an output of the model. */
function forward(model: LayersModel, { inputs }: Batch, training: boolean): tf.Tensor2D[] {
  const ids = tf.tensor2d(padTokens(inputs), [inputs.length, widthOf(inputs)], 'int32')
  const structure = tf.tensor2d(inputs.map((input) => [...input.structure]))
  const outputs = model.apply([ids, structure], { training })
  return (Array.isArray(outputs) ? outputs : [outputs]).map((output) => {
    if (!(output instanceof tf.Tensor)) throw new TypeError('the content network answers tensors')
    return tf.reshape<tf.Rank.R2>(output, [inputs.length, 1])
  })
}

/** Sets the measured mean and scale of a Standardise layer. */
export function setStandardisation(
  model: LayersModel,
  layer: string,
  rows: readonly Float32Array[],
  weights?: Float32Array
): void {
  const size = rows[0]?.length ?? 0
  const mean = new Float64Array(size)
  const square = new Float64Array(size)
  let total = 0
  for (const [index, row] of rows.entries()) {
    const weight = weights?.[index] ?? 1
    total += weight
    for (const [at, value] of row.entries()) {
      mean[at] = (mean[at] ?? 0) + weight * value
      square[at] = (square[at] ?? 0) + weight * value * value
    }
  }
  const means = mean.map((sum) => sum / total)
  // A feature that hardly varies must not be blown up: the deviation has a floor.
  const scales = square.map(
    (sum, at) => 1 / Math.max(0.02, Math.sqrt(Math.max(0, sum / total - (means[at] ?? 0) ** 2)))
  )
  tf.tidy(() => model.getLayer(layer).setWeights([tf.tensor1d([...means]), tf.tensor1d([...scales])]))
}
