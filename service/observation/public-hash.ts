const fnvOffset = 0x811c9dc5
const fnvPrime = 0x01000193

/**
 * The fixed hash of model tokens: the same in every installation, so that bundled weights fit. FNV-1a over UTF-16 code units with
 * MurmurHash3's finalizer, which spreads short texts over the low bits.
 */
export function publicHash(text: string, buckets: number): number {
  return hash32(text) % buckets
}

export function hash32(text: string): number {
  let hash = fnvOffset
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), fnvPrime)
  return finish(hash)
}

/** For hashing where no string exists yet: start, then one `addUnit` per code unit, then `finish`. */
export const emptyHash = fnvOffset

export function addUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, fnvPrime)
}

export function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Two hashes into one; the order counts. */
export function combine(first: number, second: number): number {
  return finish(Math.imul(first, 0x9e3779b1) + second)
}
