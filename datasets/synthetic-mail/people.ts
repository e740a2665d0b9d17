import type { Chance } from './chance.ts'
import type { LanguageCode, Lexicon } from './language.ts'
import { languageOf } from './languages.ts'
import type { Mailbox } from './mail.ts'
import { fillWords } from './spintax.ts'
import { hostWord, inventedWord } from './web-links.ts'

export interface Person extends Mailbox {
  readonly language: LanguageCode
  readonly given: string
  readonly family: string
}

export interface Company {
  readonly name: string
  readonly domain: string
}

const freeMail = [
  'posthaus.example',
  'mailbox.example',
  'webpost.example',
  'inboxly.example',
  'freemail.test',
  'letterbox.example'
]

/** Somebody who speaks this language, at the company or with a free mailbox. */
export function inventPerson(code: LanguageCode, chance: Chance, domain?: string): Person {
  const { lexicon } = languageOf(code)
  const [given, givenLatin] = named(chance.pick(lexicon.givenNames.split('|')))
  const [family, familyLatin] = named(chance.pick(lexicon.familyNames.split('|')))
  const name = lexicon.familyFirst ? `${family}${lexicon.sentenceGap}${given}` : `${given} ${family}`
  const local = localPart(hostWord(givenLatin), hostWord(familyLatin), chance)
  const address = `${local}@${domain ?? (chance.happens(0.45) ? chance.pick(freeMail) : inventCompany(lexicon, chance).domain)}`
  return { name, address, language: code, given, family }
}

export function inventCompany(lexicon: Lexicon, chance: Chance): Company {
  const [family, latin] = named(chance.pick(lexicon.familyNames.split('|')))
  const trade = chance.pick(lexicon.trades.split('|'))
  const city = chance.pick(lexicon.cities.split('|'))
  const name = fillWords(chance.pick(lexicon.companies.split('|')), { family, trade, city })
  const second = hostWord(trade) || inventedWord(chance)
  const label = chance.pick([
    `${hostWord(latin)}-${second}`,
    `${second}-${hostWord(latin)}`,
    `${hostWord(latin)}${chance.int(2, 99)}`
  ])
  return { name, domain: `${label}.example` }
}

function localPart(given: string, family: string, chance: Chance): string {
  return chance.pick([
    `${given}.${family}`,
    `${given}${chance.int(1, 99)}`,
    `${given.charAt(0)}.${family}`,
    family,
    given,
    `${given}_${family}`
  ])
}

/** `Имя:imya` → name and Latin spelling. */
function named(entry: string): [string, string] {
  const [name = '', latin] = entry.split(':')
  return [name, latin ?? name]
}
