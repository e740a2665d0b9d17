import type { ParsedMessage } from '../parse/parsed-message.ts'
import { headerValue } from './header-value.ts'
import { isIPv4Text } from './ip-text.ts'
import { structureNames, type StructureName } from './observation.ts'
import type { ResolvedLink } from './observe-links.ts'
import type { SplitBody } from './split-authored.ts'
import type { SubjectParts } from './subject-parts.ts'
import { shorteners } from './shorteners.ts'
import type { TextFacts } from './text-facts.ts'

export interface StructureParts {
  readonly message: ParsedMessage
  readonly split: SplitBody
  readonly subject: SubjectParts
  readonly links: readonly ResolvedLink[]
  /** Of the whole body: what it hints at and how it is written. */
  readonly facts: TextFacts
  readonly recipients: number
  readonly invisible: number
}

/** The content model's view of the shape, by `structureNames`; every value finite. */
export function contentStructure(parts: StructureParts): readonly number[] {
  const values: Record<StructureName, number> = {
    ...bodyShape(parts),
    ...linkShape(parts.links),
    ...attachmentShape(parts.message),
    ...subjectShape(parts),
    ...wording(parts),
    ...disguise(parts)
  }
  return structureNames.map((name) => values[name])
}

const log = (count: number): number => Math.log1p(count)
const flag = (value: boolean): number => (value ? 1 : 0)

type Group<Name extends StructureName> = Record<Name, number>

function bodyShape({
  message,
  split,
  recipients
}: StructureParts): Group<
  | 'sizeLog'
  | 'textLengthLog'
  | 'htmlOnly'
  | 'hasHtml'
  | 'htmlRatio'
  | 'imageCountLog'
  | 'imageToText'
  | 'quotedFraction'
  | 'recipientCountLog'
  | 'base64Text'
  | 'authoredEmpty'
  | 'formInHtml'
> /* prettier-ignore */ {
  const { text, html, htmlText, htmlFacts } = message
  const seen = Math.max(text.length, htmlText.length)
  const authored = split.authored.length
  const base64 = message.parts.some((part) => part.encoding === 'base64' && part.type.startsWith('text/'))
  return {
    sizeLog: log(message.sizeBytes),
    textLengthLog: log(seen),
    htmlOnly: flag(html !== '' && text.trim() === ''),
    hasHtml: flag(html !== ''),
    htmlRatio: html === '' ? 0 : htmlText.length / html.length,
    imageCountLog: log(htmlFacts.images),
    imageToText: htmlFacts.images / (1 + seen / 100),
    quotedFraction: split.quoted.length / Math.max(1, split.quoted.length + authored),
    recipientCountLog: log(recipients),
    base64Text: flag(base64),
    authoredEmpty: flag(split.authored.trim() === ''),
    formInHtml: flag(htmlFacts.forms > 0)
  }
}

function linkShape(
  links: readonly ResolvedLink[]
): Group<
  | 'linkCountLog'
  | 'linkDomainsLog'
  | 'linkTextMismatch'
  | 'linkIp'
  | 'linkShortener'
  | 'linkPunycode'
  | 'linkLongHost'
> /* prettier-ignore */ {
  const web = links.filter((link) => !link.href.startsWith('mailto:'))
  return {
    linkCountLog: log(web.length),
    linkDomainsLog: log(new Set(web.map((link) => link.domain)).size),
    linkTextMismatch: flag(web.some((link) => showsOtherHost(link))),
    linkIp: flag(web.some(({ host }) => isIPv4Text(host) || host.includes(':'))),
    linkShortener: flag(web.some(({ domain }) => shorteners.has(domain))),
    linkPunycode: flag(web.some(({ host }) => host.startsWith('xn--') || host.includes('.xn--') || hasNonAscii(host))),
    linkLongHost: flag(web.some(({ host }) => host.length > 40 || host.split('.').length > 5))
  }
}

