import type { Chance } from '../../datasets/synthetic-mail/chance.ts'
import { readableText } from './writer/mail-template.ts'
import { layOutLike, wrapClassOf } from './writer/lay-out-text.ts'
import { isAnswer, recipientsOf, subjectOf, type ReadMail } from './victim.ts'

const draws = 24

/**
 * Somebody else's message that fits the place of `next` without bending its headers: an answer for an answer, signs that its charset and subject need
 * too, people enough for its To and Cc, lines as long. The best of a few where none fits.
 */
export function fittingMail(mail: readonly ReadMail[], next: ReadMail, chance: Chance): ReadMail | null {
  let best: { readonly mail: ReadMail; readonly fit: number } | null = null
  for (let draw = 0; draw < draws && mail.length > 0; draw += 1) {
    const drawn = chance.pick(mail)
    const fit = fitOf(drawn, next)
    if (best === null || fit > best.fit) best = { mail: drawn, fit }
    if (fit === perfectFit) break
  }
  return best?.mail ?? null
}

const perfectFit = 5

function fitOf(mail: ReadMail, next: ReadMail): number {
  const [text, own] = [readableText(mail.template), readableText(next.template)]
  const { plain } = next.template
  const likeness = [
    isAnswer(mail) === isAnswer(next),
    isAscii(subjectOf(mail)) === isAscii(subjectOf(next)),
    isAscii(text) === isAscii(own),
    recipientsOf(mail).length >= recipientFields(next),
    plain === null || wrapClassOf(layOutLike(text, plain)) === wrapClassOf(own)
  ]
  return likeness.filter(Boolean).length
}

function isAscii(text: string): boolean {
  return !/[^\n\t\r\x20-\x7e]/u.test(text)
}

/** How many people it takes to fill To and Cc. */
export function recipientFields({ template: { fields } }: ReadMail): number {
  return new Set(fields.map(({ lowerName }) => lowerName).filter((name) => name === 'to' || name === 'cc'))
    .size
}
