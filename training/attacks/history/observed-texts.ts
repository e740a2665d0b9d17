import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { LanguageCode } from '../../../datasets/synthetic-mail/language.ts'
import { encodeWords } from '../../../datasets/synthetic-mail/mime-writer.ts'
import type { Observation } from '../../../service/observation/observation.ts'
import { observeMail } from '../../observe-mail.ts'
import type { BadText, BadTexts } from '../bad-texts.ts'
import { createThieves } from '../thieves.ts'
import type { ReadMail } from '../victim.ts'

/** Bad words and foreign programs as observations: history keeps no text that they could be written into. */
export interface ObservedTexts {
  /** null: it could not be read, which is a fault of the text. */
  letter(family: 'A1' | 'A3' | 'A5', language: LanguageCode, chance: Chance): Promise<Observation | null>
  /** What is slipped into a thread. */
  line(language: LanguageCode, chance: Chance): Promise<Observation | null>
  /** A message out of a thief's own program. */
  thief(isAnswer: boolean, chance: Chance): Promise<Observation | null>
}

/** `texts`: as for attacks that are written as mail. The same seed gives the same thieves. */
export function createObservedTexts(texts: BadTexts, seed: number): ObservedTexts {
  const drawThief = createThieves(`simulation ${seed}`, [])
  const programs = new Map<ReadMail, Promise<Observation | null>>()
  return {
    letter: (family, language, chance) => observeText(texts.letter(family, language, chance)),
    line: (language, chance) => observeText({ subject: '', text: texts.line(language, chance) }),
    thief(isAnswer, chance) {
      const drawn = drawThief(isAnswer, chance)?.mail
      if (drawn === undefined) return Promise.resolve(null)
      const known = programs.get(drawn) ?? observeProgram(drawn)
      programs.set(drawn, known)
      return known
    }
  }
}

/** The least mail that carries a text: the headers that it goes under come later. */
function observeText({ subject, text }: BadText): Promise<Observation | null> {
  const head = [
    'From: thief@sender.example',
    'To: reader@recipient.example',
    ...(subject === '' ? [] : [`Subject: ${encodeWords(subject.replaceAll(/\s+/gu, ' '), { headerEncoding: 'B' })}`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit'
  ]
  const raw = `${head.join('\r\n')}\r\n\r\n${text.replaceAll(/\r?\n/gu, '\r\n')}\r\n`
  return observeMail(Buffer.from(raw, 'utf8').toString('latin1'))
} // prettier-ignore

function observeProgram({ line: { raw, client, receivedAt, sender } }: ReadMail): Promise<Observation | null> {
  return observeMail(Buffer.from(raw).toString('latin1'), { client, receivedAt, sender })
} // prettier-ignore
