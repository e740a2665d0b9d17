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
  /** Two logits: the wide part's and the deep part's. */
  readonly parts: LayersModel
  /** Their sum: what is shipped. Shares every weight. */
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
  const joined = layers
    .concatenate({ name: 'joined' })
    .apply([bag.apply(ids), standard.apply(structure)].map(symbolic))
  const hidden = layers
    .reLU({ name: 'hiddenRelu' })
    .apply(dense('hidden', shape.hiddenUnits, 1).apply(joined))
  const deep = dense('deep', 1, 2).apply(layers.dropout({ rate: 0.2, seed, name: 'dropout' }).apply(hidden))
  const logits = [wide.apply(ids), deep].map(symbolic)
  const sum = symbolic(layers.add({ name: 'logit' }).apply(logits))
  return {
    parts: model({ inputs: [ids, structure], outputs: logits }),
    whole: model({ inputs: [ids, structure], outputs: sum, name: 'content' })
  }
}

type Symbolic = ReturnType<typeof input>

function symbolic(value: unknown): Symbolic {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- apply() on symbolic tensors answers symbolic tensors
  return value as Symbolic
}
