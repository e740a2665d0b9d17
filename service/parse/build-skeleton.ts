import { createHash } from 'node:crypto'
import type { ParseLimits } from './parse-limits.ts'
import type { ScannedField } from './scan-headers.ts'
import type { ScannedPart } from './scan-structure.ts'

/** What the mail library gets to decode: fields that need decoding, bodies of text, and attachments without their content. */
export interface Skeleton {
  readonly bytes: Buffer
  /** A body was longer than is decoded. */
  readonly cut: boolean
}

interface Draft {
  readonly raw: Uint8Array
  readonly pieces: Uint8Array[]
  bytesLeft: number
  cut: boolean
}

const decodedFields = new Set(['from', 'to', 'cc', 'reply-to', 'subject'])
const attachmentFields = new Set(['content-type', 'content-disposition'])
const newLine = Buffer.from('\r\n')
const forwarded = '---------- Forwarded message ----------'

/**
 * A flat, small message in place of the real one: one level deep, bounded, attachments emptied. So a hostile tree, a header flood or
 * 25 MB of base64 cost the library nothing.
 */
export function buildSkeleton(
  raw: Uint8Array,
  fields: readonly ScannedField[],
  leaves: readonly ScannedPart[],
  limits: ParseLimits
): Skeleton {
  const draft: Draft = { raw, pieces: [], bytesLeft: limits.bodyBytes, cut: false }
  for (const field of fields) if (decodedFields.has(field.lowerName)) pushField(draft, field)
  const only = leaves[0]
  if (leaves.length === 1 && only && isText(only)) pushPart(draft, only)
  else pushAlternatives(draft, leaves)
  return { bytes: Buffer.concat(draft.pieces), cut: draft.cut }
}

/** A body that the reader sees as text; everything else counts as attachment. */
export function isText(part: ScannedPart): boolean {
  return part.disposition !== 'attachment' && (part.type === 'text/plain' || part.type === 'text/html')
}

/** As alternatives the library keeps text and HTML apart; in a mixed message it would convert one into the other. */
function pushAlternatives(draft: Draft, leaves: readonly ScannedPart[]): void {
  const boundary = unusedBoundary(draft.raw)
  const delimiter = Buffer.from(`\r\n--${boundary}\r\n`)
  draft.pieces.push(Buffer.from(`Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n`))
  for (const [index, leaf] of leaves.entries()) {
    // Text of an attached message is shown by mail readers, but it is not this sender's: marked like any other forwarded text.
    if (leaf.embedded > 0 && isText(leaf)) {
      draft.pieces.push(delimiter, Buffer.from(`Content-Type: ${leaf.type}\r\n\r\n${forwardMark(leaf.type)}`))
    }
    draft.pieces.push(delimiter)
    if (isText(leaf)) pushPart(draft, leaf)
    else pushAttachment(draft, leaf, index)
  }
  draft.pieces.push(Buffer.from(`\r\n--${boundary}--\r\n`))
}

/** Stands before the text of an attached message. */
export function forwardMark(type: string): string {
  return type === 'text/html' ? `<p>${forwarded}</p>` : forwarded
}

function pushPart(draft: Draft, part: ScannedPart): void {
  // Only what is known of the type is passed on: what the library would read differently, it does not get to see.
  const charset =
    part.charset !== null && /^[\w.:+-]{1,60}$/u.test(part.charset) ? `; charset=${part.charset}` : ''
  draft.pieces.push(Buffer.from(`Content-Type: ${part.type}${charset}\r\n`))
  for (const field of part.fields)
    if (field.lowerName === 'content-transfer-encoding') pushField(draft, field)
  draft.pieces.push(newLine)
  const end = Math.min(part.bodyEnd, part.bodyStart + draft.bytesLeft)
  draft.pieces.push(draft.raw.subarray(part.bodyStart, end))
  draft.bytesLeft -= end - part.bodyStart
  draft.cut ||= end < part.bodyEnd
}

/** By this the library's answer is matched with the leaf, whatever it takes for an attachment. */
export function contentId(leaf: number): string {
  return `<leaf-${leaf}>`
}

/** Names only. An attached message must not be read as one, so no type of that kind is passed on. */
function pushAttachment(draft: Draft, part: ScannedPart, leaf: number): void {
  const isMessage = part.type.startsWith('message/')
  for (const field of part.fields) {
    const isHidden = isMessage && field.lowerName === 'content-type'
    if (attachmentFields.has(field.lowerName) && !isHidden) pushField(draft, field)
  }
  if (isMessage) draft.pieces.push(Buffer.from('Content-Type: application/octet-stream\r\n'))
  draft.pieces.push(Buffer.from(`Content-ID: ${contentId(leaf)}\r\n\r\n`))
}

function pushField(draft: Draft, field: ScannedField): void {
  draft.pieces.push(Buffer.from(`${field.name}: `), draft.raw.subarray(field.valueStart, field.end), newLine)
}

/** The same message gives the same boundary, and no message can contain its own hash. */
function unusedBoundary(raw: Uint8Array): string {
  const plain = '=_flat'
  if (!Buffer.from(raw.buffer, raw.byteOffset, raw.length).includes(plain)) return plain
  return `${plain}_${createHash('sha256').update(raw).digest('hex')}`
}
