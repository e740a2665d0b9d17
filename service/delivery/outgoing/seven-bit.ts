import { isAscii } from 'node:buffer'
import { encode, wrap } from 'nodemailer/lib/qp'
import { fieldValue, headerFields, headerLength, withoutFields } from '../../message/header-block.ts'

/** Deeper trees and more parts nobody writes by hand. */
const maxDepth = 20
const maxParts = 1_000

/**
 * The message without bytes above 127, for a host without 8BITMIME (RFC 6152 section 3): parts that hold them become quoted-printable, or
 * base64 where they are no text. null: it cannot be, as such bytes stand in a header, or in what may not be changed. Line ends are CRLF.
 */
export function toSevenBit(message: Buffer): Buffer | null {
  if (isAscii(message)) return message
  const budget = { parts: maxParts }
  return convert(message, 0, budget)
}

interface Budget {
  parts: number
}

function convert(entity: Buffer, depth: number, budget: Budget): Buffer | null {
  budget.parts -= 1
  if (depth > maxDepth || budget.parts < 0) return null
  const headEnd = headerLength(entity)
  const head = entity.subarray(0, headEnd)
  const body = entity.subarray(headEnd + 2)
  if (!isAscii(head)) return null
  const described = describe(head)
  const isLabelled = described.encoding === '8bit' || described.encoding === 'binary'
  if (isAscii(body)) return isLabelled ? withEncoding(head, '7bit', body) : entity
  // Encoded, and yet not: whatever it is, nobody could read the result
  if (described.encoding !== '7bit' && !isLabelled) return null
  const within = convertWithin(body, described, depth, budget)
  if (within !== undefined) return within && withEncoding(head, '7bit', within)
  return encoded(head, body, described)
}

function encoded(head: Buffer, body: Buffer, { type, encoding }: Described): Buffer {
  return type.startsWith('text/') && encoding !== 'binary'
    ? withEncoding(head, 'quoted-printable', Buffer.from(wrap(encode(body), 76)))
    : withEncoding(head, 'base64', base64(body))
}

/** What holds other entities is never encoded itself (RFC 2045 section 6.4). undefined: it holds none. */
function convertWithin(
  body: Buffer,
  { type, boundary }: Described,
  depth: number,
  budget: Budget
): Buffer | null | undefined {
  if (type.startsWith('multipart/'))
    return isUntouchable(type) ? null : convertParts(body, boundary, depth, budget)
  if (type === 'message/rfc822') return convert(body, depth + 1, budget)
  return type.startsWith('message/') ? null : undefined
}

/** A signature over other bytes is none (RFC 1847 section 2.1). */
function isUntouchable(type: string): boolean {
  return type === 'multipart/signed' || type === 'multipart/encrypted'
}

interface Described {
  /** Lower case; as RFC 2045 section 5.2 has it where nothing is said. */
  readonly type: string
  readonly boundary: string | null
  readonly encoding: string
}

function describe(head: Buffer): Described {
  let type = 'text/plain'
  let encoding = '7bit'
  for (const field of headerFields(head)) {
    if (field.name === 'content-type') type = fieldValue(head, field)
    if (field.name === 'content-transfer-encoding') encoding = fieldValue(head, field).toLowerCase()
  }
  const found = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/iu.exec(type)
  const boundary = found?.[1]?.replaceAll(/\\(.)/gu, '$1') ?? found?.[2] ?? null
  return { type: (type.split(';')[0] ?? '').trim().toLowerCase(), boundary, encoding }
}

/** Every part by itself; what stands before the first and after the last is read by nobody (RFC 2046 section 5.1.1). */
function convertParts(body: Buffer, boundary: string | null, depth: number, budget: Budget): Buffer | null {
  if (boundary === null || boundary === '') return null
  const pieces = splitAt(body, boundary)
  if (pieces.length < 2) return null
  const converted: Buffer[] = []
  for (const { bytes, delimiter, isPart } of pieces) {
    const next = isPart ? convert(bytes, depth + 1, budget) : withoutHighBytes(bytes)
    if (next === null) return null
    converted.push(delimiter, next)
  }
  return Buffer.concat(converted)
}

interface Piece {
  /** With the line ends that belong to it. */
  readonly delimiter: Buffer
  readonly bytes: Buffer
  readonly isPart: boolean
}

const nothing = Buffer.alloc(0)

function splitAt(body: Buffer, boundary: string): readonly Piece[] {
  const pieces: Piece[] = []
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  let delimiter: Buffer = nothing
  let from = 0
  let isPart = false
  for (let at = nextMark(body, mark, 0); at !== -1 && pieces.length <= maxParts;) {
    const lineEnd = body.indexOf('\r\n', at + mark.length)
    const end = lineEnd === -1 ? body.length : lineEnd + 2
    const rest = body.toString('latin1', at + mark.length, lineEnd === -1 ? end : lineEnd).trimEnd()
    if (rest === '' || rest === '--') {
      // The line break before the mark is the mark's (RFC 2046 section 5.1.1)
      const start = Math.max(from, at - 2)
      pieces.push({ delimiter, bytes: body.subarray(from, start), isPart })
      delimiter = body.subarray(start, end)
      from = end
      isPart = rest === ''
    }
    at = rest === '--' ? -1 : nextMark(body, mark, end)
  }
  return [...pieces, { delimiter, bytes: body.subarray(from), isPart }]
}

function nextMark(body: Buffer, mark: Buffer, from: number): number {
  for (let at = body.indexOf(mark, from); at !== -1; at = body.indexOf(mark, at + 1))
    if (at === 0 || body[at - 1] === 0x0a) return at
  return -1
}

function withoutHighBytes(bytes: Buffer): Buffer {
  return isAscii(bytes) ? bytes : Buffer.from(bytes.map((byte) => (byte > 0x7f ? 0x3f : byte)))
}

const encodingField = new Set(['content-transfer-encoding'])
const emptyLine = Buffer.from('\r\n')

function withEncoding(head: Buffer, encoding: string, body: Buffer): Buffer {
  const field = Buffer.from(`Content-Transfer-Encoding: ${encoding}\r\n`)
  return Buffer.concat([withoutFields(head, encodingField), field, emptyLine, body])
}

function base64(body: Buffer): Buffer {
  const lines = body.toString('base64').match(/.{1,76}/gu) ?? []
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}
