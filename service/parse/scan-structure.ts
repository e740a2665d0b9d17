import { parseContentType, type ContentType } from './content-type.ts'
import { createLineReader, readDashLine, type LineReader } from './line-reader.ts'
import type { ParseLimits } from './parse-limits.ts'
import type { Defect, MimePart } from './parsed-message.ts'
import { fieldValue, scanHeaders, type ScannedField } from './scan-headers.ts'

/** A part with the place of its body. Its bytes stay where they are. */
export interface ScannedPart extends MimePart {
  type: string
  readonly flowed: ContentType['flowed']
  readonly fields: readonly ScannedField[]
  readonly bodyStart: number
  bodyEnd: number
  /** Bytes of the body without its line ends. */
  contentBytes: number
  /** How many attached messages (message/rfc822) stand around this part. */
  readonly embedded: number
}

export type ScanOutcome =
  | {
      readonly kind: 'scanned'
      readonly fields: readonly ScannedField[]
      readonly parts: readonly ScannedPart[]
      readonly defects: readonly Defect[]
    }
  | { readonly kind: 'too-deep' | 'too-many-parts' | 'empty' }

/** An open multipart: lines `--boundary` are its delimiters (RFC 2046 section 5.1.1). */
interface Frame {
  readonly boundary: string
  readonly hash: number
  readonly depth: number
  readonly embedded: number
  readonly digest: boolean
}

interface Scan {
  readonly reader: LineReader
  readonly limits: ParseLimits
  readonly frames: Frame[]
  /** Which hashes the boundaries of `frames` have, in their low bits: most lines that start with dashes are none of them. */
  readonly openHashes: Uint8Array
  readonly parts: ScannedPart[]
  readonly defects: Set<Defect>
  /** The delimiter line that `claims` has just seen. */
  claimed: { readonly frame: Frame; readonly closes: boolean } | null
  open: ScannedPart | null
  /** `reader.lineEndBytes` where the open part starts. */
  lineEndBytes: number
}

/** RFC 2046 allows 70 characters; some writers use more. */
const maxBoundaryLength = 200
const dash = 0x2d
const hashMask = 1_023

/**
 * Finds headers, MIME tree and bodies in one pass over the bytes: no recursion, nothing decoded, nothing copied. What the mail
 * library gets to see afterwards is bounded by this.
 */
export function scanStructure(raw: Uint8Array, limits: ParseLimits): ScanOutcome {
  const scan: Scan = {
    reader: createLineReader(raw),
    limits,
    frames: [],
    openHashes: new Uint8Array(hashMask + 1),
    parts: [],
    defects: new Set(),
    claimed: null,
    open: null,
    lineEndBytes: 0
  }
  if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) scan.reader.next = 3
  const fault = readEntity(scan, 0, 0, 'text/plain') ?? readBodies(scan)
  if (fault) return { kind: fault }
  const fields = scan.parts[0]?.fields ?? []
  if (raw.length === 0 || (fields.length === 0 && isBlank(raw))) return { kind: 'empty' }
  readChildlessAsText(scan.parts)
  noteDefects(scan)
  return { kind: 'scanned', fields, parts: scan.parts, defects: [...scan.defects] }
}

type Fault = 'too-deep' | 'too-many-parts' | undefined

/** Reads the headers of one entity, and of the messages attached in it, and opens what they announce. */
function readEntity(scan: Scan, depth: number, embedded: number, fallback: string): Fault {
  let level = { depth, embedded, fallback }
  for (;;) {
    if (level.depth > scan.limits.mimeDepth) return 'too-deep'
    if (scan.parts.length >= scan.limits.parts) return 'too-many-parts'
    scan.claimed = null
    const headers = scanHeaders(scan.reader, scan.limits, (reader) => claims(scan, reader))
    if (headers.truncated) scan.defects.add('headers-truncated')
    if (headers.invalid) scan.defects.add('invalid-header')
    const contentType = parseContentType(fieldValue(headers.fields, 'content-type'), level.fallback)
    const part = toPart(scan, headers.fields, contentType, level)
    scan.parts.push(part)
    scan.open = part
    scan.lineEndBytes = scan.reader.lineEndBytes
    if (headers.endedBy !== 'blank') return undefined
    if (!isReadableMessage(part)) {
      openMultipart(scan, part, level.embedded)
      return undefined
    }
    level = { depth: level.depth + 1, embedded: level.embedded + 1, fallback: 'text/plain' }
  }
}

