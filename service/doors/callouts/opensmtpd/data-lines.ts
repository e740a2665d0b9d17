/** RFC 5322 bytes ↔ lines of SMTP's DATA (RFC 5321 section 4.5.2). Pure. */

const lf = 0x0a
const cr = 0x0d
const dot = 0x2e
export const lineEnd = Buffer.from('\r\n')

/** Without the dot that SMTP puts before a line that begins with one. */
export function unescapeDot(line: Uint8Array): Uint8Array {
  return line[0] === dot ? line.subarray(1) : line
}

/** A single dot: no line, the end of them. */
export function isEnd(line: Uint8Array): boolean {
  return line.length === 1 && line[0] === dot
}

/** A large message becomes some hundred thousand lines: they are written in pieces of about this size. */
const pieceBytes = 65_536
const lineFeed = Buffer.from('\n')

/** The lines of `parts`, which together are a message, each after `prefix` and with its dots escaped. Pieces hold whole lines. */
export function* toDataLines(parts: readonly Uint8Array[], prefix: string): Generator<Buffer> {
  const before = Buffer.from(prefix)
  const beforeDot = Buffer.from(`${prefix}.`)
  let piece: Uint8Array[] = []
  let size = 0
  for (const line of linesOf(parts)) {
    const start = line[0] === dot ? beforeDot : before
    piece.push(start, line, lineFeed)
    size += start.length + line.length
    if (size < pieceBytes) continue
    yield Buffer.concat(piece)
    piece = []
    size = 0
  }
  yield Buffer.concat(piece)
}

/** Without their ends. */
function* linesOf(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const bytes of parts)
    for (let from = 0; from < bytes.length;) {
      const feed = bytes.indexOf(lf, from)
      const end = feed === -1 ? bytes.length : feed
      yield bytes.subarray(from, bytes[end - 1] === cr ? Math.max(from, end - 1) : end)
      from = end + 1
    }
}
