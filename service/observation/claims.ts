import { canonicalAddress, parseAddress } from '../message/address.ts'
import type { Envelope } from '../message/envelope.ts'
import type { ParsedMessage } from '../parse/parsed-message.ts'
import { headerValue } from './header-value.ts'

/**
 * What a message says of how it came to be sent. Anybody can write these fields: a claim may keep a message out of a profile, it
 * never spares it scoring, charge or limits.
 */
export const claimNames = [
  'null-sender', // MAIL FROM <> (RFC 5321 section 4.5.5)
  'delivery-report', // multipart/report with message/delivery-status (RFC 3464)
  'read-receipt', // multipart/report with message/disposition-notification (RFC 8098)
  'abuse-report', // multipart/report with message/feedback-report (RFC 5965)
  'automatic-reply', // a program answers somebody (RFC 3834)
  'automatic-message', // a program writes on its own account (RFC 3834)
  'redirected', // Resent-* (RFC 5322 section 3.6.6), SRS, or what forwarding rules leave behind
  'list-expansion', // a list manager sends somebody else's message on (RFC 2369, RFC 2919)
  'bulk' // says that it goes to many: Precedence, List-Unsubscribe, List-Id
] as const
export type Claim = (typeof claimNames)[number]

type Fields = (lowerName: string) => string

interface Case {
  readonly message: ParsedMessage
  readonly envelope: Envelope
  readonly sender: string
  /** Value of the last field of this name in lower case, '' if there is none. */
  readonly field: Fields
}

const recognise: Readonly<Record<Claim, (one: Case) => boolean>> = {
  'null-sender': ({ envelope }) => envelope.mailFrom === null,
  'delivery-report': (one) => isReportOf(one, /^message\/(?:global-)?delivery-status$/u),
  'read-receipt': (one) => isReportOf(one, /^message\/(?:global-)?disposition-notification$/u),
  'abuse-report': (one) => isReportOf(one, /^message\/feedback-report$/u),
  'automatic-reply': isAutomaticReply,
  'automatic-message': (one) => isAutoSubmitted(one) && !isAutomaticReply(one),
  redirected: isRedirected,
  'list-expansion': (one) => isFromListManager(one) && showsSomebodyElse(one),
  bulk: ({ field }) =>
    /^(?:bulk|junk|list)\b/u.test(field('precedence')) ||
    field('list-unsubscribe') !== '' ||
    field('list-id') !== ''
}

/** The claims of a message, in the order of `claimNames`. */
export function observeClaims(message: ParsedMessage, envelope: Envelope, sender: string): readonly Claim[] {
  const field: Fields = (lowerName) => headerValue(message, lowerName).toLowerCase()
  const one: Case = { message, envelope, sender, field }
  return claimNames.filter((claim) => recognise[claim](one))
}

/** Judged by the tree, not by the `report-type` parameter: the part is what a reader acts on. */
function isReportOf({ message: { parts } }: Case, partType: RegExp): boolean {
  return parts[0]?.type === 'multipart/report' && parts.some(({ type }) => partType.test(type))
}

/** RFC 3834 section 5: any value but `no`; comments and parameters may follow. */
function isAutoSubmitted({ field }: Case): boolean {
  const value = field('auto-submitted')
  return value !== '' && !/^no\b/u.test(value)
}

/** Exchange marks its out-of-office answers `auto-generated`: what answers a message is an answer, whatever it calls itself. */
function isAutomaticReply(one: Case): boolean {
  const { message, field } = one
  const answers = message.inReplyTo !== null || message.references.length > 0
  if (isAutoSubmitted(one) && (answers || /^auto-replied\b/u.test(field('auto-submitted')))) return true
  if (field('precedence').startsWith('auto_reply')) return true
  return ['x-autoreply', 'x-autorespond', 'x-autoreply-from'].some(
    (name) => !/^(?:no\b|$)/u.test(field(name))
  )
}

const resent = ['resent-from', 'resent-sender', 'resent-date', 'resent-to', 'x-sieve-redirected-from']

/** SRS0/SRS1: the Sender Rewriting Scheme, by which forwarders keep SPF whole. A bare `X-Forwarded-For` of a web form names an address of the network. */
function isRedirected({ envelope, field }: Case): boolean {
  return (
    resent.some((name) => field(name) !== '') ||
    field('x-forwarded-to').includes('@') ||
    field('x-forwarded-for').includes('@') ||
    /^srs[01][=+-]/iu.test(envelope.mailFrom ?? '')
  )
}

/** `List-Post: NO` is an announcement list (RFC 2369 section 3.4): only its owner writes to it. */
function isFromListManager({ field }: Case): boolean {
  const post = field('list-post')
  if (post !== '') return !/^no\b/u.test(post)
  return field('mailing-list') !== '' || (field('list-id') !== '' && field('precedence').startsWith('list'))
}

/** The From of the message is neither the sender nor MAIL FROM: a newsletter's owner shows himself, a list shows who posted. */
function showsSomebodyElse({ message, envelope, sender }: Case): boolean {
  const from = mailbox(message.from[0]?.address ?? '')
  return from !== '' && from !== mailbox(sender) && from !== mailbox(envelope.mailFrom ?? '')
}

function mailbox(text: string): string {
  const address = parseAddress(text)
  return address === undefined ? '' : canonicalAddress(address)
}
