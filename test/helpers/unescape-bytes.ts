/** Text of a table as bytes (latin1): `\r`, `\n`, `\0`, `\\` and `\x41` are read, `${100xab}` repeats. */
export function unescapeBytes(text: string): string {
  return text
    .replaceAll(/\\(?:x([0-9a-f]{2})|([rn0\\]))/gu, (_, hex: string | undefined, one: string | undefined) =>
      hex === undefined
        ? ({ r: '\r', n: '\n', 0: '\0', '\\': '\\' }[one ?? ''] ?? '')
        : String.fromCharCode(Number.parseInt(hex, 16))
    )
    .replaceAll(/\$\{(\d+)x([^}]+)\}/gu, (_, times: string, what: string) => what.repeat(Number(times)))
}
