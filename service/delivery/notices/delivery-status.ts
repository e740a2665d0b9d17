import { rfc5322Date } from '../../message/rfc5322-date.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { asciiOnly, oneLine } from './printable.ts'
import type { ReportedRecipient } from './report.ts'

export interface StatusOptions {
  readonly hostname: string
  /** Of delayed ones: epoch ms at which we give up. */
  readonly retryUntil: number
}

/** The part for machines (RFC 3464 section 2.2 and 2.3): groups of fields, CRLF after each. Remote text cannot begin a field of its own. */
export function deliveryStatus(
  message: QueuedMessage,
  recipients: readonly ReportedRecipient[],
  { hostname, retryUntil }: StatusOptions
): string {
  const { parameters, id, acceptedAt } = message
  const lines = [
    ...(parameters?.envid ? [`Original-Envelope-Id: ${oneLine(parameters.envid)}`] : []),
    `Reporting-MTA: dns; ${hostname}`,
    `X-Sluice-Queue-Id: ${id}`,
    `Arrival-Date: ${rfc5322Date(acceptedAt)}`,
    ...recipients.flatMap((one) => ['', ...recipientFields(one, message, retryUntil)])
  ]
  return `${lines.join('\r\n')}\r\n`
}

function recipientFields(
  { address, action, status, reply, mx }: ReportedRecipient,
  { parameters }: QueuedMessage,
  retryUntil: number
): readonly string[] {
  const original = parameters?.recipients[address]?.orcpt ?? null
  return [
    ...(original === null ? [] : [`Original-Recipient: ${oneLine(original).replace(';', '; ')}`]),
    `Final-Recipient: ${isInternational(address) ? 'utf-8' : 'rfc822'}; ${oneLine(address)}`,
    `Action: ${action}`,
    `Status: ${status}`,
    ...(mx === null ? [] : [`Remote-MTA: dns; ${oneLine(mx)}`]),
    ...(reply === ''
      ? []
      : [`Diagnostic-Code: ${mx === null ? 'x-sluice' : 'smtp'}; ${asciiOnly(oneLine(reply))}`]),
    ...(action === 'delayed' ? [`Will-Retry-Until: ${rfc5322Date(retryUntil)}`] : [])
  ]
}

/** Whether the part is one of RFC 6533 (`message/global-delivery-status`). */
export function needsGlobalStatus(recipients: readonly ReportedRecipient[]): boolean {
  return recipients.some(({ address }) => isInternational(address))
}

function isInternational(text: string): boolean {
  return /[^\u0020-\u007e]/u.test(text)
}
