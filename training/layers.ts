import * as tf from '@tensorflow/tfjs-core'
import { initializers, layers, type Shape } from '@tensorflow/tfjs-layers'
import { hashedBagOf, standardise } from '../service/models/network/content-network.ts'

type Inputs = tf.Tensor | tf.Tensor[]
type Weight = ReturnType<layers.Layer['addWeight']>
interface BagConfig {
  readonly name: string
  readonly rows: number
  readonly units: number
  /** Standard deviation of the first values; 0 starts a linear part that knows nothing. */
  readonly spread: number
  readonly seed: number
}

/** Sum of hashed rows over the square root of their count: see service/models/network/hashed-bag.ts. [batch, width] ids → [batch, units]. */
export class HashedBagLayer extends layers.Layer {
  static readonly className = 'HashedBag'
  readonly #config: BagConfig
  #table: Weight | undefined

  constructor(config: BagConfig) {
    super({ name: config.name })
    this.#config = config
  }

  override build(): void {
    const { rows, units, spread, seed } = this.#config
    const first = spread === 0 ? initializers.zeros() : initializers.randomNormal({ stddev: spread, seed })
    this.#table = this.addWeight('table', [rows, units], 'float32', first)
    this.built = true
  }

  override call(inputs: Inputs): tf.Tensor {
    if (this.#table === undefined) throw new TypeError('HashedBag is not built')
    return hashedBagOf(single(inputs), this.#table.read())
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [firstSize(inputShape), this.#config.units]
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#config }
  }
}

interface StandardiseConfig {
  readonly name: string
  readonly size: number
}

/** Subtracts the mean, divides by the deviation, clips: not trained, measured before. [batch, size] → [batch, size]. */
export class StandardiseLayer extends layers.Layer {
  static readonly className = 'Standardise'
  readonly #config: StandardiseConfig
  #mean: Weight | undefined
  #scale: Weight | undefined

  constructor(config: StandardiseConfig) {
    super({ name: config.name })
    this.#config = config
  }

  override build(): void {
    const { size } = this.#config
    this.#mean = this.addWeight('mean', [size], 'float32', initializers.zeros(), undefined, false)
    this.#scale = this.addWeight('scale', [size], 'float32', initializers.ones(), undefined, false)
    this.built = true
  }

  override call(inputs: Inputs): tf.Tensor {
    const [mean, scale] = [this.#mean?.read(), this.#scale?.read()]
    if (mean === undefined || scale === undefined) throw new TypeError('Standardise is not built')
    return standardise(tf.reshape<tf.Rank.R2>(single(inputs), [-1, this.#config.size]), {
      mean: tf.reshape<tf.Rank.R1>(mean, [this.#config.size]),
      scale: tf.reshape<tf.Rank.R1>(scale, [this.#config.size])
    })
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [firstSize(inputShape), this.#config.size]
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#config }
  }
}

tf.serialization.registerClass(HashedBagLayer)
tf.serialization.registerClass(StandardiseLayer)

function single(inputs: Inputs): tf.Tensor {
  const first = Array.isArray(inputs) ? inputs[0] : inputs
  if (first === undefined) throw new TypeError('the layer takes one input')
  return first
}

function firstSize(shape: Shape | Shape[]): number | null {
  const first = shape[0]
  return Array.isArray(first) ? (first[0] ?? null) : (first ?? null)
}
