const xtextPattern = /^(?:[!-*,-<>-~]|\+[0-9A-F]{2})*$/u

/**
 * Decodes xtext (RFC 3461 section 4). undefined: it is none, or what it stands for is not printable ASCII: it will stand in header
 * fields of reports, where a line end would begin another.
 */
export function decodeXtext(text: string): string | undefined {
  if (!xtextPattern.test(text)) return undefined
  const decoded = text.replaceAll(/\+([0-9A-F]{2})/gu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16))
  )
  return /^[ -~]*$/u.test(decoded) ? decoded : undefined
}

const embeddedPattern = /\\x\{([0-9A-F]{2,6})\}/gu

/**
 * Decodes the address of an `ORCPT=utf-8;…` (RFC 6533 section 3): characters stand for themselves or as `\x{20AC}`. undefined: it holds
 * what is not printable.
 */
export function decodeUnitext(text: string): string | undefined {
  if (!/^[!-*,-<>-~\u0080-\u{10ffff}]*$/u.test(text)) return undefined
  const codes = Array.from(text.matchAll(embeddedPattern), ([, hex = '']) => Number.parseInt(hex, 16))
  if (codes.some((code) => code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff))) return undefined
  const decoded = text.replaceAll(embeddedPattern, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16))
  )
  return /^[^\p{C}\p{Zl}\p{Zp}]*$/u.test(decoded) ? decoded : undefined
}
