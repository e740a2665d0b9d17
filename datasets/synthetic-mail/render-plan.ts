import { createChance, type Chance } from './chance.ts'
import { htmlBody } from './html-body.ts'
import { languageOf } from './languages.ts'
import { mailProgram, type MailProgram } from './mail-programs.ts'
import type { MessagePlan, SyntheticSubmission } from './mail.ts'
import { encodeWords, mailboxText, writeMime, type MimeNode } from './mime-writer.ts'
import { fillWords } from './spintax.ts'
import { dateField, localTime } from './zone.ts'
import { wrapLine } from './wrap-line.ts'

export interface Provenance {
  readonly sender: string
  readonly label: 'ham' | 'spam'
  readonly family: string
  readonly attack: string | null
}

/** Plan → message and envelope, as the submission server sees them. */
export function renderPlan(
  plan: MessagePlan,
  { sender, label, family, attack }: Provenance
): SyntheticSubmission {
  const chance = createChance(`${plan.seed} bytes`)
  const program = mailProgram(plan.device.program)
  const messageId = program.messageId(chance, domainOf(plan.from.address), plan.at)
  const root = tree(plan, program, chance)
  const fields = fieldsOf(plan, program, messageId, chance)
  const raw = writeMime({ fields, root, program, boundary: () => program.boundary(chance) })
  return {
    id: `synthetic-${chance.text(16, '0123456789abcdef')}`,
    receivedAt: plan.at,
    sender,
    client: { ip: plan.ip, helo: plan.device.helo },
    envelope: {
      mailFrom: plan.from.address,
      rcptTo: [...new Set([...plan.to, ...plan.cc, ...plan.bcc].map((one) => one.address))]
    },
    raw,
    label,
    family,
    attack,
    language: plan.language,
    messageId: `<${messageId}>`,
    plan
  }
}

function fieldsOf(
  plan: MessagePlan,
  program: MailProgram,
  messageId: string,
  chance: Chance
): Map<string, string> {
  const people = (list: readonly MessagePlan['from'][]): string =>
    list.map((one) => mailboxText(one, program)).join(', ')
  // A program stamps the message before it connects.
  const fields = new Map([
    ['from', mailboxText(plan.from, program)],
    ['subject', encodeWords(plan.subject, program)],
    ['date', dateField(plan.zone, plan.at - chance.int(1, 20) * 1000)],
    ['message-id', `<${messageId}>`]
  ])
  if (plan.to.length > 0) fields.set('to', people(plan.to))
  if (plan.cc.length > 0) fields.set('cc', people(plan.cc))
  if (plan.replyTo !== null) fields.set('reply-to', mailboxText(plan.replyTo, program))
  const last = plan.parents.at(-1)
  if (last !== undefined) fields.set('in-reply-to', last).set('references', plan.parents.slice(-10).join(' '))
  if (plan.unsubscribeUrl !== null) fields.set('list-unsubscribe', `<${plan.unsubscribeUrl}>`)
  if (program.agentField !== null) fields.set(program.agentField.toLowerCase(), plan.device.userAgent)
  fields.set('x-sender', plan.from.address).set('content-language', plan.language)
  if (plan.html === 'none' && plan.attachments.length === 0) fields.set('content-disposition', 'inline')
  fields.set(
    'thread-index',
    `Ad${chance.text(28, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')}==`
  )
  return fields.set('thread-topic', encodeWords(plan.subject, program))
}

function tree(plan: MessagePlan, program: MailProgram, chance: Chance): MimeNode {
  const intro = quoteIntro(plan, program, chance)
  const quotedText = plan.quoted?.text ?? ''
  const words = languageOf(plan.language).lexicon.unsubscribe
  const plain: MimeNode = { kind: 'text', type: 'text/plain', text: plainBody(plan, program, intro, chance) }
  const html = (): MimeNode => ({
    kind: 'text',
    type: 'text/html',
    text: htmlBody({
      plan,
      chance,
      authored: plan.text,
      quoteIntro: intro,
      quotedText,
      unsubscribeWords: chance.pick(words.split('|'))
    })
  })
  const inline = plan.attachments.filter((file) => file.inlineId !== undefined)
  const attached = plan.attachments.filter((file) => file.inlineId === undefined)
  const body = bodyNode(plan, plain, html)
  const related = wrapped('multipart/related', body, inline)
  return wrapped('multipart/mixed', related, attached)
}

function bodyNode(plan: MessagePlan, plain: MimeNode, html: () => MimeNode): MimeNode {
  if (plan.html === 'none') return plain
  return plan.html === 'only'
    ? html()
    : { kind: 'multipart', type: 'multipart/alternative', parts: [plain, html()] }
}

function wrapped(type: string, first: MimeNode, files: MessagePlan['attachments']): MimeNode {
  if (files.length === 0) return first
  return {
    kind: 'multipart',
    type,
    parts: [first, ...files.map((file): MimeNode => ({ kind: 'file', ...file }))]
  }
}

function plainBody(plan: MessagePlan, program: MailProgram, intro: string, chance: Chance): string {
  const own = wrapLines(plan.text, program.wrap)
  const unsubscribe =
    plan.unsubscribeUrl === null
      ? ''
      : `\n\n${chance.pick(languageOf(plan.language).lexicon.unsubscribe.split('|'))}: ${plan.unsubscribeUrl}`
  if (plan.quoted === null) return own + unsubscribe
  if (program.quoting === 'block') return `${own}\n\n${intro}\n\n${plan.quoted.text}`
  const marked = plan.quoted.text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd())).join('\n') // prettier-ignore
  return program.quoting === 'below' ? `${intro}\n${marked}\n\n${own}` : `${own}\n\n${intro}\n\n${marked}`
}

function quoteIntro({ quoted, language, zone }: MessagePlan, program: MailProgram, chance: Chance): string {
  if (quoted === null) return ''
  const { lexicon } = languageOf(language)
  const time = localTime(zone, quoted.at)
  const date = fillWords(chance.pick(lexicon.date.split('|')), {
    d: String(time.day), m: String(time.month + 1), month: lexicon.months.split('|')[time.month] ?? '', y: String(time.year)
  }) // prettier-ignore
  if (program.quoting !== 'block')
    return fillWords(lexicon.quoteIntro.split('|')[0] ?? '', {
      date,
      time: time.clock,
      name: quoted.from.name,
      address: quoted.from.address
    })
  const [from, sent, to, subject] = lexicon.quoteWords.split('|')
  return `${from}: ${quoted.from.name} <${quoted.from.address}>\n${sent}: ${date} ${time.clock}\n${to}: ${quoted.to.map((one) => one.address).join('; ')}\n${subject}: ${quoted.subject}`
}

function wrapLines(text: string, width: number): string {
  if (width > 200) return text
  return text.split('\n').map((line) => wrapLine(line, width)).join('\n') // prettier-ignore
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