function toPart(
  scan: Scan,
  fields: readonly ScannedField[],
  contentType: ContentType,
  level: { readonly depth: number; readonly embedded: number }
): ScannedPart {
  const encoding =
    fieldValue(fields, 'content-transfer-encoding')
      .split(/[;(\s]/u, 1)[0]
      ?.toLowerCase() ?? ''
  const disposition = fieldValue(fields, 'content-disposition').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const bodyStart = scan.claimed ? scan.reader.start : scan.reader.next
  return {
    type: contentType.type,
    flowed: contentType.flowed,
    depth: level.depth,
    charset: contentType.charset,
    encoding: encoding === '' ? null : encoding,
    // RFC 2183 section 2.8: an unknown disposition is treated as attachment.
    disposition: disposition === '' ? null : disposition === 'inline' ? 'inline' : 'attachment',
    boundary: contentType.type.startsWith('multipart/') ? contentType.boundary : null,
    fields,
    bodyStart,
    bodyEnd: bodyStart,
    contentBytes: 0,
    embedded: level.embedded
  }
}

/** RFC 2046 section 5.2.1: an attached message is never base64; where one is, it stays closed. */
function isReadableMessage(part: ScannedPart): boolean {
  if (part.type !== 'message/rfc822' && part.type !== 'message/global') return false
  return part.encoding === null || ['7bit', '8bit', 'binary'].includes(part.encoding)
}

function openMultipart(scan: Scan, part: ScannedPart, embedded: number): void {
  if (part.boundary === null) return
  const bytes = Buffer.from(part.boundary.trimEnd())
  if (bytes.length > maxBoundaryLength) return
  const hash = hashBytes(bytes, 0, bytes.length)
  scan.openHashes[hash & hashMask] = 1
  scan.frames.push({
    boundary: bytes.toString('latin1'),
    hash,
    depth: part.depth,
    embedded,
    digest: part.type === 'multipart/digest'
  })
}

/** Walks from delimiter to delimiter; each closes the open part and, if it is not the last, starts the next entity. */
function readBodies(scan: Scan): Fault {
  const { reader } = scan
  while (scan.claimed || nextDelimiter(scan)) {
    const { claimed } = scan
    scan.claimed = null
    closePart(scan, reader.start)
    if (!claimed) continue
    const at = scan.frames.indexOf(claimed.frame)
    closeFrames(scan, claimed.closes ? at : at + 1)
    if (claimed.closes) continue
    const fallback = claimed.frame.digest ? 'message/rfc822' : 'text/plain'
    const fault = readEntity(scan, claimed.frame.depth + 1, claimed.frame.embedded, fallback)
    if (fault) return fault
  }
  closePart(scan, reader.raw.length)
  return undefined
}

/** Moves to the next delimiter; false at the end of the bytes. */
function nextDelimiter(scan: Scan): boolean {
  for (;;) {
    if (!readDashLine(scan.reader)) return false
    if (claims(scan, scan.reader)) return true
  }
}

function closeFrames({ frames, openHashes }: Scan, left: number): void {
  if (frames.length === left) return
  frames.length = left
  openHashes.fill(0)
  for (const { hash } of frames) openHashes[hash & hashMask] = 1
}

/** The line ending before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1). */
function closePart(scan: Scan, before: number): void {
  const { open } = scan
  if (!open) return
  const { raw } = scan.reader
  let end = before
  if (before < raw.length) {
    if (end > open.bodyStart && raw[end - 1] === 0x0a) end -= 1
    if (end > open.bodyStart && raw[end - 1] === 0x0d) end -= 1
  }
  open.bodyEnd = Math.max(open.bodyStart, end)
  const lineEndBytes = scan.reader.lineEndBytes - scan.lineEndBytes - (before - open.bodyEnd)
  open.contentBytes = open.bodyEnd - open.bodyStart - Math.max(0, lineEndBytes)
  scan.open = null
}

/** Is the reader's line a delimiter of an open multipart? Innermost first, so that a reused boundary closes what is nearest. */
function claims(scan: Scan, reader: LineReader): boolean {
  const { raw, start } = reader
  if (scan.frames.length === 0 || raw[start + 1] !== dash) return false
  let end = reader.end
  while (end > start && (raw[end - 1] === 0x20 || raw[end - 1] === 0x09)) end -= 1
  if (end - start - 4 > maxBoundaryLength) return false
  const frame = findFrame(scan, raw, start + 2, end)
  if (frame) {
    scan.claimed = { frame, closes: false }
    return true
  }
  if (end - start < 5 || raw[end - 1] !== dash || raw[end - 2] !== dash) return false
  const closing = findFrame(scan, raw, start + 2, end - 2)
  if (!closing) return false
  scan.claimed = { frame: closing, closes: true }
  return true
}

function findFrame({ frames, openHashes }: Scan, raw: Buffer, start: number, end: number): Frame | undefined {
  const hash = hashBytes(raw, start, end)
  if (openHashes[hash & hashMask] === 0) return undefined
  for (let index = frames.length - 1; index >= 0; index -= 1) {
    const frame = frames[index]
    if (frame?.hash !== hash) continue
    const line = raw.toString('latin1', start, end)
    if (line === frame.boundary) return frame
  }
  return undefined
}

function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
  return hash
}

/** A multipart in which no part was found is shown as text by its readers (RFC 2045 section 5.2). */
function readChildlessAsText(parts: readonly ScannedPart[]): void {
  for (const [index, part] of parts.entries()) {
    if (!part.type.startsWith('multipart/') || (parts[index + 1]?.depth ?? 0) > part.depth) continue
    part.type = 'text/plain'
  }
}

function isBlank(raw: Uint8Array): boolean {
  return raw.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a)
}

function noteDefects(scan: Scan): void {
  const { reader, defects } = scan
  if (scan.frames.length > 0) defects.add('parts-truncated')
  if (reader.nulBytes) defects.add('nul-bytes')
  if (reader.bareLineFeeds) defects.add('bare-line-feeds')
  if (reader.longLines) defects.add('line-too-long')
}
