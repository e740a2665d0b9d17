import { characterClass, classOf, isLetter } from './characters.ts'

export type ScriptName =
  | '' | 'latin' | 'cyrillic' | 'greek' | 'han' | 'kana' | 'hangul' | 'thai' | 'arabic' | 'hebrew' | 'devanagari'
  | 'armenian' | 'georgian' | 'other' | 'mixed' // prettier-ignore

/** First code unit behind each script's main block, in order; what stands between is `other`. */
const blocks: readonly (readonly [from: number, to: number, name: ScriptName])[] = [
  [0x41, 0x24f, 'latin'],
  [0x370, 0x3ff, 'greek'],
  [0x400, 0x52f, 'cyrillic'],
  [0x530, 0x58f, 'armenian'],
  [0x590, 0x5ff, 'hebrew'],
  [0x600, 0x77f, 'arabic'],
  [0x900, 0x97f, 'devanagari'],
  [0xe00, 0xe7f, 'thai'],
  [0x10a0, 0x10ff, 'georgian'],
  [0x1e00, 0x1eff, 'latin'],
  [0x1f00, 0x1fff, 'greek'],
  [0x3040, 0x30ff, 'kana'],
  [0x3400, 0x9fff, 'han'],
  [0xac00, 0xd7af, 'hangul']
]
const names: readonly ScriptName[] = [...new Set(blocks.map(([, , name]) => name)), 'other']
const indexOf: Uint8Array = Uint8Array.from({ length: 65_536 }, (_, unit) => {
  const block = blocks.find(([from, to]) => unit >= from && unit <= to)
  return names.indexOf(block?.[2] ?? 'other')
})

const maxChars = 2_000

/** The script of most letters; `mixed` where two share the text evenly; '' without letters. */
export function scriptOf(text: string): ScriptName {
  const counts = countScripts(text)
  let letters = 0
  let best = 0
  for (const [index, count] of counts.entries()) {
    letters += count
    if (count > (counts[best] ?? 0)) best = index
  }
  if (letters === 0) return ''
  // Japanese mixes kana with Han: a text is Japanese as soon as a fifth of it is kana.
  if ((counts[names.indexOf('kana')] ?? 0) * 5 >= letters) return 'kana'
  return (counts[best] ?? 0) * 10 >= letters * 7 ? (names[best] ?? 'other') : 'mixed'
}

function countScripts(text: string): Uint32Array {
  const counts = new Uint32Array(names.length)
  const end = Math.min(text.length, maxChars)
  for (let at = 0; at < end; at += 1) {
    const unit = text.charCodeAt(at)
    if (!isLetter(unit)) continue
    const index = indexOf[unit] ?? 0
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

/** Does one word mix Latin with Cyrillic or Greek letters? Nobody writes so but those who imitate. */
export function mixesScripts(text: string, start: number, end: number): boolean {
  let latin = false
  let lookAlike = false
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at)
    if (classOf[unit] !== characterClass.letter) continue
    const name = names[indexOf[unit] ?? 0]
    if (name === 'latin') latin = true
    else if (name === 'cyrillic' || name === 'greek') lookAlike = true
  }
  return latin && lookAlike
}
