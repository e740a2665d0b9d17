import { input, layers, model, type LayersModel, initializers } from '@tensorflow/tfjs-layers'
import { HashedBagLayer, StandardiseLayer } from '../layers.ts'

export interface ContentShape {
  /** Hash buckets of the tokens: one linear weight each. */
  readonly buckets: number
  /** Rows of the embedding bag: token ids modulo this. */
  readonly bagRows: number
  readonly bagUnits: number
  readonly hiddenUnits: number
  readonly structure: number
}

export interface ContentNetwork {
  /** The deep part's logit of bags, as the table gives them, and structures. To be disposed as well: layers go with the last that has them. */
  readonly deep: LayersModel
  /** Its sum with the wide part's: what is shipped. Shares every weight. */
  readonly whole: LayersModel
}

/**
 * Wide and deep: a linear weight a token, beside a small embedding bag that goes with the structure through a dense ReLU layer.
 * Each part learns by its own loss, as two judges who don't talk to each other: trained as one sum, the deep part leans on
 * what the wide part already knows, and both together are worse (measured). Layer names are those that service/models reads.
 */
export function buildContentNetwork(shape: ContentShape, seed: number): ContentNetwork {
  const ids = input({ shape: [null], name: 'tokens', dtype: 'int32' })
  const structure = input({ shape: [shape.structure], name: 'structureInput' })
  const wide = new HashedBagLayer({ name: 'wide', rows: shape.buckets, units: 1, spread: 0, seed })
  const bag = new HashedBagLayer({
    name: 'bag',
    rows: shape.bagRows,
    units: shape.bagUnits,
    spread: 0.05,
    seed
  })
  const standard = new StandardiseLayer({ name: 'structure', size: shape.structure })
  const dense = (name: string, units: number, offset: number) =>
    layers.dense({ name, units, kernelInitializer: initializers.glorotUniform({ seed: seed + offset }) })
  const joined = layers.concatenate({ name: 'joined' })
  const stack = [
    dense('hidden', shape.hiddenUnits, 1),
    layers.reLU({ name: 'hiddenRelu' }),
    layers.dropout({ rate: 0.2, seed, name: 'dropout' }),
    dense('deep', 1, 2)
  ]
  const deepOf = (bags: Symbolic): Symbolic =>
    stack.reduce(
      (below, layer) => symbolic(layer.apply(below)),
      symbolic(joined.apply([bags, symbolic(standard.apply(structure))]))
    )
  const logits = [symbolic(wide.apply(ids)), deepOf(symbolic(bag.apply(ids)))]
  const sum = symbolic(layers.add({ name: 'logit' }).apply(logits))
  const bags = input({ shape: [shape.bagUnits], name: 'bags' })
  return {
    whole: model({ inputs: [ids, structure], outputs: sum, name: 'content' }),
    deep: model({ inputs: [bags, structure], outputs: deepOf(bags) })
  }
}

type Symbolic = ReturnType<typeof input>

function symbolic(value: unknown): Symbolic {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- apply() on symbolic tensors answers symbolic tensors
  return value as Symbolic
}
