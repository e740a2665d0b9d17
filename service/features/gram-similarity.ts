import { gramAmounts } from '../profile/fold-observation.ts'
import { samplesOf } from '../profile/samples.ts'
import type { Comparison } from './family.ts'
import { trust } from './surprisal.ts'

export interface GramSimilarity {
  /** Cosine with the sender's centroid, null where nothing can be compared. */
  readonly similarity: number | null
  /** 1 - cosine with the centroid, and with the nearest of the last messages; pulled to a half by short texts and histories. */
  readonly distance: number
  readonly leastDistance: number
}

const unknown: GramSimilarity = { similarity: null, distance: 0.5, leastDistance: 0.5 }

/** Characters at which a text is half as telling as a long one. */
const halfTellingChars = 80

/** Cosines of character 3- and 4-grams, weighted by rarity. */
export function gramSimilarity({ observation, profile, background }: Comparison): GramSimilarity {
  const { grams, gramCounts, authoredChars } = observation.style
  if (grams.length === 0 || profile.grams.ids.length === 0) return unknown
  const { gramWeights } = background
  const message = { ids: grams, weights: gramAmounts(gramCounts) }
  const length = lengthOf(message, gramWeights)
  const cosine = (other: Sparse): number => {
    const lengths = length * lengthOf(other, gramWeights)
    return lengths === 0 ? 0 : Math.min(1, product(message, other, gramWeights) / lengths)
  }
  const similarity = cosine(profile.grams)
  const nearest = samplesOf(profile.samples).reduce((most, sample) => Math.max(most, cosine(sample)), 0)
  const trusted = trust(profile.grams.messages) * (authoredChars / (authoredChars + halfTellingChars))
  const pulled = (distance: number): number => 0.5 + trusted * (distance - 0.5)
  return { similarity, distance: pulled(1 - similarity), leastDistance: pulled(1 - nearest) }
}

/** Ascending ids with a weight each. */
interface Sparse {
  readonly ids: ArrayLike<number>
  readonly weights: ArrayLike<number>
}

function lengthOf({ ids, weights }: Sparse, rarity: Float32Array): number {
  let squares = 0
  for (let index = 0; index < ids.length; index++) {
    const weight = (weights[index] ?? 0) * (rarity[ids[index] ?? 0] ?? 0)
    squares += weight * weight
  }
  return Math.sqrt(squares)
}

function product(one: Sparse, other: Sparse, rarity: Float32Array): number {
  let sum = 0
  let left = 0
  let right = 0
  while (left < one.ids.length && right < other.ids.length) {
    const id = one.ids[left] ?? 0
    const difference = id - (other.ids[right] ?? 0)
    if (difference === 0)
      sum += (one.weights[left] ?? 0) * (other.weights[right] ?? 0) * (rarity[id] ?? 0) ** 2
    if (difference <= 0) left += 1
    if (difference >= 0) right += 1
  }
  return sum
}
