import type { LabelledMail } from '../../datasets/labelled-mail.ts'
import { readLanguage } from '../../service/observation/language.ts'
import { scanWords } from '../../service/observation/scan-words.ts'
import { scriptOf } from '../../service/observation/script.ts'
import { parseMessage } from '../../service/parse/parse-message.ts'
import type { RealBadText } from './bad-texts.ts'

const minChars = 80
const maxChars = 6_000

/** The words of real bad mail, without its headers and markup: at most `count`, evenly over the set. */
export async function realBadTexts(
  mail: readonly LabelledMail[],
  count: number
): Promise<readonly RealBadText[]> {
  const bad = mail.filter(({ label }) => label === 'bad')
  const step = Math.max(1, bad.length / count)
  const texts: RealBadText[] = []
  for (let at = 0; at < bad.length; at += step) {
    const text = await readBadText(bad[Math.floor(at)]?.raw ?? '')
    if (text !== null) texts.push(text)
  }
  return texts
}

async function readBadText(raw: string): Promise<RealBadText | null> {
  const outcome = await parseMessage(Buffer.from(raw, 'latin1'))
  if (outcome.kind !== 'parsed') return null
  const { message } = outcome
  const seen = message.text.trim() === '' ? message.htmlText : message.text
  const words = seen.replaceAll(/\n{3,}/gu, '\n\n').trim()
  if (words.length < minChars || words.length > maxChars) return null
  const hidden = message.links.find(({ href }) => /^https?:/u.test(href))?.href
  const shown = /https?:\/\//u.test(words)
  // A link that stood in the markup only would be lost with it
  const text = shown || hidden === undefined ? words : `${words}\n\n${hidden}`
  const { language } = readLanguage(scanWords(words), scriptOf(words))
  return { subject: message.subject, text, language, hasLink: shown || hidden !== undefined }
}
