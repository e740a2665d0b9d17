/**
 * Header fields and body, as Stalwart shows them apart, → RFC 5322 bytes. They read like the message, but are not its bytes: what was not
 * UTF-8 has become U+FFFD before it came here, so that no signature over them can be checked.
 */
export function rebuildMessage(
  headers: readonly (readonly [name: string, value: string])[],
  contents: string
): Uint8Array {
  return Buffer.from(`${headers.map(toField).join('')}\r\n${contents}`)
}

/** Values come as they stood behind the colon, with their fold and line end (source), or trimmed (documentation). */
function toField([name, value]: readonly [string, string]): string {
  const separator = /^\s/u.test(value) ? ':' : ': '
  // A line end that no white space follows would end the field, or the whole header
  const folded = value.trimEnd().replaceAll(/\r?\n(?![ \t])/gu, '\r\n ')
  return `${name}${separator}${folded}\r\n`
}
