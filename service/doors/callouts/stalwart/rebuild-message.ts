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

/** No field has so many, and looking at each would keep others waiting: then all get a blank. */
const maxExactLines = 10_000

/** Values come as they stood behind the colon, with their fold and line end (source), or trimmed (documentation). */
function toField([name, value]: readonly [string, string]): string {
  const separator = /^\s/u.test(value) ? ':' : ': '
  // A line end that no white space follows would end the field, or the whole header
  const lines = value.trimEnd().split('\n')
  const folded = lines.length > maxExactLines ? lines.join('\n ') : lines.map(asContinued).join('\n')
  return `${name}${separator}${folded}\r\n`
}

function asContinued(line: string, at: number): string {
  return at === 0 || line.startsWith(' ') || line.startsWith('\t') ? line : ` ${line}`
}
