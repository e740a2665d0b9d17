const cr = 0x0d
const lf = 0x0a
const dash = 0x2d

/** RFC 5322 section 2.1.1: a line has at most 998 characters without its CRLF. */
const maxLineLength = 998

/** Walks raw bytes line by line in one pass and notes what is wrong with them on the way. */
export interface LineReader {
  readonly raw: Buffer
  /** First byte of the current line. */
  start: number
  /** Behind its last byte, CRLF or LF left out. */
  end: number
  /** First byte of the next line. */
  next: number
  /** Bytes of line ends that `readDashLine` has passed over. */
  lineEndBytes: number
  nulBytes: boolean
  bareLineFeeds: boolean
  longLines: boolean
}

export function createLineReader(raw: Uint8Array): LineReader {
  return {
    raw: Buffer.from(raw.buffer, raw.byteOffset, raw.length),
    start: 0,
    end: 0,
    next: 0,
    lineEndBytes: 0,
    nulBytes: false,
    bareLineFeeds: false,
    longLines: false
  }
}

/** Moves to the next line; false at the end of the message. */
export function readLine(reader: LineReader): boolean {
  const { raw } = reader
  const start = reader.next
  const size = raw.length
  if (start >= size) return false
  let at = start
  let byte = -1
  while (at < size && (byte = raw[at] ?? lf) !== lf) {
    if (byte === 0) reader.nulBytes = true
    at += 1
  }
  reader.start = start
  reader.next = at < size ? at + 1 : size
  const withCr = at > start && raw[at - 1] === cr
  reader.end = withCr ? at - 1 : at
  if (at < size && !withCr) reader.bareLineFeeds = true
  if (reader.end - start > maxLineLength) reader.longLines = true
  return true
}

/**
 * Moves to the next line that starts with two dashes, the only ones that can be MIME delimiters; false if there is none before
 * the end. One loop over bytes: a body of nothing but line ends costs no more than any other.
 */
export function readDashLine(reader: LineReader): boolean {
  const { raw } = reader
  const size = raw.length
  let lineStart = reader.next
  for (let at = lineStart; at < size; at += 1) {
    const byte = raw[at]
    if (byte === lf) {
      noteLineEnd(reader, lineStart, at)
      lineStart = at + 1
    } else if (byte === 0) reader.nulBytes = true
    else if (byte === dash && at === lineStart && raw[at + 1] === dash) {
      reader.next = lineStart
      readLine(reader)
      return true
    }
  }
  if (size - lineStart > maxLineLength) reader.longLines = true
  reader.next = size
  return false
}

function noteLineEnd(reader: LineReader, start: number, at: number): void {
  const withCr = at > start && reader.raw[at - 1] === cr
  if (!withCr) reader.bareLineFeeds = true
  reader.lineEndBytes += withCr ? 2 : 1
  if (at - start > maxLineLength + 1) reader.longLines = true
}
