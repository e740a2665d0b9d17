import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { padTokens } from '../../service/models/network/content-network.ts'
import { createRandom, shuffle, type Random } from '../../service/verdict/budget/seeded-random.ts'
import { cosineRate } from '../adam.ts'
import { noProgress, type Progress } from '../progress.ts'
import { trainableVariables } from '../trainable-variables.ts'
import { buildContentNetwork, type ContentShape } from './build-content-network.ts'
import type { ContentExample } from './content-example.ts'
import { createHashedTable, type HashedTable } from './hashed-table.ts'

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
  const { deep, whole: model } = buildContentNetwork(shape, seed)
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
  const random = createRandom(seed)
  const order = examples.map((_, index) => index)
  const losses: number[] = []
  const steps = epochs * Math.ceil(examples.length / batchSize)
  const training: Training = {
    deep,
    wide: createHashedTable(tableOf(model, 'wide'), 1),
    bag: createHashedTable(tableOf(model, 'bag'), shape.bagUnits),
    variables: trainableVariables(deep),
    optimizer: tf.train.adam(learningRate)
  }
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random)
    let sum = 0
    for (let start = 0; start < order.length; start += batchSize) {
      const rows = order.slice(start, start + batchSize)
      const batch = batchOf({ examples, weights, unshaped }, rows, options.tokenDropout, random)
      sum += trainStep(training, batch, cosineRate(learningRate, step / steps)) * rows.length
      step += 1
      progress('fit', step, steps)
    }
    losses.push(sum / order.length)
  }
  setTable(model, 'wide', training.wide)
  setTable(model, 'bag', training.bag)
  training.optimizer.dispose()
  deep.dispose()
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
    const batch = examples.slice(start, start + batchSize)
    const inputs = inputsOf(batch, batch.map(({ tokens }) => tokens), unshaped) // prettier-ignore
    for (const score of scoresOf(model, { ...inputs, size: batch.length })) logits.push(score)
  }
  return logits
}

interface Batch {
  /** [size, width]: see `padTokens`. */
  readonly ids: Int32Array
  readonly structure: Float32Array
  readonly labels: Float32Array
  readonly weights: Float32Array
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
  const shown = rows.flatMap((row) => examples[row] ?? [])
  const kept = shown.map(({ tokens }) => thinned(tokens, dropout * random(), random))
  return {
    ...inputsOf(shown, kept, unshaped),
    labels: Float32Array.from(shown, ({ isBad }) => Number(isBad)),
    weights: Float32Array.from(rows, (row) => weights[row] ?? 0)
  }
}

/** Without this share of them, drawn one by one. */
function thinned(tokens: Uint32Array, dropped: number, random: Random): Uint32Array {
  const kept = new Uint32Array(tokens.length)
  let taken = 0
  for (let at = 0; at < tokens.length; at += 1) if (random() >= dropped) kept[taken++] = tokens[at] ?? 0
  return kept.subarray(0, taken)
}

function inputsOf(
  shown: readonly ContentExample[],
  tokens: readonly Uint32Array[],
  unshaped: readonly number[]
): Pick<Batch, 'ids' | 'structure'> {
  const structure = new Float32Array(shown.length * unshaped.length)
  for (const [line, example] of shown.entries())
    structure.set(example.structure ?? unshaped, line * unshaped.length)
  return { ids: padTokens(tokens.map((own) => ({ tokens: own }))), structure }
}

/** Both tables are moved by themselves: nearly all of a step would be spent on rows that it does not touch. */
interface Training {
  readonly deep: LayersModel
  readonly wide: HashedTable
  readonly bag: HashedTable
  readonly variables: readonly tf.Variable[]
  readonly optimizer: tf.Optimizer
}

function trainStep(training: Training, batch: Batch, learningRate: number): number {
  const { deep, wide, bag, variables, optimizer } = training
  const { ids, labels, structure, weights } = batch
  const size = labels.length
  const lines = { ids, lines: size }
  const touched = { wide: wide.touch(lines), bag: bag.touch(lines) }
  return tf.tidy(() => {
    const logits = tf.variable(tf.tensor2d(touched.wide.sum(), [size, 1]))
    const bags = tf.variable(tf.tensor2d(touched.bag.sum(), [size, deep.inputs[0]?.shape[1] ?? 0]))
    const [labelled, weighed] = [tf.tensor2d(labels, [size, 1]), tf.tensor2d(weights, [size, 1])]
    const shapes = tf.tensor2d(structure, [size, structure.length / size])
    const lossOf = (logit: tf.Tensor2D) =>
      tf.losses.sigmoidCrossEntropy<tf.Tensor2D, tf.Scalar>(labelled, logit, weighed, 0, tf.Reduction.MEAN)
    const { value, grads } = tf.variableGrads(
      () => tf.addN([asLogits(logits, size), logitsOf(deep, [bags, shapes], true)].map(lossOf)),
      [logits, bags, ...variables]
    )
    Object.assign(optimizer, { learningRate })
    optimizer.applyGradients(variables.map(({ name }) => ({ name, tensor: grads[name] ?? missing(name) })))
    touched.wide.learn(floatsOf(grads[logits.name] ?? missing('wide')), learningRate)
    touched.bag.learn(floatsOf(grads[bags.name] ?? missing('bag')), learningRate)
    tf.dispose([logits, bags])
    return value.dataSync()[0] ?? Number.NaN
  })
}

function missing(name: string): never {
  throw new TypeError(`${name} has no gradient`)
}

function floatsOf(tensor: tf.Tensor): Float32Array {
  return Float32Array.from(tensor.dataSync())
}

function tableOf(model: LayersModel, layer: string): Float32Array {
  const [table] = model.getLayer(layer).getWeights()
  if (table === undefined) throw new TypeError(`${layer} has no table`)
  return floatsOf(table)
}

function setTable(model: LayersModel, layer: string, table: HashedTable): void {
  const own = model.getLayer(layer)
  const [{ shape } = { shape: [] }] = own.getWeights()
  tf.tidy(() => own.setWeights([tf.tensor(table.values(), [...shape])]))
}

interface Inputs extends Pick<Batch, 'ids' | 'structure'> {
  readonly size: number
}

function scoresOf(model: LayersModel, { ids, structure, size }: Inputs): Iterable<number> {
  return tf.tidy(() => {
    const tokens = tf.tensor2d(ids, [size, ids.length / size], 'int32')
    const shapes = tf.tensor2d(structure, [size, structure.length / size])
    return logitsOf(model, [tokens, shapes], false).dataSync()
  })
}

function logitsOf(model: LayersModel, inputs: tf.Tensor[], training: boolean): tf.Tensor2D {
  const output = model.apply(inputs, { training })
  if (!(output instanceof tf.Tensor)) throw new TypeError('the content network answers one tensor')
  return asLogits(output, inputs[0]?.shape[0] ?? 0)
}

function asLogits(tensor: tf.Tensor, size: number): tf.Tensor2D {
  return tf.reshape<tf.Rank.R2>(tensor, [size, 1])
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
