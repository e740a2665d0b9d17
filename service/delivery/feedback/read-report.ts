import type { BounceReport, WorldReport } from '../../message/world-report.ts'
import { fieldValue } from '../../parse/scan-headers.ts'
import { complaintWithout, readComplaint } from './read-complaint.ts'
import { readDeliveryStatus } from './read-delivery-status.ts'
import { readPlainBounce } from './read-plain-bounce.ts'
import { readHeader, readParts, type ReportParts } from './report-parts.ts'

export interface ReadReportOptions {
  /** It came to the address of a feedback loop: there a message that is merely attached is a complaint of it. */
  readonly fromReporter: boolean
}

/** What a message to one of our feedback addresses says. Pure, linear, and never throws: whoever wrote it is a stranger. */
export function readReport(raw: Uint8Array, { fromReporter }: ReadReportOptions): WorldReport {
  const parts = readParts(raw)
  if (parts === null) return { kind: 'other' }
  return (
    complaintIn(parts, fromReporter) ??
    bounceIn(parts) ??
    (isAutomatic(parts) ? { kind: 'automatic' } : { kind: 'other' })
  )
}

function complaintIn(parts: ReportParts, fromReporter: boolean): WorldReport | null {
  const text = parts.machine.get('message/feedback-report')
  if (text !== undefined) return readComplaint(text, parts)
  return fromReporter ? complaintWithout(parts) : null
}

function bounceIn(parts: ReportParts): BounceReport | null {
  const text =
    parts.machine.get('message/delivery-status') ?? parts.machine.get('message/global-delivery-status')
  if (text !== undefined) {
    const recipients = readDeliveryStatus(text)
    if (recipients.length > 0) return { kind: 'bounce', recipients, header: headerOf(parts.returned) }
  }
  const plain = readPlainBounce(parts.fields, parts.text)
  if (plain === null) return null
  const { bytes } = parts.returned.fields.length > 0 ? parts.returned : readHeader(Buffer.from(plain.copy))
  return { kind: 'bounce', recipients: plain.recipients, header: headerOf({ bytes }) }
}

/** Enough of a header for the sender to know the message by. */
const maxHeaderBytes = 32 * 1024

function headerOf({ bytes }: Pick<ReportParts['returned'], 'bytes'>): Uint8Array {
  return Buffer.from(bytes.subarray(0, maxHeaderBytes))
}

/** RFC 3834 section 5, and those who say it otherwise. */
function isAutomatic({ fields, reportType, machine }: ReportParts): boolean {
  if (reportType !== null || machine.size > 0) return true
  const said = fieldValue(fields, 'auto-submitted').toLowerCase()
  if (said !== '') return !said.startsWith('no')
  return ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'].some(
    (name) => fieldValue(fields, name) !== ''
  )
}
