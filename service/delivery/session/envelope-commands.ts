import { domainToASCII } from 'node:url'
import type { MailParameters, RecipientParameters } from '../../message/mail-parameters.ts'
import type { Offers } from './offers.ts'

/** What goes with one transaction. */
export interface SessionEnvelope {
  readonly from: string | null
  readonly to: readonly string[]
  readonly size: number
  /** Bytes above 127 occur (RFC 6152). */
  readonly eightBit: boolean
  /** The header holds UTF-8 that only SMTPUTF8 allows (RFC 6531). */
  readonly utf8Header?: boolean
  /** What the client asked for. */
  readonly parameters?: MailParameters | undefined
  /** −9 to 9 (RFC 6710); 0 is what everybody takes it for. */
  readonly priority?: number
}

/** MAIL FROM with what the host offers to take. */
export function mailCommand(envelope: SessionEnvelope, offers: Offers): string {
  const { from, size, eightBit, parameters, priority = 0 } = envelope
  const dsn = offers.dsn ? dsnOfMessage(parameters) : []
  const said: readonly (readonly [string, boolean])[] = [
    [`SIZE=${size}`, offers.maxSizeBytes !== null],
    ['BODY=8BITMIME', eightBit && offers.eightBitMime],
    ['SMTPUTF8', offers.smtpUtf8 && needsUtf8(envelope)],
    ['REQUIRETLS', offers.requireTls && parameters?.requireTls === true],
    [`MT-PRIORITY=${priority}`, offers.mtPriority && priority !== 0]
  ]
  const wanted = said.flatMap(([parameter, isSaid]) => (isSaid ? [parameter] : []))
  return [`MAIL FROM:<${onWire(from ?? '', offers)}>`, ...wanted, ...dsn].join(' ')
}

/** RFC 3461 sections 4.3 and 4.4. */
function dsnOfMessage(parameters: MailParameters | undefined): readonly string[] {
  const { ret = null, envid = null } = parameters ?? {}
  return [...(ret === null ? [] : [`RET=${ret}`]), ...(envid === null ? [] : [`ENVID=${toXtext(envid)}`])]
}

/** RCPT TO, with the sender's wishes for this recipient where the host takes them. */
export function recipientCommand(address: string, { parameters }: SessionEnvelope, offers: Offers): string {
  const wishes = parameters?.recipients[address]
  const said = offers.dsn && wishes !== undefined ? dsnOfRecipient(wishes) : []
  return [`RCPT TO:<${onWire(address, offers)}>`, ...said].join(' ')
}

/** RFC 3461 sections 4.1 and 4.2: the type of ORCPT stays as it is, the address behind it is xtext. */
function dsnOfRecipient({ notify, orcpt }: RecipientParameters): readonly string[] {
  const mark = orcpt?.indexOf(';') ?? -1
  return [
    ...(notify === null ? [] : [`NOTIFY=${notify.join(',')}`]),
    ...(orcpt === null || mark === -1
      ? []
      : [`ORCPT=${orcpt.slice(0, mark)};${toXtext(orcpt.slice(mark + 1))}`])
  ]
}

/** RFC 3461 section 4: everything but printable ASCII, and `+` and `=`, as `+` and two digits. */
export function toXtext(text: string): string {
  return Array.from(Buffer.from(text), (byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x2b && byte !== 0x3d
      ? String.fromCharCode(byte)
      : `+${byte.toString(16).toUpperCase().padStart(2, '0')}`
  ).join('')
}

/** RFC 6531 section 3.4: asked for where an address or the header needs it. */
export function needsUtf8({ from, to, utf8Header }: SessionEnvelope): boolean {
  return utf8Header === true || [from ?? '', ...to].some(isBeyondAscii)
}

/** Whether the address has a form that a host without SMTPUTF8 takes: only the domain may be written otherwise (RFC 5891). */
export function hasAsciiForm(address: string): boolean {
  return !isBeyondAscii(asciiDomain(address))
}

function onWire(address: string, { smtpUtf8 }: Offers): string {
  return smtpUtf8 ? address : asciiDomain(address)
}

function asciiDomain(address: string): string {
  if (!isBeyondAscii(address)) return address
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  return domain === '' ? address : `${address.slice(0, at)}@${domain}`
}

function isBeyondAscii(text: string): boolean {
  return /[^\u0020-\u007e]/u.test(text)
}

/** Nothing that could end the command and begin another: such an address never came through a door of ours. */
export function isSpeakable(address: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return !/[\u0000-\u001f\u007f<>]/u.test(address)
}
