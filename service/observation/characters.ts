/** What a character is to the word scanner. */
export const characterClass = {
  other: 0,
  space: 1,
  letter: 2,
  digit: 3,
  /** Han, kana and the like: written without spaces, a character is nearly a word. */
  ideograph: 4,
  /** Thai, Lao, Khmer, Burmese: written without spaces, a character is a letter. */
  unspaced: 5,
  /** Half of a surrogate pair: emoji, mostly. */
  surrogate: 6,
  /** Seen by nobody: zero-width characters and soft hyphens. */
  invisible: 7
} as const

const letter = /[\p{L}\p{M}]/u
const ideograph = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}]/u
const unspaced = /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const space = /\s/u
const digit = /[0-9]/u
const surrogate = /[\ud800-\udfff]/u
/** Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width marks, direction marks, joiners, byte order mark. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u

/** By UTF-16 code unit: testing a pattern per character would cost a hundred times more. */
export const classOf: Uint8Array = Uint8Array.from({ length: 65_536 }, (_, unit) => classify(unit))

/** The lower case of a code unit, itself where it has none of one unit. */
export const lowerOf: Uint16Array = Uint16Array.from({ length: 65_536 }, (_, unit) => {
  const lower = String.fromCharCode(unit).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : unit
})

export function isInvisible(unit: number): boolean {
  return classOf[unit] === characterClass.invisible
}

/** A letter of any script, with or without spaces between words. */
export function isLetter(unit: number): boolean {
  const kind = classOf[unit]
  return (
    kind === characterClass.letter || kind === characterClass.ideograph || kind === characterClass.unspaced
  )
}

function classify(unit: number): number {
  const character = String.fromCharCode(unit)
  if (surrogate.test(character)) return characterClass.surrogate
  if (invisible.test(character)) return characterClass.invisible
  if (space.test(character)) return characterClass.space
  if (digit.test(character)) return characterClass.digit
  if (ideograph.test(character)) return characterClass.ideograph
  if (unspaced.test(character)) return characterClass.unspaced
  return letter.test(character) ? characterClass.letter : characterClass.other
}
