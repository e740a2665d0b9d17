/** Reproducible chance: the same seed gives the same mail on every machine. */
export interface Chance {
  /** In [0, 1). */
  number(): number
  /** Whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  happens(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** Index drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number
  /** How many events, when `mean` are expected (Knuth's method; means here are small). */
  poisson(mean: number): number
  text(length: number, alphabet: string): string
  bytes(length: number): Uint8Array
  /** An independent stream that only depends on this seed and the label. */
  fork(label: string): Chance
}

export const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function createChance(seed: string): Chance {
  const number = generator(hash32(seed))
  const int = (min: number, max: number): number => min + Math.floor(number() * (max - min + 1))
  function pick<T>(list: readonly T[]): T {
    const item = list[int(0, list.length - 1)]
    if (item === undefined) throw new Error('pick: the list is empty')
    return item
  }
  function weighted(weights: readonly number[]): number {
    let left = number() * weights.reduce((sum, weight) => sum + weight, 0)
    const found = weights.findIndex((weight) => (left -= weight) < 0)
    return found < 0 ? weights.length - 1 : found
  }
  function poisson(mean: number): number {
    const limit = Math.exp(-mean)
    let events = 0
    for (let product = number(); product > limit; product *= number()) events += 1
    return events
  }
  return {
    number,
    int,
    happens: (probability) => number() < probability,
    pick,
    weighted,
    poisson,
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join(''),
    bytes: (length) => Uint8Array.from({ length }, () => int(0, 255)),
    fork: (label) => createChance(`${seed}\n${label}`)
  }
}

/** FNV-1a over UTF-16 units with a final avalanche (MurmurHash3's fmix32), so that near seeds give unlike streams. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** mulberry32: 32 bits of state, passes the usual tests for this purpose. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
