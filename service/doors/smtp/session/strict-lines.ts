const lf = 0x0a
const cr = 0x0d

/** Index of the first line feed without a carriage return before it, or -1 (RFC 5321 section 2.3.8: only CRLF ends a line). */
export function bareLineFeed(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    if (at === 0 || bytes[at - 1] !== cr) return at
  }
  return -1
}

/** Index of the first carriage return without a line feed after it, or -1. */
export function bareReturn(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(cr); at !== -1; at = bytes.indexOf(cr, at + 1)) {
    if (bytes[at + 1] !== lf) return at
  }
  return -1
}
