import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { BacktestLine } from '../../../service/contracts/backtest-line.ts'
import { parseAddress } from '../../../service/message/address.ts'
import type { Knowledge } from '../attack-cell.ts'
import { fillTemplate } from './fill-template.ts'
import type { Filling } from './filling.ts'
import { htmlAboveQuote, htmlLike, htmlWithLine } from './html-like.ts'
import { flowLike, layOutLike, wrapLike } from './lay-out-text.ts'
import { zoneOf, type MailTemplate, readableText } from './mail-template.ts'
import { quotedLines, withParagraph } from './thread-text.ts'
import type { Thief } from '../thieves.ts'
import { parentsOf, recipientsOf, senderOf, subjectOf, type ReadMail } from '../victim.ts'
import { withAddress } from './write-fields.ts'
import type { Letter } from './write-letter.ts'

export interface DressOptions {
  readonly letter: Letter
  readonly knowledge: Knowledge
  /** The sender's honest message that the attack comes just before, and whose headers M1 and M2 copy. */
  readonly next: ReadMail
  /** When the message before that one came, epoch ms. */
  readonly after: number
  /** When the attack comes, epoch ms; default: with the next message (M2), or at the thief's time of day. */
  readonly at?: number
  readonly thief: Thief
  /** No letters may be spelled otherwise to fit a charset. */
  readonly isExact: boolean
  readonly chance: Chance
}

/** The letter as it is submitted when the thief knows this much; null where the template's charset can't hold it. */
export function dressLetter(options: DressOptions): BacktestLine | null {
  const { letter, knowledge, next, thief } = options
  const at = options.at ?? (knowledge === 'M2' ? next.line.receivedAt : momentOf(options))
  const raw = knowledge === 'M0' ? inForeignClient(options, at) : inOwnClient(options, at)
  if (raw === null) return null
  const recipients = letter.recipients ?? recipientsOf(next)
  return {
    ...next.line,
    receivedAt: at,
    client: knowledge === 'M2' ? next.line.client : hiddenLike(next, thief.client),
    recipients: recipients.flatMap(({ address }) => parseAddress(address) ?? []),
    raw: Buffer.from(raw, 'latin1')
  }
}

/** Where the archive lost the honest message's address the thief's is lost too: absence must not tell them apart. */
function hiddenLike({ line }: ReadMail, client: BacktestLine['client']): BacktestLine['client'] {
  return {
    ip: line.client.ip === null ? null : client.ip,
    helo: line.client.helo === null ? null : client.helo
  }
}

const dayMs = 86_400_000

/** The last moment at the thief's time of day before the next message, if that lies after the one before; else any between the two. */
function momentOf({ next, after, thief, chance }: DressOptions): number {
  const latest = next.line.receivedAt
  const late = (((latest - thief.timeOfDayMs) % dayMs) + dayMs) % dayMs
  const at = latest - late
  return at > after ? at : Math.floor(Math.min(after, latest) + chance.number() * Math.max(0, latest - after))
}

function inOwnClient(options: DressOptions, at: number): string | null {
  const { letter, next, chance } = options
  const { template } = next
  const shown = letter.shown ?? letter.recipients
  return fillTemplate(template, {
    ...textsOf(letter, template, next, chance),
    isExact: options.isExact,
    ...(letter.subject !== undefined && { subject: letter.subject }),
    ...(shown !== undefined && { recipients: shown.map(({ text }) => text) }),
    ...(letter.parents !== undefined && { parents: letter.parents }),
    ...(at !== next.line.receivedAt && { date: { at, zoneMinutes: zoneOf(template) } }),
    random: () => chance.number()
  })
}

/** The thief's program with the victim's account. */
function inForeignClient(options: DressOptions, at: number): string | null {
  const { letter, next, thief, chance } = options
  const { template } = thief.mail
  const shown = letter.shown ?? letter.recipients ?? recipientsOf(next)
  return fillTemplate(template, {
    ...textsOf(letter, template, next, chance),
    isExact: options.isExact,
    ...accountOf(options),
    subject: letter.subject ?? subjectOf(next),
    recipients: shown.map(({ text }) => text),
    parents: letter.parents ?? parentsOf(next),
    date: { at, zoneMinutes: zoneOf(template) },
    random: () => chance.number()
  })
}

/** Four of ten thieves keep the name of their own account before the victim's address. */
function accountOf({ next, thief, chance }: DressOptions): Required<Pick<Filling, 'from' | 'account'>> {
  const own = senderOf(next)
  const theirs = senderOf(thief.mail)
  const keepsName = chance.happens(0.4)
  const from = keepsName ? withAddress(theirs, own.address) : own.text
  return { from, account: { old: theirs.address, own: own.address } }
}

/** The text parts of the template with this letter in them. */
function textsOf(
  letter: Letter,
  template: MailTemplate,
  next: ReadMail,
  chance: Chance
): Pick<Filling, 'plain' | 'html'> {
  const { plain, html } = template
  const paragraph = chance.int(0, 2)
  const isOwn = template === next.template
  return {
    ...(plain !== null && { plain: plainOf(letter, template, next, paragraph) }),
    ...(html !== null && { html: isOwn ? ownHtml(letter, html.text, next, paragraph) : htmlLike(html.text, wholeText(letter, next, paragraph)) })
  } // prettier-ignore
}

function plainOf(letter: Letter, { plain }: MailTemplate, next: ReadMail, paragraph: number): string {
  if (plain === null) return ''
  // The sender's own lines stay as they are; only what is new is wrapped
  if (plain === next.template.plain && letter.manner === 'line')
    return flowLike(withParagraph(plain.text, wrapLike(letter.text, plain), paragraph), plain)
  return layOutLike(wholeText(letter, next, paragraph), plain)
}

function wholeText(letter: Letter, next: ReadMail, paragraph: number): string {
  const own = readableText(next.template)
  switch (letter.manner) {
    case 'whole': return letter.text
    case 'above-quote': return `${letter.text}\n\n${quotedLines(own).join('\n')}\n`
    case 'line': return withParagraph(own, letter.text, paragraph)
  } // prettier-ignore
}

function ownHtml(letter: Letter, html: string, next: ReadMail, paragraph: number): string {
  switch (letter.manner) {
    case 'whole': return htmlLike(html, letter.text)
    case 'above-quote': return htmlAboveQuote(html, letter.text) ?? htmlLike(html, wholeText(letter, next, paragraph))
    case 'line': return htmlWithLine(html, letter.text, paragraph)
  } // prettier-ignore
}
