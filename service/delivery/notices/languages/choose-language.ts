import { topmostValue } from '../../../message/header-block.ts'
import { english } from './en.ts'
import { french } from './fr.ts'
import { german } from './de.ts'
import { portuguese } from './pt.ts'
import { spanish } from './es.ts'
import { thai } from './th.ts'
import type { NoticeLanguage } from './notice-language.ts'

export const noticeLanguages: readonly NoticeLanguage[] = [english, german, thai, spanish, french, portuguese]

/**
 * The language that the sender reads: as its mail program says (Accept-Language, Content-Language: RFC 3282), else the one the message is
 * written in, else English. `written` is an ISO 639 code, '' for unknown.
 */
export function chooseLanguage(raw: Uint8Array, written: string): NoticeLanguage {
  const named = ['accept-language', 'content-language'].flatMap((field) =>
    ranked(topmostValue(raw, field) ?? '')
  )
  for (const code of [...named, written]) {
    const known = noticeLanguages.find((language) => language.code === code)
    if (known !== undefined) return known
  }
  return english
}

/** A field is as long as its writer wishes; nobody reads this many languages. */
const maxRanges = 10

/** Primary subtags, the best first: `de-AT, en;q=0.5` → `de`, `en`. */
function ranked(value: string): readonly string[] {
  return value
    .slice(0, 500)
    .split(',')
    .slice(0, maxRanges)
    .map((range) => {
      const [tag = '', ...parameters] = range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/u)
      const quality = parameters.find((one) => one.startsWith('q='))
      return { code: tag.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ code }) => code)
}
