import { characterClass, classOf, lowerOf } from './characters.ts'
import { rateNames, type RateName } from './observation.ts'

/** What the word scanner already knows of the same text. */
export interface WordTotals {
  readonly words: number
  readonly letters: number
  readonly functionWordShare: number
}

/** One habit, and the signs that scripts have for it. */
const signs = {
  comma: ',，、،',
  period: '.。',
  exclamation: '!！',
  question: '?？؟',
  colon: ':：',
  semicolon: ';；',
  dash: '-–—',
  parenthesis: '(（',
  quote: '"“„«「',
  apostrophe: "'’"
} as const
type MarkName = keyof typeof signs
const markNames = ['none', ...Object.keys(signs)]
/** By code unit: the place of its habit in `markNames`. */
const markOf = new Uint8Array(65_536)
for (const [name, units] of Object.entries(signs)) {
  for (const sign of units) markOf[sign.charCodeAt(0)] = markNames.indexOf(name)
}

interface Counts {
  letters: number
  upper: number
  upperWords: number
  caseWords: number
  sentences: number
  lowerSentences: number
  emoji: number
  doubleSpaces: number
  blankLines: number
  lines: number
  digits: number
  ellipses: number
  readonly marks: Uint32Array
}

/** Habits of punctuation and case by `rateNames`; 0 throughout for an empty text. */
export function styleRates(text: string, totals: WordTotals): readonly number[] {
  const counts = countSigns(text)
  const per100 = (count: number): number => (text.length === 0 ? 0 : Math.min(1, count / text.length) * 100)
  const mark = (name: MarkName): number => per100(counts.marks[markNames.indexOf(name)] ?? 0)
  const rates: Record<RateName, number> = {
    comma: mark('comma'),
    period: mark('period'),
    exclamation: mark('exclamation'),
    question: mark('question'),
    colon: mark('colon'),
    semicolon: mark('semicolon'),
    dash: mark('dash'),
    ellipsis: per100(counts.ellipses),
    parenthesis: mark('parenthesis'),
    quote: mark('quote'),
    apostrophe: mark('apostrophe'),
    digit: share(counts.digits, text.length),
    upper: share(counts.upper, counts.letters),
    upperWord: share(counts.upperWords, counts.caseWords),
    lowerSentence: share(counts.lowerSentences, counts.sentences),
    emoji: per100(counts.emoji),
    doubleSpace: per100(counts.doubleSpaces),
    blankLine: share(counts.blankLines, counts.lines),
    functionWord: totals.functionWordShare,
    wordLength: totals.words === 0 ? 0 : Math.min(1, totals.letters / totals.words / 20),
    sentenceLength: Math.min(1, totals.words / Math.max(1, counts.sentences) / 50)
  }
  return rateNames.map((name) => rates[name])
}

function share(count: number, of: number): number {
  return of === 0 ? 0 : Math.min(1, count / of)
}

const sentenceEnds = new Set(Array.from('.!?。！？؟', (sign) => sign.charCodeAt(0)))

function countSigns(text: string): Counts {
  const counts: Counts = {
    letters: 0, upper: 0, upperWords: 0, caseWords: 0, sentences: 0, lowerSentences: 0, emoji: 0, doubleSpaces: 0,
    blankLines: 0, lines: 1, digits: 0, ellipses: 0, marks: new Uint32Array(markNames.length)
  } // prettier-ignore
  let atSentence = true
  let wordLetters = 0
  let wordUpper = 0
  let last = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const kind = classOf[unit] ?? 0
    if (kind === characterClass.letter) {
      const isUpper = lowerOf[unit] !== unit
      counts.letters += 1
      wordLetters += 1
      if (isUpper) wordUpper += 1
      if (atSentence) startSentence(counts, isUpper)
      atSentence = false
    } else {
      if (wordLetters > 1) endWord(counts, wordLetters, wordUpper)
      counts.upper += wordUpper
      wordLetters = 0
      wordUpper = 0
      countSign(counts, unit, kind, last)
      if (sentenceEnds.has(unit)) atSentence = true
    }
    last = unit
  }
  if (wordLetters > 1) endWord(counts, wordLetters, wordUpper)
  counts.upper += wordUpper
  return counts
}

function startSentence(counts: Counts, isUpper: boolean): void {
  counts.sentences += 1
  if (!isUpper) counts.lowerSentences += 1
}

function endWord(counts: Counts, letters: number, upper: number): void {
  counts.caseWords += 1
  if (upper === letters) counts.upperWords += 1
}

function countSign(counts: Counts, unit: number, kind: number, last: number): void {
  if (kind === characterClass.space) countBlank(counts, unit, last)
  else if (kind === characterClass.digit) counts.digits += 1
  else if (kind === characterClass.surrogate) counts.emoji += unit < 0xdc00 ? 1 : 0
  else {
    if (unit === 0x2026 || (unit === 0x2e && last === 0x2e)) counts.ellipses += 1
    const mark = markOf[unit] ?? 0
    counts.marks[mark] = (counts.marks[mark] ?? 0) + 1
  }
}

function countBlank(counts: Counts, unit: number, last: number): void {
  if (unit === 0x0a) {
    counts.lines += 1
    if (last === 0x0a) counts.blankLines += 1
  } else if (unit === 0x20 && last === 0x20) counts.doubleSpaces += 1
}
