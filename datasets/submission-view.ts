import { chanceOf, pick } from './chance.ts'

/**
 * A message out of an archive as its sender's submission server saw it. Transport fields, filter marks and mailing list fields go;
 * list footers and subject brackets go; fields that the archive lost are put back with plausible values. Else a model learns the archive instead
 * of the mail: which list, which filter, which year.
 *
 * `raw` and the result are latin1 text, a character a byte; lines end in CRLF afterwards.
 */
export function toSubmissionView(raw: string, id: string): string {
  const { fields, body } = splitMessage(raw)
  const random = chanceOf(id)
  const isList = fields.some(({ name }) =>
    /^(list-|x-mailman|x-beenthere|mailing-list|precedence)/u.test(name)
  )
  const kept = fields.filter(({ name }) => submitted.has(name) && !(isList && name === 'reply-to'))
  const renewed = kept.map((field) => ({ ...field, value: renewField(field, random) }))
  const complete = [...renewed, ...missingFields(renewed, random)]
  const head = complete.map(({ spelling, value }) => `${spelling}:${value}`).join('\n')
  const text = stripListFooter(body)
    .replace(maskedUser, () => `${pick(people, random)}@`)
    .replace(maskedDomain, () => pick(domains, random))
  return `${head}\n\n${renewYears(text)}`.replace(/\r?\n/gu, '\r\n')
}

export interface Field {
  /** Lower case. */
  readonly name: string
  readonly spelling: string
  /** Everything after the colon, folding kept. */
  readonly value: string
}

/** Fields that a mail program writes. Anything else was added on the way. */
const submitted = new Set(
  `date from to cc subject message-id in-reply-to references reply-to mime-version content-type content-transfer-encoding
  content-disposition content-language user-agent x-mailer x-priority x-msmail-priority x-mimeole importance organization
  x-accept-language thread-index thread-topic content-class`.split(/\s+/u)
)

/** Splits at the first empty line; an mbox `From ` line is dropped. Folded lines stay with their field. */
export function splitMessage(raw: string): { fields: Field[]; body: string } {
  const text = raw.replace(/\r\n/gu, '\n').replace(/^From [^\n]*\n/u, '')
  const end = text.search(/\n\n|^\n/u)
  const head = end < 0 ? text : text.slice(0, end)
  const body = end < 0 ? '' : text.slice(end).replace(/^\n{1,2}/u, '')
  const fields: Field[] = []
  for (const line of head.replace(/\n(?=[ \t])/gu, '\u0000').split('\n')) {
    const found = /^([!-9;-~]+)[ \t]*:(.*)$/su.exec(line.replaceAll('\u0000', '\n'))
    const spelling = found?.[1]
    if (spelling !== undefined)
      fields.push({ name: spelling.toLowerCase(), spelling, value: found?.[2] ?? '' })
  }
  return { fields, body }
}

/** The subject without prefixes, brackets, digits and case: messages that share it are one thread, or one campaign. */
export function topicOf(raw: string): string {
  const subject = splitMessage(raw).fields.find(({ name }) => name === 'subject')?.value ?? ''
  return subject
    .toLowerCase()
    .replace(/\[[^\]]*\]|\b(re|fwd?|aw)\s*:|[^a-z]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

function renewField({ name, value }: Field, random: () => number): string {
  if (name === 'subject')
    return renewYears(
      value.replace(
        /^(\s*(?:re|fwd?|aw|sv)\s*:)*\s*(?:\[[^\]\n]{1,40}\]\s*)+/iu,
        (_, reply: string | undefined) => `${reply ?? ''} `
      )
    )
  if (name === 'date') return renewDate(value)
  return value
    .replace(maskedUser, () => `${pick(people, random)}@`)
    .replace(maskedDomain, () => pick(domains, random))
}

/** The SpamAssassin archive replaced its readers' names and domains by these. */
const maskedUser = /\b(?:zzzz|yyyy|jm)[\w+-]*@/giu
const maskedDomain =
  /(?<![\w.-])(?:[\w-]{1,60}\.){0,4}(?:spamassassin\.taint\.org|netnoteinc\.com)|\blocalhost\b/giu

const domains = [
  'example.org',
  'mail.example.net',
  'corp.example',
  'uni.example',
  'shop.example',
  'firma.example'
] as const
const people = [
  'alex',
  'maria',
  'j.smith',
  'office',
  'peter.k',
  'anna',
  'team',
  'li.wei',
  'sofia',
  'omar'
] as const

function missingFields(fields: readonly Field[], random: () => number): Field[] {
  const value = (name: string) => fields.find((field) => field.name === name)?.value
  const address = () => `${pick(people, random)}${Math.floor(random() * 90)}@${pick(domains, random)}`
  const id = () => ` <${Math.floor(random() * 2 ** 48).toString(36)}@${pick(domains, random)}>`
  const isReply = /^\s*(re|aw|sv)\s*:/iu.test(value('subject') ?? '')
  const hasParent = value('in-reply-to') !== undefined || value('references') !== undefined
  const minutes = Math.floor(random() * 5 * 365 * 24 * 60)
  const date = new Date(Date.UTC(2020, 0, 1) + minutes * 60_000).toUTCString().replace('GMT', '+0000')
  const wanted: readonly [string, boolean, string][] = [
    ['From', value('from') === undefined, ` ${address()}`],
    ['To', value('to') === undefined, ` ${address()}`],
    ['Date', value('date') === undefined, ` ${date}`],
    ['Message-ID', value('message-id') === undefined, id()],
    ['In-Reply-To', isReply && !hasParent, id()]
  ]
  return wanted
    .filter(([, isMissing]) => isMissing)
    .map(([spelling, , text]) => ({ name: spelling.toLowerCase(), spelling, value: text }))
}

/** Moves years of old archives into the present, keeping their order: 1994 → 2019, 2002 → 2022. */
export function renewYears(text: string): string {
  return text
    .replace(/\b199(\d)\b/gu, (_, digit: string) => `${2015 + Number(digit)}`)
    .replace(/\b200([0-5])\b/gu, (_, digit: string) => `202${digit}`)
}

function renewDate(value: string): string {
  return renewYears(
    value.replace(
      /(\s)(\d\d)(\s+\d\d?:\d\d)/u,
      (_, before: string, year: string, rest: string) =>
        `${before}${Number(year) > 50 ? 19 : 20}${year}${rest}`
    )
  )
}

/** What list servers append: footers, sponsors, ways to unsubscribe. */
const footers = [
  /\n-- ?\nIrish Linux Users' Group[\s\S]*$/u,
  /\n_{20,}\n[^\n]{0,60}(mailing list|maillist|list)[\s\S]{0,600}$/iu,
  /\n-{20,}\n(This sf\.net email is sponsored|This SF\.Net|In remembrance)[\s\S]*$/iu,
  /\n-+ Yahoo! Groups Sponsor -[\s\S]*$/u,
  /\nTo unsubscribe from this group, send an email to:[\s\S]*$/u,
  /\n_{10,}\n[^\n]*https?:\/\/[^\n]*\/(listinfo|mailman)[\s\S]{0,400}$/u
] as const

function stripListFooter(body: string): string {
  return footers.reduce((text, footer) => text.replace(footer, '\n'), body)
}
