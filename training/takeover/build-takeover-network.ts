import { initializers, input, layers, model, type LayersModel } from '@tensorflow/tfjs-layers'
import { takeoverMembers } from '../../service/models/network/takeover-model.ts'
import { StandardiseLayer } from '../layers.ts'

export interface TakeoverShape {
  readonly features: number
  readonly firstUnits: number
  readonly secondUnits: number
}

/**
 * Small dense networks of different seeds beside each other on the same standardised features. Outputs: one logit a member; the service
 * averages them. Layer names are those that service/models reads.
 */
export function buildTakeoverNetwork(
  { features, firstUnits, secondUnits }: TakeoverShape,
  seed: number
): LayersModel {
  const row = input({ shape: [features], name: 'row' })
  const standard = new StandardiseLayer({ name: 'features', size: features }).apply(row)
  const outputs = Array.from({ length: takeoverMembers }, (_, member) => {
    const dense = (part: string, units: number, offset: number, relu: boolean) =>
      layers.dense({
        name: `member${member}_${part}`,
        units,
        ...(relu && { activation: 'relu' }),
        kernelInitializer: initializers.glorotUniform({ seed: seed + 100 * member + offset })
      })
    const first = dense('first', firstUnits, 1, true).apply(standard)
    const second = dense('second', secondUnits, 2, true).apply(first)
    return dense('last', 1, 3, false).apply(second)
  })
  return model({ inputs: row, outputs: outputs.map(symbolic), name: 'takeover' })
}

function symbolic(value: unknown): ReturnType<typeof input> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- apply() on symbolic tensors answers symbolic tensors
  return value as ReturnType<typeof input>
}
