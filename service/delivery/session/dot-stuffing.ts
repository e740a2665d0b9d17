const lineDot = Buffer.from('\r\n.')
const dot = Buffer.from('.')
const crlf = Buffer.from('\r\n')

/** The message as DATA takes it (RFC 5321 section 4.5.2): a dot before every line that begins with one, then the end. Line ends are CRLF already. */
export function dotStuffed(message: Buffer): Buffer {
  const parts: Buffer[] = message[0] === 0x2e ? [dot] : []
  let from = 0
  for (let at = message.indexOf(lineDot); at !== -1; at = message.indexOf(lineDot, from)) {
    parts.push(message.subarray(from, at + lineDot.length), dot)
    from = at + lineDot.length
  }
  const ended = message.length === 0 || message.subarray(-2).equals(crlf)
  parts.push(message.subarray(from), ...(ended ? [] : [crlf]), dot, crlf)
  return Buffer.concat(parts)
}
