import { decodeBody } from '../../../service/parse/decode-body.ts'
import { parseDate } from '../../../service/parse/parse-date.ts'
import { parseLimits } from '../../../service/parse/parse-limits.ts'
import { readHtml } from '../../../service/parse/read-html.ts'
import type { ScannedField } from '../../../service/parse/scan-headers.ts'
import { scanStructure, type ScannedPart } from '../../../service/parse/scan-structure.ts'
import { unflow } from '../../../service/parse/unflow.ts'

/** A text part of a message and the characters in it; `\n` line ends. */
export interface TextBody {
  readonly part: ScannedPart
  /** As it stands there, soft line breaks included. */
  readonly written: string
  /** As its reader sees it: flowed lines joined. */
  readonly text: string
}

/** A real message, taken apart so that another text can be put in: everything else keeps its bytes. */
export interface MailTemplate {
  /** latin1: a character a byte. */
  readonly raw: string
  readonly eol: '\r\n' | '\n'
  readonly fields: readonly ScannedField[]
  readonly parts: readonly ScannedPart[]
  readonly plain: TextBody | null
  readonly html: TextBody | null
}

/** null where the message has no text that could be exchanged, or can't be read. */
export function readTemplate(raw: string): MailTemplate | null {
  const bytes = Buffer.from(raw, 'latin1')
  const scanned = scanStructure(bytes, parseLimits)
  if (scanned.kind !== 'scanned') return null
  const plain = bodyOf(bytes, scanned.parts, 'text/plain')
  const html = bodyOf(bytes, scanned.parts, 'text/html')
  if (plain === null && html === null) return null
  const eol = raw.includes('\r\n') ? '\r\n' : '\n'
  return { raw, eol, fields: scanned.fields, parts: scanned.parts, plain, html }
}

/** The field's value unfolded, encoded words as they stand; '' if there is none. */
export function fieldOf({ fields }: MailTemplate, lowerName: string): string {
  return fields.findLast((field) => field.lowerName === lowerName)?.value ?? ''
}

export function hasField({ fields }: MailTemplate, lowerName: string): boolean {
  return fields.some((field) => field.lowerName === lowerName)
}

/** What its reader reads: the plain text, else that of the HTML. */
export function readableText({ plain, html }: MailTemplate): string {
  if (plain !== null) return plain.text
  return html === null ? '' : readHtml(html.text, 0).text
}

/** Minutes east of UTC as the Date field claims; 0 where it claims nothing. */
export function zoneOf(template: MailTemplate): number {
  return parseDate(fieldOf(template, 'date'))?.zoneMinutes ?? 0
}

function bodyOf(bytes: Buffer, parts: readonly ScannedPart[], type: string): TextBody | null {
  const part = parts.find(
    (one) => one.type === type && one.disposition !== 'attachment' && one.embedded === 0
  )
  if (part === undefined) return null
  const written = decodeBody(bytes.subarray(part.bodyStart, part.bodyEnd), part)
  if (written === undefined) return null
  const text = part.flowed === 'no' ? written : unflow(written, part.flowed === 'deletes-blank')
  return { part, written, text }
}
