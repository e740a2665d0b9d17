import type { EnhancedStatus } from '../../message/enhanced-status.ts'
import { headerLength } from '../../message/header-block.ts'
import { rfc5322Date } from '../../message/rfc5322-date.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'

export interface FailedRecipient {
  readonly address: string
  readonly status: EnhancedStatus
  /** What the other host said, or our own reason. */
  readonly reply: string
  /** The host that said it, null if we did. */
  readonly mx: string | null
}

export interface DsnOptions {
  /** Also the domain of the report's Message-ID and From. */
  readonly hostname: string
  readonly id: string
  /** Epoch ms. */
  readonly at: number
}

/**
 * Whether a failure may be reported to the sender. A message with a null sender is itself a report: answering it would let two
 * servers bounce at each other for ever (RFC 5321 section 6.1).
 */
export function mayReport({ envelope }: Pick<QueuedMessage, 'envelope'>): boolean {
  return envelope.mailFrom !== null
}

/** The part of the original header that goes back: enough to recognise the message by. */
const maxReturnedHeader = 32 * 1024

/**
 * A delivery status notification: multipart/report (RFC 6522) of an explanation for people, one for machines (RFC 3464), and the
 * header of the message. Its sender is null, so that it is never answered.
 */
export function composeDsn(
  message: QueuedMessage,
  raw: Uint8Array,
  failed: readonly FailedRecipient[],
  options: DsnOptions
): Buffer {
  const { hostname, id, at } = options
  const boundary = `=_sluice_${id}`
  const eightBit = failed.some(({ address }) => isInternational(address))
  const lines = [
    `From: Mail Delivery System <MAILER-DAEMON@${hostname}>`,
    `To: <${message.envelope.mailFrom ?? ''}>`,
    'Subject: Undelivered mail returned to sender',
    `Date: ${rfc5322Date(at)}`,
    `Message-ID: <${id}@${hostname}>`,
    // RFC 3834 section 5: so that nobody's vacation notice answers it
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${eightBit ? '8bit' : '7bit'}`,
    '',
    ...explanation(message, failed, hostname),
    '',
    `--${boundary}`,
    `Content-Type: message/${eightBit ? 'global-' : ''}delivery-status`,
    '',
    ...statusFields(message, failed, hostname),
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    ''
  ]
  return Buffer.concat([
    Buffer.from(`${lines.join('\r\n')}\r\n`),
    returnedHeader(raw),
    Buffer.from(`\r\n--${boundary}--\r\n`)
  ])
}

function explanation(message: QueuedMessage, failed: readonly FailedRecipient[], hostname: string): string[] {
  return [
    `This is the mail system at ${hostname}.`,
    '',
    'Your message could not be delivered to:',
    '',
    ...failed.flatMap(({ address, reply, mx }) => [
      `  <${address}>`,
      `    ${mx === null ? '' : `${mx} said: `}${reply}`,
      ''
    ]),
    `It was received on ${rfc5322Date(message.acceptedAt)} and is kept here under the id ${message.id}.`
  ]
}

/** RFC 3464 section 2.2 and 2.3. */
function statusFields(
  message: QueuedMessage,
  failed: readonly FailedRecipient[],
  hostname: string
): string[] {
  return [
    `Reporting-MTA: dns; ${hostname}`,
    `X-Sluice-Queue-Id: ${message.id}`,
    `Arrival-Date: ${rfc5322Date(message.acceptedAt)}`,
    '',
    ...failed.flatMap(({ address, status, reply, mx }) => [
      `Final-Recipient: ${isInternational(address) ? 'utf-8' : 'rfc822'}; ${address}`,
      'Action: failed',
      `Status: ${status}`,
      ...(mx === null ? [] : [`Remote-MTA: dns; ${mx}`]),
      `Diagnostic-Code: ${mx === null ? 'x-sluice' : 'smtp'}; ${asciiOnly(reply)}`,
      ''
    ])
  ]
}

/** The header without what may not travel in a 7-bit part; cut at a line end. */
function returnedHeader(raw: Uint8Array): Buffer {
  const text = Buffer.from(raw.subarray(0, Math.min(headerLength(raw), maxReturnedHeader))).toString('latin1')
  const whole = text.length < maxReturnedHeader ? text : text.slice(0, text.lastIndexOf('\n') + 1)
  return Buffer.from(asciiOnly(whole).replaceAll(/\r?\n/gu, '\r\n'))
}

function isInternational(text: string): boolean {
  return /[^\u0020-\u007e]/u.test(text)
}

function asciiOnly(text: string): string {
  return text.replaceAll(/[^\t\n\r -~]/gu, '?')
}
