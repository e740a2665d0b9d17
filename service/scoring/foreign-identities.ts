import { createAddressPatterns } from '../message/address-patterns.ts'
import { comparableAddress } from '../message/comparable-address.ts'
import { fieldAddresses } from '../message/field-addresses.ts'
import { fieldValue, headerFields, headerLength } from '../message/header-block.ts'
import { isProven, type SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { MayWriteAs } from '../senders/own-addresses.ts'
import type { ForeignIdentity } from '../verdict/foreign-identity.ts'

/** What a message says of its author that its sender may not say. Empty where nobody is known to send: then there is nobody to compare with. */
export type FindForeign = (submission: Submission, identity: SenderIdentity) => readonly ForeignIdentity[]

/** The fields that name whoever sends (RFC 5322 sections 3.6.2 and 3.6.6), as they are told. */
const fieldNames: ReadonlyMap<string, string> = new Map([
  ['from', 'From'],
  ['sender', 'Sender'],
  ['resent-from', 'Resent-From'],
  ['resent-sender', 'Resent-Sender']
])

export function createFindForeign(mayWriteAs: MayWriteAs): FindForeign {
  return function findForeign(submission, identity) {
    if (!isProven(identity)) return []
    const granted = submission.auth?.identities ?? null
    const isForeign = (address: string): boolean => !mayWriteAs(identity, granted, address)
    const inHeader = submission.shows === 'envelope' ? null : foreignInHeader(submission.raw, isForeign)
    return [inHeader, foreignInEnvelope(submission, isForeign)].filter((one) => one !== null)
  }
}

/** Those of a back-end's patterns that matter to a message: enough to judge it again by, and no thousand with each that is kept. */
export function identitiesThatMatter(
  { envelope: { mailFrom }, raw }: Pick<Submission, 'envelope' | 'raw'>,
  granted: readonly string[]
): readonly string[] {
  const named = namedIn(raw).flatMap(({ addresses }) => addresses)
  const addresses = [...(mailFrom === null ? [] : [mailFrom]), ...named].map(comparableAddress)
  return granted.filter((pattern) => {
    const covers = createAddressPatterns([pattern])
    return addresses.some((address) => address !== undefined && covers(address))
  })
}

function foreignInHeader(raw: Uint8Array, isForeign: (address: string) => boolean): ForeignIdentity | null {
  const fields = namedIn(raw)
  const broken = fields.find(({ problem }) => problem !== null)
  if (broken !== undefined) return foreign('FROM_NOT_OWNED', broken.field, { problem: broken.problem ?? '' })
  if (fields.filter(({ field }) => field === 'From').length > 1)
    return foreign('FROM_NOT_OWNED', 'From', { problem: 'there are several of them' })
  if (hidesFields(raw))
    return foreign('FROM_NOT_OWNED', 'From', { problem: 'the header holds bare carriage returns' })
  for (const { field, addresses } of fields) {
    const address = addresses.find(isForeign)
    if (address !== undefined) return foreign('FROM_NOT_OWNED', field, { address })
  }
  return null
}

function namedIn(raw: Uint8Array) {
  return Array.from(headerFields(raw)).flatMap((span) => {
    const field = fieldNames.get(span.name)
    // Headers are UTF-8 (RFC 6532); what is not gives U+FFFD, which is in nobody's name
    return field === undefined
      ? []
      : [{ field, ...fieldAddresses(Buffer.from(fieldValue(raw, span), 'latin1').toString('utf8')) }]
  })
}

/** Hosts that take a bare CR for a line end would see fields that we do not. SMTP refuses it; HTTP takes any bytes. */
function hidesFields(raw: Uint8Array): boolean {
  const end = headerLength(raw)
  for (let at = raw.indexOf(0x0d); at !== -1 && at < end; at = raw.indexOf(0x0d, at + 1))
    if (raw[at + 1] !== 0x0a) return true
  return false
}

/** RFC 5321 section 4.5.5: the null reverse-path is for reports and automatic answers. Whoever uses it says with it that nobody is to be told. */
function foreignInEnvelope(
  { envelope: { mailFrom }, raw, shows }: Submission,
  isForeign: (address: string) => boolean
): ForeignIdentity | null {
  if (mailFrom !== null)
    return isForeign(mailFrom) ? foreign('ENVELOPE_NOT_OWNED', 'MAIL FROM', { address: mailFrom }) : null
  return shows === 'envelope' || isAutomatic(raw)
    ? null
    : foreign('ENVELOPE_NOT_OWNED', 'MAIL FROM', { problem: 'it is null, and the message is no report' })
}

/** `Auto-Submitted` other than `no` (RFC 3834 section 5), or a report (RFC 6522). */
function isAutomatic(raw: Uint8Array): boolean {
  return Array.from(headerFields(raw)).some((span) => {
    if (span.name === 'auto-submitted') return !/^no\b/iu.test(fieldValue(raw, span))
    return span.name === 'content-type' && /^multipart\/report\b/iu.test(fieldValue(raw, span))
  })
}

const maxToldLength = 254

function foreign(
  code: ForeignIdentity['code'],
  field: string,
  what: { readonly address: string } | { readonly problem: string }
): ForeignIdentity {
  return 'address' in what
    ? { code, field, address: what.address.slice(0, maxToldLength) }
    : { code, field, problem: what.problem }
}
