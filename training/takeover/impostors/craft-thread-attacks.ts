import type { SentMail } from '../../../datasets/labelled-mail.ts'
import type { Random } from '../../../service/verdict/budget/seeded-random.ts'
import { ascii, bodyStart, fieldOf, isPlainText, withFields } from '../../plain-mail.ts'

/** Bytes and recipients of a message that a thief who reads the mailbox would write. */
export interface ThreadAttack {
  readonly family: 'A4' | 'A4L'
  readonly raw: string
  readonly recipients: readonly string[]
}

/** A4L: what the sender really wrote next, with a bad line after its first paragraph, before it, or after the last own line. */
export function withBadLine(next: SentMail, line: string, random: Random): ThreadAttack | null {
  if (!isPlainText(next.raw)) return null
  const start = bodyStart(next.raw)
  const body = next.raw.slice(start)
  const breaks = Array.from(body.matchAll(/\r\n[ \t]*\r\n/gu), ({ index }) => index + 2).slice(0, 3)
  const places = [0, ...breaks]
  const at = places[Math.floor(random() * places.length)] ?? 0
  const raw = `${next.raw.slice(0, start)}${body.slice(0, at)}\r\n${ascii(line)}\r\n\r\n${body.slice(at)}`
  return { family: 'A4L', raw, recipients: next.recipients }
}

/**
 * A4: an answer in a real thread of this mailbox, with the right quotation, References and people. In the thread of the sender's next message
 * if that one is an answer, else of the earlier one that is handed in.
 */
export function inThread(next: SentMail, earlier: SentMail, line: string): ThreadAttack | null {
  const quoted = quotedLines(next.raw)
  if (isPlainText(next.raw) && quoted.length > 2) {
    const raw = `${next.raw.slice(0, bodyStart(next.raw))}${ascii(line)}\r\n\r\n${quoted.join('\r\n')}\r\n`
    return { family: 'A4', raw, recipients: next.recipients }
  }
  const id = fieldOf(earlier.raw, 'Message-ID')
  if (!isPlainText(earlier.raw) || !isPlainText(next.raw) || id === '') return null
  const subject = fieldOf(earlier.raw, 'Subject').replace(/^(?:re|fwd?|aw)\s*:\s*/iu, '')
  const body = earlier.raw.slice(bodyStart(earlier.raw)).split('\r\n').slice(0, 60)
  const fields = {
    Subject: `Re: ${subject}`,
    'In-Reply-To': id,
    References: `${fieldOf(earlier.raw, 'References')} ${id}`.trim().split(' ').slice(-8).join('\r\n ')
  }
  const head = withFields(next.raw.slice(0, bodyStart(next.raw)), fields)
  const raw = `${head}${ascii(line)}\r\n\r\n${body.map((one) => `> ${one}`).join('\r\n')}\r\n`
  return { family: 'A4', raw, recipients: earlier.recipients }
}

/** From the introduction (`On … wrote:`) or the first quoted line on. */
function quotedLines(raw: string): readonly string[] {
  const lines = raw.slice(bodyStart(raw)).split('\r\n')
  const first = lines.findIndex((line) => line.startsWith('>'))
  if (first < 0) return []
  const before = first > 0 && /:\s*$/u.test(lines[first - 1] ?? '') ? 1 : 0
  return lines.slice(first - before).filter((line, index) => index < before || line.startsWith('>'))
}
