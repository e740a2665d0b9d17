import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** A network's weights in the order in which its layers have them: what threads hand each other instead of the network. */
export type ModelWeights = readonly Float32Array[]

export function weightsOf(model: LayersModel): ModelWeights {
  return model.weights.map((weight) => Float32Array.from(weight.read().dataSync()))
}

/** Into a network of the same shape. */
export function setWeightsOf(model: LayersModel, weights: ModelWeights): void {
  tf.tidy(() =>
    model.setWeights(
      model.weights.map(({ shape }, index) => {
        const values = weights[index]
        if (values === undefined) throw new TypeError('the weights are of another network')
        return tf.tensor(values, shape.map((size) => size ?? 0)) // prettier-ignore
      })
    )
  )
}
