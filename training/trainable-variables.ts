import { Variable } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'

/** The variables that an optimizer moves: exactly those of this model, never another's that lives beside it. */
export function trainableVariables(model: LayersModel): Variable[] {
  return model.trainableWeights.map((weight) => {
    const value = weight.read()
    if (!(value instanceof Variable)) throw new TypeError(`${weight.name} is no variable`)
    return value
  })
}