/** The reader sees one host and gets to another. */
function showsOtherHost({ text, domain }: ResolvedLink): boolean {
  if (text === null || domain === '') return false
  const shown = /^(?:https?:\/\/)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+){1,6})(?:[/:?#]|$)/iu.exec(
    text.slice(0, 300)
  )?.[1]
  if (shown === undefined || !/[a-z]$/iu.test(shown)) return false
  const host = shown.toLowerCase()
  return host !== domain && !host.endsWith(`.${domain}`) && !domain.endsWith(`.${host}`)
}

function hasNonAscii(text: string): boolean {
  return /[\u0080-\u{10ffff}]/u.test(text)
}

const executable =
  /\.(?:exe|scr|pif|com|bat|cmd|js|jse|vbs|vbe|wsf|hta|msi|jar|ps1|lnk|iso|img|cpl|reg|docm|xlsm|pptm|one)$/iu
const archive = /\.(?:zip|rar|7z|gz|tgz|tar|ace|arj|cab|xz|bz2)$/iu

function attachmentShape({
  attachments
}: ParsedMessage): Group<
  'attachmentCountLog' | 'attachmentExecutable' | 'attachmentArchive' | 'attachmentHtml'
> /* prettier-ignore */ {
  const names = attachments.map(({ filename }) => filename ?? '')
  const isHtml = attachments.some((one) => one.contentType === 'text/html' || /\.(?:s?html?|xht|svg)$/iu.test(one.filename ?? ''))
  return {
    attachmentCountLog: log(attachments.length),
    attachmentExecutable: flag(names.some((name) => executable.test(name))),
    attachmentArchive: flag(names.some((name) => archive.test(name))),
    attachmentHtml: flag(isHtml)
  }
}

function subjectShape({
  message,
  subject
}: StructureParts): Group<
  'subjectUpper' | 'subjectExclamation' | 'subjectEmpty' | 'subjectReplyWithoutThread'
> /* prettier-ignore */ {
  const letters = subject.topic.match(/\p{L}/gu)?.length ?? 0
  const upper = subject.topic.match(/\p{Lu}/gu)?.length ?? 0
  return {
    subjectUpper: letters === 0 ? 0 : upper / letters,
    subjectExclamation: flag(/[!！]/u.test(subject.topic)),
    subjectEmpty: flag(message.subject.trim() === ''),
    subjectReplyWithoutThread: flag(subject.isReply && message.inReplyTo === null && message.references.length === 0)
  }
}

const moneySign = /[$€£¥₹₽₿]\s?\d|\d\s?[$€£¥₹₽]/u
const phoneNumber = /(?:\+|\b00)\d[\d\s().-]{7,16}\d|\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b/u
const cryptoAddress = /\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40})\b/u

function wording({
  message,
  split,
  facts
}: StructureParts): Group<
  | 'bodyUpper'
  | 'bodyExclamation'
  | 'money'
  | 'phone'
  | 'urgency'
  | 'credential'
  | 'unsubscribe'
  | 'cryptoAddress'
> /* prettier-ignore */ {
  const authored = split.authored.slice(0, 20_000)
  return {
    bodyUpper: facts.upperShare,
    bodyExclamation: log(facts.exclamations),
    money: log(facts.money) + flag(moneySign.test(authored)),
    phone: flag(phoneNumber.test(authored)),
    urgency: log(facts.urgency),
    credential: log(facts.credential),
    unsubscribe: flag(facts.unsubscribe > 0 || headerValue(message, 'list-unsubscribe') !== ''),
    cryptoAddress: flag(cryptoAddress.test(authored))
  }
}

function disguise({
  message,
  facts,
  invisible
}: StructureParts): Group<
  'hiddenText' | 'zeroWidth' | 'mixedScript' | 'replyToDiffers' | 'fromNameHasAddress'
> /* prettier-ignore */ {
  const from = message.from[0]
  const replyTo = message.replyTo[0]
  return {
    hiddenText: log(message.htmlFacts.hiddenChars),
    zeroWidth: log(invisible),
    mixedScript: log(facts.mixedScriptWords),
    replyToDiffers: flag(replyTo !== undefined && from !== undefined && domainText(replyTo.address) !== domainText(from.address)),
    fromNameHasAddress: flag(from !== undefined && from.name.includes('@') && from.name.toLowerCase() !== from.address)
  }
}

function domainText(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
