import { contentBuckets } from './observation.ts'

/** Distinct buckets in order of arrival, up to a bound; a bit field instead of a Set, for it is asked thousands of times a message. */
export interface TokenSet {
  readonly add: (bucket: number) => void
  readonly size: () => number
  readonly ascending: () => number[]
}

export function createTokenSet(maxTokens: number): TokenSet {
  const bits = new Uint32Array(contentBuckets / 32)
  /** One bit for each word of `bits` that holds anything: most hold nothing. */
  const used = new Uint32Array(bits.length / 32)
  let size = 0
  return {
    add: (bucket) => {
      const word = bucket >>> 5
      const bit = 1 << (bucket & 31)
      const before = bits[word] ?? 0
      if ((before & bit) !== 0 || size >= maxTokens) return
      bits[word] = before | bit
      used[word >>> 5] = (used[word >>> 5] ?? 0) | (1 << (word & 31))
      size += 1
    },
    size: () => size,
    ascending: () => {
      const found: number[] = []
      for (let index = 0; index < used.length; index += 1) {
        eachBit(used[index] ?? 0, index * 32, (word) => {
          eachBit(bits[word] ?? 0, word * 32, (bucket) => found.push(bucket))
        })
      }
      return found
    }
  }
}

function eachBit(bits: number, offset: number, visit: (place: number) => void): void {
  for (let left = bits; left !== 0; left &= left - 1) visit(offset + 31 - Math.clz32(left & -left))
}
