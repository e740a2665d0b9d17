import { decodeBody } from '../../parse/decode-body.ts'
import { parseParameters } from '../../parse/content-type.ts'
import { parseLimits, type ParseLimits } from '../../parse/parse-limits.ts'
import { fieldValue, type ScannedField } from '../../parse/scan-headers.ts'
import { scanStructure, type ScannedPart } from '../../parse/scan-structure.ts'

/** A report taken apart: its header, what it says to people and to machines, and what it brings back. */
export interface ReportParts {
  readonly fields: readonly ScannedField[]
  /** Of multipart/report: `delivery-status`, `feedback-report`, …; null: it is no such thing. */
  readonly reportType: string | null
  /** For people: the first text, line ends as line feeds. */
  readonly text: string
  /** For machines, by type of the part. */
  readonly machine: ReadonlyMap<string, string>
  /** The header of the message that it is about; empty: it is not with it. */
  readonly returned: { readonly fields: readonly ScannedField[]; readonly bytes: Uint8Array }
}

/** Reports are small and flat: whatever has more is taken for none. */
const limits: ParseLimits = { ...parseLimits, mimeDepth: 12, parts: 60, headerFields: 400 }
/** Of one part that is read. */
const maxPartBytes = 128 * 1024
const machineTypes = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/feedback-report',
  'message/disposition-notification'
])
const headerTypes = new Set(['text/rfc822-headers', 'message/global-headers'])
const none = { fields: [], bytes: new Uint8Array() }

/** null: not readable as mail. */
export function readParts(raw: Uint8Array): ReportParts | null {
  const scan = scanStructure(raw, limits)
  if (scan.kind !== 'scanned') return null
  const own = scan.parts.filter(({ embedded }) => embedded === 0)
  const machine = new Map<string, string>()
  for (const part of own) {
    if (machineTypes.has(part.type) && !machine.has(part.type)) machine.set(part.type, textOf(raw, part))
  }
  const words = own.find(({ type }) => type === 'text/plain')
  const type = parseParameters(fieldValue(scan.fields, 'content-type')).get('report-type')
  return {
    fields: scan.fields,
    reportType: scan.parts[0]?.type === 'multipart/report' ? (type?.toLowerCase() ?? '') : null,
    text: words === undefined ? '' : textOf(raw, words),
    machine,
    returned: returnedHeader(raw, own, scan.parts)
  }
}

/** The first attached message, or its header alone. */
function returnedHeader(
  raw: Uint8Array,
  own: readonly ScannedPart[],
  parts: readonly ScannedPart[]
): ReportParts['returned'] {
  const message = parts.find(({ embedded }) => embedded === 1)
  const first = message?.fields[0]
  if (message !== undefined && first !== undefined)
    return { fields: message.fields, bytes: raw.subarray(startOf(raw, first), message.bodyStart) }
  const header = own.find(({ type }) => headerTypes.has(type))
  return header === undefined ? none : readHeader(Buffer.from(textOf(raw, header), 'utf8'))
}

/** A text that holds a header, such as the copy below an old bounce. */
export function readHeader(bytes: Uint8Array): ReportParts['returned'] {
  const scan = scanStructure(bytes, limits)
  return scan.kind === 'scanned' ? { fields: scan.fields, bytes } : none
}

/** Where the field's name begins: the scan knows its value's place. */
function startOf(raw: Uint8Array, { valueStart }: ScannedField): number {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.length).lastIndexOf(0x0a, valueStart - 1) + 1
}

function textOf(raw: Uint8Array, part: ScannedPart): string {
  const body = raw.subarray(part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + maxPartBytes))
  return decodeBody(body, part) ?? Buffer.from(body).toString('latin1').replaceAll('\r\n', '\n')
}
