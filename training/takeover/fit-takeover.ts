import * as tf from '@tensorflow/tfjs-core'
import { standardise } from '../../service/models/network/content-network.ts'
import { takeoverMembers } from '../../service/models/network/takeover-model.ts'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { createRandom, shuffle, type Random } from '../../service/verdict/budget/seeded-random.ts'
import { setStandardisation } from '../content/fit-content.ts'
import { cosineRate } from '../adam.ts'
import { noProgress, type Progress } from '../progress.ts'
import { trainableVariables } from '../trainable-variables.ts'
import type { LearnedRow } from './row-table.ts'
import { buildTakeoverNetwork } from './build-takeover-network.ts'
import { linear, linearOfData } from './linear.ts'
import { weighRows } from './weigh-rows.ts'

export interface FitTakeoverOptions {
  readonly seed: number
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  /** Weight of the squared weights in the loss. */
  readonly decay: number
  /** Share of the standardised features left out each time a row is shown: no single habit may carry the verdict, as other mail lacks it. */
  readonly inputDropout: number
  readonly firstUnits: number
  readonly secondUnits: number
  readonly progress?: Progress
}

/** Chosen on the folds and on sources left out: without input dropout a source never seen is held twice as often over budget. */
export const takeoverDefaults: Omit<FitTakeoverOptions, 'seed'> = {
  epochs: 14,
  batchSize: 256,
  learningRate: 2e-3,
  decay: 3e-4,
  inputDropout: 0.3,
  firstUnits: 96,
  secondUnits: 32
}

export interface FittedTakeover {
  readonly model: LayersModel
  /** Mean weighted loss per epoch. */
  readonly losses: readonly number[]
}

/** Trains the members together by Adam on weighted log-loss; classes weigh the same. The caller disposes the model. */
export function fitTakeover(rows: readonly LearnedRow[], options: FitTakeoverOptions): FittedTakeover {
  const { seed, epochs, batchSize, learningRate, progress = noProgress } = options
  const features = rows[0]?.row.length ?? 0
  const model = buildTakeoverNetwork({ ...options, features }, seed)
  const weights = weighRows(rows)
  setStandardisation(model, 'features', rows.map(({ row }) => row), weights) // prettier-ignore
  const [mean, scale] = model.getLayer('features').getWeights()
  if (mean === undefined || scale === undefined) throw new TypeError('the network has no standardisation')
  const members = membersOf(model)
  const optimizer = tf.train.adam(learningRate)
  const random = createRandom(seed)
  const training: Training = {
    members,
    optimizer,
    mean: tf.reshape<tf.Rank.R1>(mean, [features]),
    scale: tf.reshape<tf.Rank.R1>(scale, [features]),
    decay: options.decay,
    inputDropout: options.inputDropout,
    random
  }
  const order = rows.map((_, index) => index)
  const losses: number[] = []
  const steps = epochs * Math.ceil(rows.length / batchSize)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random)
    let sum = 0
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = batchOf(rows, weights, order.slice(start, start + batchSize))
      Object.assign(optimizer, { learningRate: cosineRate(learningRate, step / steps) })
      sum += trainStep(training, batch) * batch.size
      step += 1
    }
    losses.push(sum / order.length)
    progress('fit', epoch + 1, epochs)
  }
  optimizer.dispose()
  tf.dispose([training.mean, training.scale])
  return { model, losses }
}

/** Raw logits, in order: the members' mean, as the service computes it. */
export function scoreTakeover(
  model: LayersModel,
  rows: readonly { readonly row: Float32Array }[],
  batchSize = 2_048
): number[] {
  const logits: number[] = []
  for (let start = 0; start < rows.length; start += batchSize) {
    const part = rows.slice(start, start + batchSize)
    const scores = tf.tidy(() => {
      const members = forward(model, part)
      return tf.div(tf.addN(members), members.length).dataSync()
    })
    for (const score of scores) logits.push(score)
  }
  return logits
}

interface Batch {
  readonly size: number
  readonly rows: readonly LearnedRow[]
  readonly labels: Float32Array
  readonly weights: Float32Array
}

function batchOf(rows: readonly LearnedRow[], weights: Float32Array, chosen: readonly number[]): Batch {
  const own = chosen.flatMap((index) => rows[index] ?? [])
  return {
    size: own.length,
    rows: own,
    labels: Float32Array.from(own, ({ family }) => Number(family !== 'honest')),
    weights: Float32Array.from(chosen, (index) => weights[index] ?? 0)
  }
}

