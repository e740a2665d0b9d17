import { characterClass, classOf, lowerOf } from './characters.ts'
import { addUnit, emptyHash, finish, hash32 } from './public-hash.ts'

/** What stands at one place of a text. */
export const wordKind = { word: 0, masked: 1, gram: 2 } as const

/** Words in reading order, as hashes of their lower case: `hash32('hello')` is the hash of every spelling of it. */
export interface Words {
  readonly text: string
  readonly count: number
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly hashes: Uint32Array
  readonly kinds: Uint8Array
}

/** Of longer texts the start and the end are read: enough for habits and content, and padding at one end hides nothing. */
const headChars = 32_000
const tailChars = 16_000
/** Longer words are encoded data, not language; the longest German ones in use have about 40 letters. */
const maxWordLength = 40
/** `v1agra` and `mp3` are words, with any digit for the digit; more of a mixture is an identifier. */
const maxDigitsInWord = 2
const maxMixedLength = 12
export const anyDigit = 0x39

const masks = {
  link: hash32('\u0001link'),
  address: hash32('\u0001address'),
  long: hash32('\u0001long'),
  mixed: hash32('\u0001mixed'),
  emoji: hash32('\u0001emoji')
}
/** Numbers keep their length only: amounts, years, dates and ids must not become tokens. */
const numbers = Array.from({ length: 10 }, (_, digits) => hash32(`\u0001${'9'.repeat(digits)}`))

interface Scan {
  readonly text: string
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  readonly hashes: Uint32Array
  readonly kinds: Uint8Array
  count: number
}

/**
 * Splits text of any script into words. Links, addresses, numbers and encoded strings become masks; scripts without spaces give
 * overlapping pairs (Han, kana) or fours (Thai and its neighbours). One pass, no patterns, no copies of the text.
 */
export function scanWords(given: string): Words {
  const text = clip(given)
  // Every word takes a character at least.
  const room = text.length
  const scan: Scan = {
    text,
    starts: new Uint32Array(room),
    ends: new Uint32Array(room),
    hashes: new Uint32Array(room),
    kinds: new Uint8Array(room),
    count: 0
  }
  let at = 0
  while (at < text.length) {
    if (classOf[text.charCodeAt(at)] === characterClass.space) at += 1
    else at = scanRun(scan, at)
  }
  return scan
}

function clip(text: string): string {
  if (text.length <= headChars + tailChars) return text
  return `${text.slice(0, headChars)}\n${text.slice(-tailChars)}`
}

/** One run of visible characters: a link or an address as a whole, else the words in it. */
function scanRun(scan: Scan, start: number): number {
  const { text } = scan
  const firstWord = scan.count
  let mask = 0
  let at = start
  while (at < text.length) {
    const kind = classOf[text.charCodeAt(at)] ?? 0
    if (kind === characterClass.space) break
    if (kind === characterClass.other || kind === characterClass.invisible) {
      mask = maskAt(text, start, at) || mask
      at += 1
    } else at = scanWord(scan, at, kind)
  }
  if (mask !== 0) {
    scan.count = firstWord
    push(scan, start, at, mask, wordKind.masked)
  }
  return at
}

/** Does this sign make the run that it stands in a link or an address? */
function maskAt(text: string, start: number, at: number): number {
  const unit = text.charCodeAt(at)
  if (unit === 0x40) return at > start ? masks.address : 0
  if (unit === 0x2e) return endsWithWww(text, start, at) ? masks.link : 0
  return unit === 0x3a && text.startsWith('//', at + 1) ? masks.link : 0
}

/** `www.` starts a link without a scheme. */
function endsWithWww(text: string, start: number, at: number): boolean {
  return (
    at - start >= 3 &&
    lowerOf[text.charCodeAt(at - 1)] === 0x77 &&
    text.slice(at - 3, at).toLowerCase() === 'www'
  )
}

function scanWord(scan: Scan, start: number, kind: number): number {
  if (kind === characterClass.ideograph) return scanGrams(scan, start, kind, 2)
  if (kind === characterClass.unspaced) return scanGrams(scan, start, kind, 4)
  if (kind === characterClass.surrogate) {
    push(scan, start, start + 2, masks.emoji, wordKind.masked)
    return start + 2
  }
  return scanLetters(scan, start)
}

function scanLetters(scan: Scan, start: number): number {
  const { text } = scan
  let hash = emptyHash
  let digits = 0
  let at = start
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const kind = classOf[unit]
    if (kind === characterClass.digit) {
      digits += 1
      hash = addUnit(hash, anyDigit)
    } else if (kind === characterClass.letter || joins(text, at)) hash = addUnit(hash, lowerOf[unit] ?? unit)
    else break
  }
  const mask = digits === 0 && at - start <= maxWordLength ? 0 : maskOfMixture(at - start, digits)
  push(scan, start, at, mask === 0 ? finish(hash) : mask, mask === 0 ? wordKind.word : wordKind.masked)
  return at
}

function maskOfMixture(length: number, digits: number): number {
  if (digits === length) return numbers[Math.min(digits, 9)] ?? 0
  if (length > maxWordLength) return masks.long
  return digits > maxDigitsInWord || length > maxMixedLength ? masks.mixed : 0
}

/** An apostrophe between letters belongs to the word: don't, l'eau. */
function joins(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return (unit === 0x27 || unit === 0x2019) && classOf[text.charCodeAt(at + 1)] === characterClass.letter
}

function scanGrams(scan: Scan, start: number, kind: number, size: number): number {
  const { text } = scan
  let end = start + 1
  while (end < text.length && classOf[text.charCodeAt(end)] === kind) end += 1
  const last = Math.max(start, end - size)
  for (let at = start; at <= last; at += 1) {
    const until = Math.min(end, at + size)
    let hash = emptyHash
    for (let index = at; index < until; index += 1) hash = addUnit(hash, text.charCodeAt(index))
    push(scan, at, until, finish(hash), wordKind.gram)
  }
  return end
}

function push(scan: Scan, start: number, end: number, hash: number, kind: number): void {
  const { count } = scan
  scan.starts[count] = start
  scan.ends[count] = end
  scan.hashes[count] = hash
  scan.kinds[count] = kind
  scan.count = count + 1
}
