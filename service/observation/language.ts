import { languageCodes, languagesOfWord } from './function-words.ts'
import { wordKind, type Words } from './scan-words.ts'
import type { ScriptName } from './script.ts'

/** More text makes the answer slower, not better. */
const maxWords = 400
/** A word of one language alone counts one, of k languages 1/k; less than this is chance. */
const minWeight = 1.5

/** A script that one language dominates needs no words. */
const languageOfScript: Partial<Record<ScriptName, string>> = {
  thai: 'th', hangul: 'ko', kana: 'ja', han: 'zh', greek: 'el', hebrew: 'he', arabic: 'ar', devanagari: 'hi',
  georgian: 'ka', armenian: 'hy'
} // prettier-ignore

export interface LanguageReading {
  /** ISO 639-1 code; '' if the text is too short to tell. */
  readonly language: string
  /** Share of grammatical words in the text. */
  readonly functionWordShare: number
}

/** Language by the function words that the scanner has already hashed: no tables of n-grams, next to no time. */
export function readLanguage(words: Words, script: ScriptName): LanguageReading {
  const weights = new Float64Array(languageCodes.length)
  let total = 0
  let functional = 0
  const end = Math.min(words.count, maxWords)
  for (let index = 0; index < end; index += 1) {
    if (words.kinds[index] === wordKind.masked) continue
    total += 1
    const languages = languagesOfWord.get(words.hashes[index] ?? 0)
    if (!languages) continue
    functional += 1
    for (const language of languages) weights[language] = (weights[language] ?? 0) + 1 / languages.length
  }
  const functionWordShare = total === 0 ? 0 : functional / total
  const known = languageOfScript[script]
  if (known !== undefined) return { language: known, functionWordShare }
  const best = weights.indexOf(Math.max(...weights))
  const language = (weights[best] ?? 0) < minWeight ? '' : (languageCodes[best] ?? '')
  return { language, functionWordShare }
}
