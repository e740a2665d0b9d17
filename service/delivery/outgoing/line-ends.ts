const lf = 0x0a
const cr = 0x0d
const crlf = Buffer.from('\r\n')

/**
 * Every bare CR and bare LF as CRLF (RFC 5321 section 2.3.8), as the SMTP client would write them too: a signature over other bytes than
 * those that arrive is worthless. Gives `bytes` itself where there is none.
 */
export function withWholeLineEnds(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (let at = nextEnd(bytes, 0); at !== -1; at = nextEnd(bytes, at + 1)) {
    if (bytes[at] === cr && bytes[at + 1] === lf) {
      at += 1
      continue
    }
    parts.push(bytes.subarray(from, at), crlf)
    from = at + 1
  }
  return from === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)])
}

function nextEnd(bytes: Buffer, from: number): number {
  const [nextCr, nextLf] = [bytes.indexOf(cr, from), bytes.indexOf(lf, from)]
  if (nextCr === -1 || nextLf === -1) return Math.max(nextCr, nextLf)
  return Math.min(nextCr, nextLf)
}
