import type { HeaderField } from './parsed-message.ts'
import type { ParseLimits } from './parse-limits.ts'
import { readLine, type LineReader } from './line-reader.ts'

const colon = 0x3a
const space = 0x20
const tab = 0x09
const maxFoldedLines = 2_000

/** A field with the place of its bytes, folding included. */
export interface ScannedField extends HeaderField {
  readonly lowerName: string
  readonly valueStart: number
  readonly end: number
}

export interface ScannedHeaders {
  readonly fields: readonly ScannedField[]
  readonly truncated: boolean
  readonly invalid: boolean
  /** Why the block ended: an empty line, the end of the bytes, or a line that the caller claims (a boundary). */
  readonly endedBy: 'blank' | 'end' | 'claimed'
}

/** Fields that say what the message is: picked up even where they stand behind the limit, so that padding can't hide them. */
const essential = new Set([
  'from', 'to', 'cc', 'reply-to', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'content-type',
  'content-transfer-encoding', 'content-disposition', 'user-agent', 'x-mailer', 'auto-submitted', 'precedence', 'list-id'
]) // prettier-ignore

interface Draft {
  readonly fields: ScannedField[]
  readonly essentialCounts: Map<string, number>
  bytes: number
  truncated: boolean
  invalid: boolean
}

/**
 * Reads one header block (RFC 5322 section 2.2), leaving the reader behind its blank line. `claims` sees each line that starts
 * with `--`: a MIME boundary ends a header block too.
 */
export function scanHeaders(
  reader: LineReader,
  limits: ParseLimits,
  claims: (reader: LineReader) => boolean
): ScannedHeaders {
  const draft: Draft = { fields: [], essentialCounts: new Map(), bytes: 0, truncated: false, invalid: false }
  let endedBy: ScannedHeaders['endedBy'] = 'end'
  let fieldStart = -1
  let fieldEnd = -1
  while (readLine(reader)) {
    const first = reader.raw[reader.start]
    if (reader.start === reader.end) endedBy = 'blank'
    else if (first === 0x2d && claims(reader)) endedBy = 'claimed'
    if (endedBy !== 'end') break
    const folded = first === space || first === tab
    if (folded && fieldStart >= 0) {
      fieldEnd = reader.end
      continue
    }
    if (fieldStart >= 0) addField(draft, reader.raw, fieldStart, fieldEnd, limits)
    fieldStart = reader.start
    fieldEnd = reader.end
  }
  if (fieldStart >= 0) addField(draft, reader.raw, fieldStart, fieldEnd, limits)
  return { fields: draft.fields, truncated: draft.truncated, invalid: draft.invalid, endedBy }
}

function addField(draft: Draft, raw: Buffer, start: number, end: number, limits: ParseLimits): void {
  const nameEnd = endOfName(raw, start, end)
  if (nameEnd < 0) {
    draft.invalid = true
    return
  }
  const name = raw.toString('latin1', start, nameEnd)
  const lowerName = name.toLowerCase()
  const full = draft.fields.length >= limits.headerFields || draft.bytes >= limits.headerBytes
  if (full) {
    draft.truncated = true
    const seen = draft.essentialCounts.get(lowerName) ?? 0
    if (!essential.has(lowerName) || seen > 1) return
  }
  if (essential.has(lowerName)) {
    draft.essentialCounts.set(lowerName, (draft.essentialCounts.get(lowerName) ?? 0) + 1)
  }
  const kept = Math.min(end, start + limits.fieldBytes)
  if (kept < end) draft.truncated = true
  draft.bytes += kept - start
  const valueStart = raw[nameEnd] === colon ? nameEnd + 1 : raw.indexOf(colon, nameEnd) + 1
  draft.fields.push({
    name,
    lowerName,
    value: unfold(raw.toString('utf8', valueStart, kept)),
    valueStart,
    end: kept
  })
}

/** RFC 5322 section 2.2: printable ASCII without colon; white space before the colon is obsolete syntax (section 4.5). */
function endOfName(raw: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && isNameByte(raw[at] ?? 0)) at += 1
  const nameEnd = at
  while (at < end && isBlankByte(raw[at] ?? 0)) at += 1
  return nameEnd > start && at < end && raw[at] === colon ? nameEnd : -1
}

function isNameByte(byte: number): boolean {
  return byte > 32 && byte < 127 && byte !== colon
}

function isBlankByte(byte: number): boolean {
  return byte === space || byte === tab
}

/** Line ends and the blanks around them become one blank; what RFC 5322 section 2.2.3 keeps of them tells nobody anything. */
function unfold(value: string): string {
  if (!value.includes('\n')) return value.trim()
  const lines = value.split('\n', maxFoldedLines).map((line) => line.trim())
  return lines.join(' ').trim()
}

/** The last field of this name wins where several stand, as mail readers do; '' if there is none. */
export function fieldValue(fields: readonly ScannedField[], lowerName: string): string {
  return fields.findLast((field) => field.lowerName === lowerName)?.value ?? ''
}
