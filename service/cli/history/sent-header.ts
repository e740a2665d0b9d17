import { isIP } from 'node:net'
import { canonicalAddress, parseAddress, type Address } from '../../message/address.ts'
import { fieldValue, headerFields, withoutFields, type FieldSpan } from '../../message/header-block.ts'
import { parseDate } from '../../parse/parse-date.ts'

/** What the header of a sent message says of how it was sent. */
export interface SentHeader {
  readonly from: Address | null
  /** To, Cc and Bcc, each person once. */
  readonly recipients: readonly Address[]
  /** Of the submission, as the trusted host saw it. */
  readonly client: { readonly ip: string | null; readonly helo: string | null }
  /** Epoch ms, the most trustworthy first; they may be wrong. */
  readonly dates: readonly number[]
  /** Bytes above the message as it was handed in: what the trusted host and those after it put before it. */
  readonly traceBytes: number
}

/** More of one message are no people (a message has at most 10,000 recipients). */
const maxRecipients = 10_000

/** `receivedBy`: names of the owner's own submission servers, in lower case; what others write into a header is not believed. */
export function readSentHeader(header: Uint8Array, receivedBy: ReadonlySet<string>): SentHeader {
  const fields = Array.from(headerFields(header))
  const values = (name: string): readonly string[] =>
    fields.filter((field) => field.name === name).map((field) => fieldValue(header, field))
  const hop = trustedHop(header, fields, receivedBy)
  const dates = [hop?.date ?? '', values('date').at(-1) ?? '', dateOf(values('received')[0] ?? '')]
  return {
    from: addressesIn(values('from'))[0] ?? null,
    recipients: distinct([
      ...addressesIn(values('to')),
      ...addressesIn(values('cc')),
      ...addressesIn(values('bcc'))
    ]),
    client: { ip: hop?.ip ?? null, helo: hop?.helo ?? null },
    dates: dates.flatMap((text) => parseDate(text)?.at ?? []),
    traceBytes: hop?.end ?? 0
  }
}

interface Hop {
  readonly ip: string | null
  readonly helo: string | null
  readonly date: string
  readonly end: number
  readonly isAuthenticated: boolean
}

/** The topmost that says it authenticated its client (RFC 3848), else the topmost from another machine. */
function trustedHop(
  header: Uint8Array,
  fields: readonly FieldSpan[],
  receivedBy: ReadonlySet<string>
): Hop | undefined {
  if (receivedBy.size === 0) return undefined
  const hops = fields
    .filter(({ name }) => name === 'received')
    .flatMap((field) => hopOf(fieldValue(header, field), field.end, receivedBy) ?? [])
  return hops.find((hop) => hop.isAuthenticated) ?? hops.find(({ ip }) => ip !== null && !isLoopback(ip))
}

/** RFC 5321 section 4.4, as Postfix, Exim and Sendmail write it. */
function hopOf(value: string, end: number, receivedBy: ReadonlySet<string>): Hop | undefined {
  const [, from = '', by = ''] = /^(.{0,2000}?)\bby\s+([^\s;()]+)/iu.exec(value) ?? []
  if (!receivedBy.has(by.toLowerCase())) return undefined
  const ip = /\[(?:IPv6:)?([\da-f.:]{2,45})\]/iu.exec(from)?.[1] ?? ''
  const [, said = ''] =
    /\bhelo[= ]([^\s()]{1,255})/iu.exec(from) ?? /^from\s+([^\s()[\]]{1,255})/iu.exec(from) ?? []
  return {
    ip: isIP(ip) > 0 ? ip : null,
    helo: said === '' ? null : said,
    date: dateOf(value),
    end,
    isAuthenticated: /\bwith\s+(?:utf8)?(?:e?smtps?a|lmtps?a)\b/iu.test(value)
  }
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.')
}

function dateOf(received: string): string {
  return received.slice(received.lastIndexOf(';') + 1)
}

/** Names in quotes and comments may hold what looks like an address. */
function addressesIn(values: readonly string[]): readonly Address[] {
  return values.flatMap((value) => {
    const words = withoutQuoted(value)
      .split(/[\s<>,;:()"[\]\\]+/u)
      .filter((word) => word.includes('@'))
    return words.flatMap((word) => parseAddress(word) ?? [])
  })
}

/** Quoted strings and comments become a blank (RFC 5322 section 3.2); what is never closed stands as it is. Linear. */
function withoutQuoted(value: string): string {
  let plain = ''
  let from = 0
  for (let at = 0; at < value.length; at += 1) {
    const closing = closings.get(value[at] ?? '')
    if (closing === undefined) continue
    const end = endOf(value, at, closing)
    if (end === -1) break
    plain += `${value.slice(from, at)} `
    at = end
    from = end + 1
  }
  return plain + value.slice(from)
}

const closings: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['(', ')']
])

function endOf(value: string, start: number, closing: string): number {
  for (let at = start + 1; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1
    else if (value[at] === closing) return at
  }
  return -1
}

function distinct(addresses: readonly Address[]): readonly Address[] {
  const people = new Map<string, Address>()
  for (const address of addresses) {
    const person = canonicalAddress(address)
    if (!people.has(person)) people.set(person, address)
  }
  return Array.from(people.values()).slice(0, maxRecipients)
}

/** What mail programs and stores note in their copy, and what does not travel: none of it was in the message as it was handed in. */
const ofTheCopy: ReadonlySet<string> = new Set([
  'bcc', 'resent-bcc', 'fcc', 'status', 'x-status', 'x-keywords', 'x-uid', 'x-imap', 'x-imapbase', 'content-length', 'lines', 'x-uidl',
  'x-mozilla-status', 'x-mozilla-status2', 'x-mozilla-keys', 'x-mozilla-draft-info', 'x-account-key', 'x-identity-key', 'x-gm-thrid',
  'x-gmail-labels', 'x-evolution', 'x-evolution-source', 'x-evolution-transport', 'x-evolution-fcc', 'x-evolution-identity', 'x-dovecot-uid',
  'x-original-to', 'delivered-to', 'return-path'
]) // prettier-ignore

/** The message as it was handed in, as far as the copy tells: with CRLF, without what came to the copy later. */
export function asHandedIn(copy: Uint8Array, traceBytes: number): Uint8Array {
  return withoutFields(withCrlf(copy.subarray(traceBytes)), ofTheCopy)
}

const lf = 0x0a
const cr = 0x0d

function withCrlf(bytes: Uint8Array): Uint8Array {
  let bare = 0
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1))
    if (bytes[at - 1] !== cr) bare += 1
  if (bare === 0) return bytes
  const whole = new Uint8Array(bytes.length + bare)
  let from = 0
  let to = 0
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    if (bytes[at - 1] === cr) continue
    whole.set(bytes.subarray(from, at), to)
    to += at - from
    whole[to] = cr
    to += 1
    from = at
  }
  whole.set(bytes.subarray(from), to)
  return whole
}
