import { attackText, themesOf, threadLine } from '../../datasets/synthetic-mail/attack-text.ts'
import { createChance, type Chance } from '../../datasets/synthetic-mail/chance.ts'
import { generateHistory } from '../../datasets/synthetic-mail/history.ts'
import type { LanguageCode } from '../../datasets/synthetic-mail/language.ts'
import type { MessagePlan } from '../../datasets/synthetic-mail/mail.ts'
import { inventPerson } from '../../datasets/synthetic-mail/people.ts'
import { createPersonas, type Persona } from '../../datasets/synthetic-mail/persona.ts'

/** Words of a bad message without any headers. `\n` line ends, paragraphs unwrapped. */
export interface BadText {
  readonly subject: string
  readonly text: string
}

/** Where bad words come from. */
export interface BadTexts {
  /** A1, A2 and A3 want a link or bait; A5 has no link. */
  letter(family: 'A1' | 'A3' | 'A5', language: LanguageCode, chance: Chance): BadText
  /** What is slipped into a real thread: a link, or a bank account. */
  line(language: LanguageCode, chance: Chance): string
}

/** A real bad text and the language that it is in. */
export interface RealBadText extends BadText {
  readonly language: string
  readonly hasLink: boolean
}

export interface BadTextsOptions {
  readonly seed: string
  /** Used for half of the letters in their language. */
  readonly real?: readonly RealBadText[]
}

const personasPerLanguage = 6
/** Thieves of mailboxes in any country write English now and then. */
const englishShare = 0.1

/** Invented texts in thirteen languages, written anew for every message, and real ones. */
export function createBadTexts({ seed, real = [] }: BadTextsOptions): BadTexts {
  const writers = new Map<LanguageCode, readonly Writer[]>()
  const pools = new Map<string, readonly RealBadText[]>()
  function writer(language: LanguageCode, chance: Chance): Writer {
    const known = writers.get(language) ?? createWriters(`${seed} ${language}`, language)
    writers.set(language, known)
    return chance.pick(known)
  }
  function poolOf(language: LanguageCode, family: 'A1' | 'A3' | 'A5'): readonly RealBadText[] {
    const key = `${language} ${family === 'A5'}`
    const pool =
      pools.get(key) ??
      real.filter((text) => text.language === language && (family !== 'A5' || !text.hasLink))
    pools.set(key, pool)
    return pool
  }
  return {
    letter(family, wanted, chance) {
      const language = chance.happens(englishShare) ? 'en' : wanted
      const pool = poolOf(language, family)
      if (pool.length >= 20 && chance.happens(0.5)) return chance.pick(pool)
      const { persona, plan } = writer(language, chance)
      const reader = inventPerson(language, chance)
      const { subject, text } = attackText({
        theme: chance.pick(themesOf(family)), language, base: plan, victim: persona, knowledge: 'M0', chance,
        reader: chance.happens(0.5) ? { ...reader, given: '', family: '' } : reader
      }) // prettier-ignore
      return { subject, text }
    },
    line(language, chance) {
      const { persona, plan } = writer(language, chance)
      return threadLine(persona, plan, chance).bare
    }
  }
}

interface Writer {
  readonly persona: Persona
  readonly plan: MessagePlan
}

function createWriters(seed: string, language: LanguageCode): readonly Writer[] {
  const personas = createPersonas({ seed, count: personasPerLanguage, languages: [language] })
  const chance = createChance(seed)
  return personas.flatMap((persona) => {
    const days = Math.min(30, Math.ceil(6 / persona.messagesPerDay))
    const mail = generateHistory(persona, { from: Date.UTC(2026, 1, 2), days })
    return mail.length === 0 ? [] : [{ persona, plan: chance.pick(mail).plan }]
  })
}