/** One member's weights: first, second and last kernel and bias, as the layers hold them. */
type Member = readonly tf.Variable[]

/** The trainable variables, member by member. */
function membersOf(model: LayersModel): readonly Member[] {
  const names = model.trainableWeights.map(({ originalName }) => originalName)
  const variables = trainableVariables(model)
  const parts = ['first/kernel', 'first/bias', 'second/kernel', 'second/bias', 'last/kernel', 'last/bias']
  return Array.from({ length: takeoverMembers }, (_, member) =>
    parts.flatMap((part) => variables[names.indexOf(`member${member}_${part}`)] ?? [])
  )
}

interface Training {
  readonly members: readonly Member[]
  readonly optimizer: tf.Optimizer
  readonly mean: tf.Tensor1D
  readonly scale: tf.Tensor1D
  readonly decay: number
  readonly inputDropout: number
  readonly random: Random
}

function trainStep(
  { members, optimizer, mean, scale, decay, inputDropout, random }: Training,
  batch: Batch
): number {
  const variables = members.flat()
  const kernels = variables.filter(({ rank }) => rank === 2)
  return tf.tidy(() => {
    const labels = tf.tensor2d(batch.labels, [batch.size, 1])
    const weights = tf.tensor2d(batch.weights, [batch.size, 1])
    const standard = tf.mul<tf.Tensor2D>(
      standardise(toMatrix(batch.rows), { mean, scale }),
      maskOf(batch, inputDropout, random)
    )
    const lossOf = (logits: tf.Tensor2D): tf.Scalar =>
      tf.losses.sigmoidCrossEntropy<tf.Tensor2D, tf.Scalar>(labels, logits, weights, 0, tf.Reduction.MEAN)
    const cost = (): tf.Scalar => {
      const own = members.map((member) => lossOf(memberLogits(member, standard)))
      const sizes = kernels.map((kernel) => tf.sum<tf.Scalar>(tf.square(kernel)))
      return tf.add<tf.Scalar>(tf.addN(own), tf.mul(tf.addN(sizes), decay))
    }
    return optimizer.minimize(cost, true, variables)?.dataSync()[0] ?? Number.NaN
  })
}

/** Zeros for what is left out; the rest is raised so that sums stay as they are. */
function maskOf({ size, rows }: Batch, inputDropout: number, random: Random): tf.Tensor2D {
  const features = rows[0]?.row.length ?? 0
  const kept = 1 / (1 - inputDropout)
  const mask = new Float32Array(size * features)
  for (let index = 0; index < mask.length; index += 1) mask[index] = random() < inputDropout ? 0 : kept
  return tf.tensor2d(mask, [size, features])
}

/** What the model's layers compute, with gradients that the wasm backend is quick at. */
function memberLogits(member: Member, standard: tf.Tensor2D): tf.Tensor2D {
  const at = (index: number): tf.Variable => member[index] ?? missing()
  const matrix = (index: number): tf.Tensor2D =>
    tf.reshape<tf.Rank.R2>(at(index), [at(index).shape[0] ?? 0, at(index).shape[1] ?? 0])
  const first = tf.relu(tf.add<tf.Tensor2D>(linearOfData(standard, matrix(0)), at(1)))
  const second = tf.relu(tf.add<tf.Tensor2D>(linear(first, matrix(2)), at(3)))
  return tf.add<tf.Tensor2D>(linear(second, matrix(4)), at(5))
}

function missing(): never {
  throw new TypeError('a member without all its weights')
}

function forward(model: LayersModel, rows: readonly { readonly row: Float32Array }[]): tf.Tensor2D[] {
  const outputs = model.apply(toMatrix(rows))
  const list = Array.isArray(outputs) ? outputs : [outputs]
  return list.map((output) => {
    if (!(output instanceof tf.Tensor)) throw new TypeError('the takeover network answers tensors')
    return tf.reshape<tf.Rank.R2>(output, [rows.length, 1])
  })
}

function toMatrix(rows: readonly { readonly row: Float32Array }[]): tf.Tensor2D {
  const size = rows[0]?.row.length ?? 0
  const values = new Float32Array(rows.length * size)
  for (const [index, { row }] of rows.entries()) values.set(row, index * size)
  return tf.tensor2d(values, [rows.length, size])
}
