/** One message as the content model sees it. */
export interface ContentExample {
  readonly id: string
  readonly source: string
  readonly isBad: boolean
  /** Thread, campaign or mailbox; '' where none is known. */
  readonly group: string
  readonly tokens: Uint32Array
  /** null for a passage: it stands where the mean structure would. */
  readonly structure: Float32Array | null
  /** 0 to 1: how sure it is what it was. Default 1. */
  readonly weight?: number
}

/** The part of its class that a source speaks for, however many messages it has. Sources that are not named get `other`. */
export type SourceShares = Readonly<Record<string, number>>

/**
 * Weight per example: classes are even, sources within a class stand as `shares` say (so that no corpus dominates), and within a
 * source a cluster of near-duplicates counts as the square root of its size. A source that is unsure of its labels has less to say. Mean 1.
 */
export function weighExamples(
  examples: readonly ContentExample[],
  cluster: Int32Array,
  shares: SourceShares
): Float32Array {
  const sizes = new Map<number, number>()
  for (const root of cluster) sizes.set(root, (sizes.get(root) ?? 0) + 1)
  const sure = examples.map((_, index) => 1 / Math.sqrt(sizes.get(cluster[index] ?? -1) ?? 1))
  const raw = examples.map(({ weight = 1 }, index) => weight * (sure[index] ?? 0))
  const keys = examples.map(({ source, isBad }) => `${isBad ? 'bad' : 'honest'} ${source}`)
  const sums = sumsBy(keys, raw)
  const sureSums = sumsBy(keys, sure)
  const shareOf = (key: string): number => {
    const share = shares[key.slice(key.indexOf(' ') + 1)] ?? shares['other'] ?? 1
    return (share * (sums.get(key) ?? 0)) / (sureSums.get(key) ?? 1)
  }
  const classSums = new Map<string, number>()
  for (const key of sums.keys()) {
    const label = key.split(' ')[0] ?? ''
    classSums.set(label, (classSums.get(label) ?? 0) + shareOf(key))
  }
  return Float32Array.from(raw, (weight, index) => {
    const key = keys[index] ?? ''
    const classShare = shareOf(key) / (classSums.get(key.split(' ')[0] ?? '') ?? 1)
    return (weight / (sums.get(key) ?? 1)) * classShare * (examples.length / 2)
  })
}

function sumsBy(keys: readonly string[], values: readonly number[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [index, key] of keys.entries()) sums.set(key, (sums.get(key) ?? 0) + (values[index] ?? 0))
  return sums
}
