import type { Background } from '../../../service/features/background.ts'
import type { Profile } from '../../../service/profile/profile.ts'

/** For each profile the numbers of all others, the most similar writer first: cosine of the character n-gram centroids. */
export function nearestWriters(
  profiles: readonly Profile[],
  background: Background
): readonly (readonly number[])[] {
  const vectors = profiles.map(({ grams }) => {
    const entries = Array.from(grams.ids, (id, index): [number, number] => [
      id,
      (grams.weights[index] ?? 0) * (background.gramWeights[id] ?? 0)
    ])
    const length = Math.sqrt(entries.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1
    return new Map(entries.map(([id, weight]) => [id, weight / length]))
  })
  return vectors.map((own, index) => {
    const near = vectors.map((other, number) => ({
      number,
      similarity: number === index ? -1 : product(own, other)
    }))
    const others = near.filter(({ number }) => number !== index)
    return others
      .toSorted((a, b) => b.similarity - a.similarity || a.number - b.number)
      .map(({ number }) => number)
  })
}

function product(one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const [id, weight] of one) sum += weight * (other.get(id) ?? 0)
  return sum
}
