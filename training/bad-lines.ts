import type { LabelledMail } from '../datasets/labelled-mail.ts'
import { threadLine } from '../datasets/synthetic-mail/attack-text.ts'
import { createChance } from '../datasets/synthetic-mail/chance.ts'
import { generateHistory } from '../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../datasets/synthetic-mail/persona.ts'
import { parseMessage } from '../service/parse/parse-message.ts'
import { bodyStart, isPlainText } from './plain-mail.ts'

/** A line, and the campaign or persona that it is from. */
export interface BadLine {
  readonly text: string
  readonly origin: string
}

/** Paragraphs of plain-text spam that ask for something, at most `each` of a message. */
export function spamLines(spam: readonly LabelledMail[], each: number): readonly BadLine[] {
  return spam.flatMap(({ raw, group, id }) =>
    askingParagraphs(raw)
      .slice(0, each)
      .map((text) => ({ text, origin: group || id }))
  )
}

/**
 * A paragraph of each real phishing message with the link that it wants clicked, which nothing has learned from: for measuring. Read as people
 * see them, as most of it is HTML; a message without a link gives none, as its paragraphs alone harm nobody.
 */
export async function collectPhishingLines(phishing: readonly LabelledMail[]): Promise<readonly BadLine[]> {
  const lines: BadLine[] = []
  for (const { raw, id } of phishing) {
    const outcome = await parseMessage(Buffer.from(raw, 'latin1'))
    if (outcome.kind !== 'parsed') continue
    const { text, htmlText, links } = outcome.message
    const seen = text.trim() === '' ? htmlText : text
    const link = links.find(({ href }) => /^https?:/iu.test(href))?.href.slice(0, 120)
    const [line] = asking(seen.split(/\n\s*\n/u))
    if (line !== undefined && link !== undefined) lines.push({ text: `${line}\n${link}`, origin: id })
  }
  return lines
}

/** English lines that a thief slips into a thread, invented. */
export function inventedLines(seed: string): readonly BadLine[] {
  const chance = createChance(seed)
  const personas = createPersonas({ seed: seed, count: 40, languages: ['en'] })
  return personas.flatMap((persona) => {
    const plans = generateHistory(persona, { from: Date.UTC(2026, 1, 2), days: 5 }).map(({ plan }) => plan)
    return plans
      .slice(0, 15)
      .map((plan) => threadLine(persona, plan, chance))
      .map(({ line, bare }) => ({ text: chance.happens(0.5) ? line : bare, origin: persona.id }))
  })
}

const asks =
  /https?:\/\/|www\.|\bclick\b|\baccount|\bverify|\bpassword|\bcredit|\binvest|\bmillion|\bcall (?:us|now|me)|\bbank\b|\btransfer\b/iu

/** Asks for something and says where: a link, an account, money, a number to call. */
function askingParagraphs(raw: string): readonly string[] {
  if (!isPlainText(raw)) return []
  return asking(raw.slice(bodyStart(raw)).split(/\r\n[ \t]*\r\n/u))
}

function asking(paragraphs: readonly string[]): readonly string[] {
  return paragraphs
    .map((paragraph) => paragraph.trim())
    .filter((text) => text.length > 60 && text.length < 600 && asks.test(text) && !/<[a-z/]/iu.test(text))
}
