import { largestIndexes } from './largest-indexes.ts'

/**
 * A sparse decaying sum of vectors over hash buckets: words by how many messages held them, or the centroid of character n-grams.
 * Entries decay all at once: instead of shrinking the old ones, each message adds `scale` times its weight, and `scale` grows.
 * The true weight of an entry is `weights[i] / scale`.
 */
export interface Bag {
  readonly scale: number
  /** True decayed sum of all that was ever added, pruned entries included. */
  readonly total: number
  /** Decayed number of messages that added something. */
  readonly messages: number
  /** Ascending. */
  readonly ids: Uint16Array
  readonly weights: Float32Array
}

export const emptyBag: Bag = {
  scale: 1,
  total: 0,
  messages: 0,
  ids: new Uint16Array(0),
  weights: new Float32Array(0)
}

export interface BagLimits {
  /** What one message leaves of the earlier ones. */
  readonly keep: number
  readonly maxIds: number
}

/** Far below the largest Float32, far above what 200 half-lives need at once. */
const maxScale = 1e6

/** The bag after one more message. `ids` ascending and distinct, `amounts` beside them, all positive. */
export function foldBag(
  bag: Bag,
  ids: readonly number[],
  amounts: ArrayLike<number>,
  limits: BagLimits
): Bag {
  if (ids.length === 0) return bag
  const scale = bag.scale / limits.keep
  let added = 0
  for (let index = 0; index < ids.length; index++) added += amounts[index] ?? 0
  const size = merge(bag, ids, amounts, scale)
  const grown = {
    scale,
    total: bag.total * limits.keep + added,
    messages: bag.messages * limits.keep + 1,
    ...(size > limits.maxIds ? heaviestOf(size, limits.maxIds) : allOf(size))
  }
  return scale > maxScale ? rescaled(grown) : grown
}

/** True decayed weights of ascending ids, 0 for those that the bag does not hold. */
export function bagWeights(bag: Bag, ids: readonly number[]): Float64Array {
  const weights = new Float64Array(ids.length)
  let place = 0
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] ?? 0
    while (place < bag.ids.length && (bag.ids[place] ?? 0) < id) place += 1
    if (bag.ids[place] === id) weights[index] = (bag.weights[place] ?? 0) / bag.scale
  }
  return weights
}

/** True decayed weight of one id, by binary search. */
export function bagWeight(bag: Bag, id: number): number {
  let low = 0
  let high = bag.ids.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = bag.ids[middle] ?? 0
    if (found === id) return (bag.weights[middle] ?? 0) / bag.scale
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return 0
}

/** Where two lists are merged before the result has its length. Holds nothing from one fold to the next. */
const mergedIds = new Uint16Array(65_536)
const mergedWeights = new Float32Array(65_536)

/** Merges into `mergedIds` and `mergedWeights`; gives the number of entries. */
function merge(bag: Bag, ids: readonly number[], amounts: ArrayLike<number>, scale: number): number {
  let old = 0
  let place = 0
  for (let added = 0; added < ids.length; added++, place++) {
    const id = ids[added] ?? 0
    for (; old < bag.ids.length && (bag.ids[old] ?? 0) < id; old++, place++) {
      mergedIds[place] = bag.ids[old] ?? 0
      mergedWeights[place] = bag.weights[old] ?? 0
    }
    const known = old < bag.ids.length && bag.ids[old] === id
    mergedIds[place] = id
    mergedWeights[place] = (known ? (bag.weights[old++] ?? 0) : 0) + (amounts[added] ?? 0) * scale
  }
  const left = bag.ids.subarray(old)
  mergedIds.set(left, place)
  mergedWeights.set(bag.weights.subarray(old), place)
  return place + left.length
}

function allOf(size: number): Pick<Bag, 'ids' | 'weights'> {
  return { ids: mergedIds.slice(0, size), weights: mergedWeights.slice(0, size) }
}

/** The heaviest three quarters of the bound, so that pruning is rare. */
function heaviestOf(size: number, maxIds: number): Pick<Bag, 'ids' | 'weights'> {
  const kept = largestIndexes(mergedWeights.subarray(0, size), maxIds - (maxIds >> 2))
  const ids = new Uint16Array(kept.length)
  const weights = new Float32Array(kept.length)
  for (let place = 0; place < kept.length; place++) {
    const index = kept[place] ?? 0
    ids[place] = mergedIds[index] ?? 0
    weights[place] = mergedWeights[index] ?? 0
  }
  return { ids, weights }
}

function rescaled(bag: Bag): Bag {
  return { ...bag, scale: 1, weights: bag.weights.map((weight) => weight / bag.scale) }
}
