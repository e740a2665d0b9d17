import { characterClass, classOf, lowerOf } from './characters.ts'
import { gramBuckets, wordBuckets, type ObservedStyle } from './observation.ts'
import type { Words } from './scan-words.ts'
import { wordKind } from './scan-words.ts'
import type { SplitBody } from './split-authored.ts'
import { styleRates } from './style-rates.ts'

const maxDistinctWords = 300
const maxGrams = 400
/** A cheaper hash than the one for words: it is taken twice per character. */
const gramPrime = 0x9e3779b1
const gramMask = gramBuckets - 1
/** The first pages of a text show its writer; a report of 50 pages would only cost time. */
const maxStyleChars = 8_000

/** How the sender writes, on the text between greeting and sign-off. `words` are those of `split.authored`. */
export function observeStyle(split: SplitBody, words: Words, functionWordShare: number): ObservedStyle {
  const { authored, coreStart, quoted } = split
  const coreEnd = Math.min(split.coreEnd, coreStart + maxStyleChars)
  const distinct = new Set<number>()
  let count = 0
  let letters = 0
  for (let index = 0; index < words.count; index += 1) {
    const start = words.starts[index] ?? 0
    if (start < coreStart) continue
    if (start >= coreEnd) break
    count += 1
    if (words.kinds[index] === wordKind.masked) continue
    const hash = words.hashes[index] ?? 0
    letters += (words.ends[index] ?? 0) - start
    if (distinct.size < maxDistinctWords) distinct.add(hash % wordBuckets)
  }
  const core = authored.slice(coreStart, coreEnd)
  const authoredChars = split.coreEnd - coreStart
  return {
    authoredChars,
    authoredWords: count,
    quotedFraction: quoted.length === 0 ? 0 : quoted.length / (quoted.length + authored.length),
    words: Array.from(Uint16Array.from(distinct).toSorted()),
    ...characterGrams(core),
    rates: styleRates(core, { words: count, letters, functionWordShare })
  }
}

/** Character 3- and 4-grams over lower case with single blanks and one sign for all digits; one pass, four characters in view. */
function characterGrams(text: string): Pick<ObservedStyle, 'grams' | 'gramCounts'> {
  const counts = new Uint16Array(gramBuckets)
  let length = 0
  let [first, second, three] = [0, blank, 0]
  for (let at = 0; at < text.length; at += 1) {
    const unit = normalised(text.charCodeAt(at))
    if (unit === blank && second === blank) continue
    length += 1
    if (length > 3) tally(counts, Math.imul(three ^ unit, gramPrime))
    three = Math.imul((first << 10) ^ (second << 5) ^ unit, gramPrime)
    if (length > 2) tally(counts, three)
    first = second
    second = unit
  }
  return heaviest(counts)
}

const blank = 0x20
const anyDigit = 0x39

function normalised(unit: number): number {
  const kind = classOf[unit]
  if (kind === characterClass.space) return blank
  return kind === characterClass.digit ? anyDigit : (lowerOf[unit] ?? unit)
}

function tally(counts: Uint16Array, hash: number): void {
  increment(counts, (hash ^ (hash >>> 15)) & gramMask)
}

function increment(counts: Uint16Array, bucket: number): void {
  counts[bucket] = (counts[bucket] ?? 0) + 1
}

const maxWeight = 64

/**
 * The heaviest buckets, ascending by number. Weights are counted instead of sorted: this runs for every message. Ties at the
 * threshold go to the lower numbers, so that the same text gives the same set.
 */
function heaviest(counts: Uint16Array): Pick<ObservedStyle, 'grams' | 'gramCounts'> {
  const { threshold, ties } = thresholdOf(counts)
  let tiesLeft = ties
  const grams: number[] = []
  const gramCounts: number[] = []
  for (let bucket = 0; bucket < gramBuckets; bucket += 1) {
    const weight = counts[bucket] ?? 0
    if (weight < threshold) continue
    if (weight === threshold || threshold === maxWeight) {
      if (tiesLeft === 0) continue
      tiesLeft -= 1
    }
    grams.push(bucket)
    gramCounts.push(weight)
  }
  return { grams, gramCounts }
}

/** From which weight on a bucket is kept, and how many of exactly that weight. */
function thresholdOf(counts: Uint16Array): { readonly threshold: number; readonly ties: number } {
  const ofWeight = new Uint16Array(maxWeight + 1)
  for (let bucket = 0; bucket < gramBuckets; bucket += 1) {
    const weight = counts[bucket] ?? 0
    if (weight > 0) increment(ofWeight, weight < maxWeight ? weight : maxWeight)
  }
  let threshold = maxWeight
  let above = 0
  while (threshold > 1 && above + (ofWeight[threshold] ?? 0) <= maxGrams) {
    above += ofWeight[threshold] ?? 0
    threshold -= 1
  }
  return { threshold, ties: maxGrams - above }
}
