import { characterClass, classOf, lowerOf } from './characters.ts'
import { cue, cuesOf } from './cue-words.ts'
import { mixesScripts } from './script.ts'
import { wordKind, type Words } from './scan-words.ts'

export interface TextFacts {
  readonly money: number
  readonly urgency: number
  readonly credential: number
  readonly unsubscribe: number
  readonly mixedScriptWords: number
  readonly upperShare: number
  readonly exclamations: number
}

/** Counts of hints by word, and how loud the text is. */
export function textFacts(words: Words): TextFacts {
  return { ...countCues(words), mixedScriptWords: countMixedScripts(words), ...loudness(words.text) }
}

function countCues({
  hashes,
  count
}: Words): Pick<TextFacts, 'money' | 'urgency' | 'credential' | 'unsubscribe'> {
  const counts = { money: 0, urgency: 0, credential: 0, unsubscribe: 0 }
  for (let index = 0; index < count; index += 1) {
    const bits = cuesOf(hashes[index] ?? 0)
    if (bits === 0) continue
    if ((bits & cue.money) !== 0) counts.money += 1
    if ((bits & cue.urgency) !== 0) counts.urgency += 1
    if ((bits & cue.credential) !== 0) counts.credential += 1
    if ((bits & cue.unsubscribe) !== 0) counts.unsubscribe += 1
  }
  return counts
}

/** Only a text with Cyrillic or Greek letters in it can mix them with Latin ones. */
const lookAlike = /[\u0370-\u052f]/u

function countMixedScripts({ text, count, kinds, starts, ends }: Words): number {
  if (!lookAlike.test(text)) return 0
  let mixed = 0
  for (let index = 0; index < count; index += 1) {
    if (kinds[index] === wordKind.word && mixesScripts(text, starts[index] ?? 0, ends[index] ?? 0)) mixed += 1
  }
  return mixed
}

const maxChars = 20_000

function loudness(text: string): Pick<TextFacts, 'upperShare' | 'exclamations'> {
  const end = Math.min(text.length, maxChars)
  let letters = 0
  let upper = 0
  let exclamations = 0
  for (let at = 0; at < end; at += 1) {
    const unit = text.charCodeAt(at)
    if (classOf[unit] === characterClass.letter) {
      letters += 1
      if (lowerOf[unit] !== unit) upper += 1
    } else if (unit === 0x21 || unit === 0xff01) exclamations += 1
  }
  return { upperShare: letters === 0 ? 0 : upper / letters, exclamations }
}
