import { getDomain } from 'tldts'
import { canonicalAddress, parseAddress } from '../message/address.ts'
import type { Envelope } from '../message/envelope.ts'
import type { Client } from '../message/submission.ts'
import type { MimePart, ParsedMessage } from '../parse/parsed-message.ts'
import { clientNames } from './client-family.ts'
import { headerValue } from './header-value.ts'
import type { KeyedHash } from './keyed-hash.ts'
import { identifierShape, shapeOf } from './masks.ts'
import { networksOf, type NetworkOrigin } from './network.ts'
import type { AttributeName, EnvelopeAttribute } from './observation.ts'
import { hash32 } from './public-hash.ts'
import type { ScriptName } from './script.ts'
import type { SplitBody } from './split-authored.ts'
import type { SubjectParts } from './subject-parts.ts'
import { tlsFamily } from './tls-family.ts'

export interface AttributeParts {
  readonly message: ParsedMessage
  readonly client: Client
  readonly envelope: Envelope
  readonly sender: string
  readonly subject: SubjectParts
  readonly split: SplitBody
  readonly script: ScriptName
  readonly language: string
  readonly keyedHash: KeyedHash
  readonly network: NetworkOrigin
}

/** The categorical habits; '' where the message shows none. */
export function observeAttributes(parts: AttributeParts): Readonly<Record<AttributeName, string>> {
  const { message, split, subject, script, language, keyedHash } = parts
  const client = clientNames(message)
  return {
    ...envelopeAttributesOf(parts),
    zone: message.date === null ? '' : String(message.date.zoneMinutes),
    ...headerAttributes(parts),
    ...mimeAttributes(message),
    clientFamily: client.family,
    clientFull: client.full,
    wrapBucket: wrapBucket(split.longestLine),
    kind: kindOf(message, subject),
    language,
    script,
    greeting: fixed(split.greeting),
    signOff: fixed(split.signOff),
    signature: keyedHash(split.signature.slice(0, 1_000)),
    subjectBracket: fixed(subject.bracket.toLowerCase()),
    selfCopied: isSelfCopied(parts) ? 'yes' : 'no'
  }
}

type Group<Name extends AttributeName> = Record<Name, string>

/** What shows without any content: from where, and to how many. */
export function envelopeAttributesOf({
  client,
  envelope,
  network,
  keyedHash
}: Pick<AttributeParts, 'client' | 'envelope' | 'network' | 'keyedHash'>): Group<EnvelopeAttribute> {
  const networks = networksOf(client.ip)
  const helo = (client.helo ?? '').toLowerCase().slice(0, 255)
  return {
    network24: keyedHash(networks.near),
    network16: keyedHash(networks.wide),
    heloDomain: helo === '' ? '' : keyedHash(getDomain(helo) ?? helo),
    heloShape: shapeOf(helo),
    asn: network.asn,
    country: network.country,
    tls: tlsFamily(client.tls),
    recipientsBucket: recipientsBucket(envelope.rcptTo.length)
  }
}

function headerAttributes({
  message,
  keyedHash
}: AttributeParts): Group<
  'headerOrder' | 'headerSpelling' | 'messageIdShape' | 'messageIdDomain' | 'fromName' | 'fromAddress'
> /* prettier-ignore */ {
  const names = message.headers.map(({ name }) => name).filter((name) => !isTrace(name))
  const { messageId } = message
  const { local, domain } = idParts(messageId ?? '')
  const from = message.from[0]
  return {
    headerOrder: names.length === 0 ? '' : fixed(names.join('\n').toLowerCase()),
    headerSpelling: names.length === 0 ? '' : fixed([...new Set(names)].toSorted().join('\n')),
    messageIdShape: identifierShape(local),
    messageIdDomain: keyedHash(domain.toLowerCase()),
    fromName: keyedHash(from?.name ?? ''),
    fromAddress: keyedHash(from?.address ?? '')
  }
}

