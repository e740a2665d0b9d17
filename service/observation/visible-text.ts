import { isInvisible } from './characters.ts'

export interface VisibleText {
  readonly text: string
  /** Characters that nobody sees, taken out, and mathematical letters that pose as plain ones. */
  readonly invisible: number
}

/** Nothing outside of these folds or hides: ASCII, accented Latin, Cyrillic, common punctuation, kana, Han, Hangul. */
const plain =
  /^[\n\r\t\f -~\u00c0-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u0400-\u052f\u2013\u2014\u2018-\u201f\u2022\u20ac\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]*$/u
const highMathematical = 0xd835

/** What the eye reads: compatibility forms folded (NFKC: 𝐁𝐚𝐧𝐤 is Bank), invisible characters removed and counted. */
export function toVisibleText(text: string): VisibleText {
  if (plain.test(text)) return { text, invisible: 0 }
  const folded = text.normalize('NFKC')
  let disguised = 0
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) === highMathematical) disguised += 1
  const pieces: string[] = []
  let from = 0
  for (let at = 0; at < folded.length; at += 1) {
    if (!isInvisible(folded.charCodeAt(at))) continue
    pieces.push(folded.slice(from, at))
    from = at + 1
  }
  if (pieces.length === 0) return { text: folded, invisible: disguised }
  const invisible = pieces.length + disguised
  pieces.push(folded.slice(from))
  return { text: pieces.join(''), invisible }
}
