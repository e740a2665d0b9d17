import { isText } from './build-skeleton.ts'
import { isKnownCharset } from './decode-charset.ts'
import { decodeNatively } from './decode-natively.ts'
import { decodeWithLibrary } from './decode-with-library.ts'
import type { Decoded } from './decoded.ts'
import { findLinks } from './find-links.ts'
import { parseDate } from './parse-date.ts'
import { parseLimits, type ParseLimits } from './parse-limits.ts'
import type { Attachment, Defect, MimePart, ParsedMessage, ParseOutcome } from './parsed-message.ts'
import { readHtml } from './read-html.ts'
import { fieldValue, type ScannedField } from './scan-headers.ts'
import { unflow } from './unflow.ts'
import { scanStructure, type ScannedPart, type ScanOutcome } from './scan-structure.ts'

/**
 * RFC 5322 bytes → what the recipient's client would show. Never rejects because of the message; linear in its size: the structure
 * is scanned once, and only text and a few header fields are decoded.
 */
export async function parseMessage(
  raw: Uint8Array,
  limits: ParseLimits = parseLimits
): Promise<ParseOutcome> {
  const scan = scanStructure(raw, limits)
  if (scan.kind !== 'scanned') return { kind: 'unreadable', cause: scan.kind, detail: details[scan.kind] }
  const leaves = scan.parts.filter((part) => isLeaf(part))
  try {
    const decoded =
      decodeNatively(raw, scan.fields, leaves, limits) ??
      (await decodeWithLibrary(raw, scan.fields, leaves, limits))
    return { kind: 'parsed', message: toMessage(raw, scan, leaves, decoded, limits) }
  } catch (error) {
    return {
      kind: 'unreadable',
      cause: 'parser-failed',
      detail: error instanceof Error ? error.message : 'unknown'
    }
  }
}

const details = {
  'too-deep': 'the MIME tree is deeper than any mail reader follows',
  'too-many-parts': 'the message has more MIME parts than are read',
  empty: 'there is nothing in the message'
} as const

/** A multipart without a boundary has no children: what stands in it is not shown, but counts as a part. */
function isLeaf(part: ScannedPart): boolean {
  return !part.type.startsWith('multipart/')
}

function toMessage(
  raw: Uint8Array,
  { fields, parts, defects: found }: Extract<ScanOutcome, { kind: 'scanned' }>,
  leaves: readonly ScannedPart[],
  decoded: Decoded,
  limits: ParseLimits
): ParsedMessage {
  const defects = new Set(found)
  if (decoded.cut) defects.add('text-truncated')
  const text = bounded(unflowed(decoded.text, leaves), limits.textChars, defects)
  const html = bounded(decoded.html, limits.htmlChars, defects)
  const reading = readHtml(html, limits.links)
  const htmlText = bounded(reading.text, limits.textChars, defects)
  const date = parseDate(fieldValue(fields, 'date'))
  noteDefects(defects, { fields, leaves, decoded, date, text, html })
  return {
    headers: fields.map(({ name, value }) => ({ name, value })),
    subject: decoded.subject.slice(0, 2_000),
    from: decoded.from.slice(0, limits.addresses),
    to: decoded.to.slice(0, limits.addresses),
    cc: decoded.cc.slice(0, limits.addresses),
    replyTo: decoded.replyTo.slice(0, limits.addresses),
    date,
    messageId: messageIds(fieldValue(fields, 'message-id'))[0] ?? null,
    inReplyTo: messageIds(fieldValue(fields, 'in-reply-to'))[0] ?? null,
    references: messageIds(fieldValue(fields, 'references')).slice(-limits.references),
    parts: parts.map((part) => toMimePart(part)),
    attachments: toAttachments(raw, leaves, decoded),
    text,
    html,
    htmlText,
    htmlFacts: { images: reading.images, forms: reading.forms, hiddenChars: reading.hiddenChars },
    links: findLinks(reading.links, text === '' ? htmlText : text, limits.links),
    sizeBytes: raw.length,
    defects: [...defects]
  }
}

/** A message has one writer, so one flowed body speaks for all. */
function unflowed(text: string, leaves: readonly ScannedPart[]): string {
  const flowed = leaves.find(
    (leaf) => leaf.flowed !== 'no' && leaf.type === 'text/plain' && isText(leaf)
  )?.flowed
  return flowed === undefined ? text : unflow(text, flowed === 'deletes-blank')
}

function bounded(text: string, maxChars: number, defects: Set<Defect>): string {
  if (text.length <= maxChars) return text
  defects.add('text-truncated')
  return text.slice(0, maxChars)
}

function noteDefects(
  defects: Set<Defect>,
  found: {
    readonly fields: readonly ScannedField[]
    readonly leaves: readonly ScannedPart[]
    readonly decoded: Decoded
    readonly date: ParsedMessage['date']
    readonly text: string
    readonly html: string
  }
): void {
  const fromFields = found.fields.filter((field) => field.lowerName === 'from').length
  if (found.decoded.from.length === 0) defects.add('no-from')
  if (fromFields > 1) defects.add('several-from')
  if (fieldValue(found.fields, 'date') === '') defects.add('no-date')
  else if (found.date === null) defects.add('invalid-date')
  const charsets = found.leaves.filter((leaf) => isText(leaf)).map((leaf) => leaf.charset)
  const replaced = found.text.includes('\uFFFD') || found.html.includes('\uFFFD')
  if (replaced || !charsets.every((charset) => charset === null || isKnownCharset(charset)))
    defects.add('invalid-charset')
}

/** RFC 5322 section 3.6.4: identifiers stand in angle brackets; what stands outside of them is comment. */
function messageIds(value: string): string[] {
  const found: string[] = []
  let open = value.indexOf('<')
  while (open >= 0) {
    const close = value.indexOf('>', open)
    if (close < 0) break
    const id = value.slice(open, close + 1)
    if (id.length > 2 && id.length <= 998) found.push(id)
    open = value.indexOf('<', close)
  }
  return found
}

function toMimePart({ type, depth, charset, encoding, disposition, boundary }: ScannedPart): MimePart {
  return { type, depth, charset, encoding, disposition, boundary }
}

function toAttachments(
  raw: Uint8Array,
  leaves: readonly ScannedPart[],
  { filenames }: Decoded
): Attachment[] {
  const attachments: Attachment[] = []
  for (const [index, leaf] of leaves.entries()) {
    if (isText(leaf)) continue
    attachments.push({
      filename: filenames[index]?.slice(0, 255) ?? null,
      contentType: leaf.type,
      sizeBytes: decodedSize(raw, leaf)
    })
  }
  return attachments
}

/** Four base64 characters hold three bytes; line ends and padding hold none (RFC 4648 section 4). */
function decodedSize(raw: Uint8Array, { bodyStart, bodyEnd, contentBytes, encoding }: ScannedPart): number {
  if (encoding !== 'base64') return bodyEnd - bodyStart
  let padding = 0
  while (padding < 2 && raw[bodyEnd - 1 - padding] === 0x3d) padding += 1
  return Math.max(0, Math.floor(((contentBytes - padding) * 3) / 4))
}