/** `<local@domain>`; all of it is local where there is no `@`. */
function idParts(id: string): { readonly local: string; readonly domain: string } {
  const at = id.lastIndexOf('@')
  return at < 0
    ? { local: id.slice(1, -1), domain: '' }
    : { local: id.slice(1, at), domain: id.slice(at + 1, -1) }
}

/** What relays add on the way says nothing of the program that wrote the message. */
function isTrace(name: string): boolean {
  return /^(?:received|return-path|delivered-to|x-spam-|dkim-signature|arc-|authentication-results|x-received|list-)/iu.test(
    name
  )
}

function mimeAttributes({
  parts,
  attachments
}: ParsedMessage): Group<
  'mimeShape' | 'charset' | 'transferEncoding' | 'attachmentTypes' | 'boundaryShape'
> /* prettier-ignore */ {
  const body = parts.find((part) => part.type.startsWith('text/')) ?? parts[0]
  const extensions = new Set(attachments.map((one) => extensionOf(one.filename)))
  return {
    mimeShape: mimeShape(parts),
    charset: (body?.charset ?? '').slice(0, 40),
    transferEncoding: (body?.encoding ?? '').slice(0, 20),
    attachmentTypes: [...extensions].toSorted().slice(0, 10).join(','),
    boundaryShape: identifierShape(parts[0]?.boundary ?? '')
  }
}

function extensionOf(filename: string | null): string {
  return /\.([a-z0-9]{1,8})$/iu.exec(filename ?? '')?.[1]?.toLowerCase() ?? 'none'
}

const maxShape = 200

/** Depth-first list of types → `multipart/mixed(multipart/alternative(text/plain,text/html),image/png)`. */
function mimeShape(parts: readonly MimePart[]): string {
  let shape = ''
  let depth = 0
  for (const [index, part] of parts.entries()) {
    if (shape.length > maxShape) break
    if (part.depth > depth) shape += '('
    else if (index > 0) shape += `${')'.repeat(depth - part.depth)},`
    shape += part.type.slice(0, 60)
    depth = part.depth
  }
  return (shape + ')'.repeat(depth)).slice(0, maxShape)
}

const wrapSteps = [72, 80, 100, 998]

function wrapBucket(longestLine: number): string {
  const step = wrapSteps.find((limit) => longestLine <= limit)
  return step === undefined ? '>998' : `<=${step}`
}

const recipientSteps: readonly (readonly [limit: number, name: string])[] = [[1, '1'], [2, '2'], [5, '3-5'], [10, '6-10'], [50, '11-50']] // prettier-ignore

export function recipientsBucket(count: number): string {
  return recipientSteps.find(([limit]) => count <= limit)?.[1] ?? '>50'
}

/** What the sender is doing: a machine's mail, a list's, a forward, an answer, or something new. */
function kindOf(message: ParsedMessage, subject: SubjectParts): string {
  const auto = headerValue(message, 'auto-submitted').toLowerCase()
  if (auto !== '' && auto !== 'no') return 'auto'
  if (headerValue(message, 'list-id') !== '' || headerValue(message, 'list-unsubscribe') !== '') return 'list'
  if (subject.isForward && !subject.isReply) return 'forward'
  return subject.isReply || message.inReplyTo !== null || message.references.length > 0 ? 'reply' : 'new'
}

function isSelfCopied({ envelope, sender, message }: AttributeParts): boolean {
  const own = new Set<string>()
  for (const text of [sender, message.from[0]?.address ?? '', envelope.mailFrom ?? '']) {
    const address = parseAddress(text)
    if (address) own.add(canonicalAddress(address))
  }
  return envelope.rcptTo.some((address) => own.has(canonicalAddress(address)))
}

/** A value that is not personal: fixed hash, short. */
function fixed(text: string): string {
  return text === '' ? '' : hash32(text).toString(36)
}
