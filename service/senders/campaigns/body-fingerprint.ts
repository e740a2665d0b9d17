import { languagesOfWord } from '../../observation/function-words.ts'
import { wordBuckets, type Observation } from '../../observation/observation.ts'
import { combine } from '../../observation/public-hash.ts'

/** 64 bytes as base64url: what a body looks like to `likeness`. It shows no word, and two bodies that say nearly the same have nearly the same. */
export type Fingerprint = string

const bins = 64
const bandRows = 4
export const bandCount = 6

/** Fewer words than this, besides those of grammar, are "thanks, see you then": many people write the same and mean nothing by it. */
const minWords = 20

const grammar: ReadonlySet<number> = new Set(Array.from(languagesOfWord.keys(), (hash) => hash % wordBuckets))

/**
 * Of the authored words: what is quoted or carried along below a forward mark is somebody else's, and whoever passes a bad message on to
 * the abuse desk is no part of its campaign. null if there is too little text to recognise again. Words of grammar are left out: they make
 * any two texts of a language alike. One-permutation MinHash (Li, Owen, Zhang, NIPS 2012) with a byte a bin (Li and König, CACM 2011);
 * empty bins take the next full one's value (Shrivastava and Li, ICML 2014).
 */
export function fingerprintOf({ style }: Observation): Fingerprint | null {
  const words = style.words.filter((word) => !grammar.has(word))
  if (words.length < minWords) return null
  const least = new Float64Array(bins).fill(Infinity)
  for (const word of words) {
    const hash = combine(word, salt)
    const bin = hash % bins
    if (hash < (least[bin] ?? 0)) least[bin] = hash
  }
  const sketch = new Uint8Array(bins)
  for (let bin = 0; bin < bins; bin += 1) sketch[bin] = byteOf(least, bin)
  return Buffer.from(sketch.buffer).toString('base64url')
}

const salt = 0x51ce_b0d1

function byteOf(least: Float64Array, bin: number): number {
  let away = 0
  while (away < bins - 1 && least[(bin + away) % bins] === Infinity) away += 1
  return combine(least[(bin + away) % bins] ?? 0, away) & 0xff
}

export function sketchOf(fingerprint: Fingerprint): Uint8Array {
  return Buffer.from(fingerprint, 'base64url')
}

/** The share of equal bins: an estimate of how many of both bodies' words they have in common (Jaccard), ± 0.06. */
export function likeness(one: Uint8Array, other: Uint8Array): number {
  let equal = 0
  for (let bin = 0; bin < bins; bin += 1) if (one[bin] === other[bin]) equal += 1
  return equal / bins
}

/**
 * Where to look for bodies that are alike: 6 numbers below 2^32 of 4 bins each. Of two bodies with 55 % of their words in common 44 %
 * share a number, with 70 % 81 %, with 80 % 96 %; of strangers (5 %) one in 27,000.
 */
export function bandsOf(sketch: Uint8Array): readonly number[] {
  return Array.from({ length: bandCount }, (_, band) => {
    const first = band * bandRows
    const word =
      ((sketch[first] ?? 0) << 24) |
      ((sketch[first + 1] ?? 0) << 16) |
      ((sketch[first + 2] ?? 0) << 8) |
      (sketch[first + 3] ?? 0)
    return combine(word >>> 0, band)
  })
}
