const equals = 0x3d
const cr = 0x0d
const lf = 0x0a
const space = 0x20
const tab = 0x09

/** RFC 2045 section 6.7: white space before a line end was added on the way; what is no valid sequence stays as it stands. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(bytes.length)
  let length = 0
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    const next = byte === equals ? endOfSoftBreak(bytes, at + 1) : endOfLooseBlanks(bytes, at)
    if (next > at) {
      at = next
      continue
    }
    const value = byte === equals ? hexPair(bytes, at + 1) : -1
    decoded[length] = value < 0 ? byte : value
    length += 1
    at += value < 0 ? 1 : 3
  }
  return decoded.subarray(0, length)
}

/** `from` stands behind an equals sign: behind the line end that it hides, 0 if it hides none. */
function endOfSoftBreak(bytes: Buffer, from: number): number {
  const at = endOfBlanks(bytes, from)
  if (at >= bytes.length || bytes[at] === lf) return at + 1
  return bytes[at] === cr && bytes[at + 1] === lf ? at + 2 : 0
}

/** Behind blanks that end a line, 0 if there are none here. */
function endOfLooseBlanks(bytes: Buffer, from: number): number {
  if (bytes[from] !== space && bytes[from] !== tab) return 0
  const at = endOfBlanks(bytes, from)
  return at >= bytes.length || bytes[at] === lf || bytes[at] === cr ? at : 0
}

function endOfBlanks(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === space || bytes[at] === tab) at += 1
  return at
}

/** The byte that two hexadecimal digits write, -1 for anything else. */
function hexPair(bytes: Buffer, at: number): number {
  const high = hexDigit(bytes[at] ?? 0)
  const low = hexDigit(bytes[at + 1] ?? 0)
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const upper = byte & 0xdf
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1
}
