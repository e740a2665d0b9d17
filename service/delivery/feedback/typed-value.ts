import type { EnhancedStatus } from '../../message/enhanced-status.ts'

/** `rfc822; bob@example.net`, `smtp; 550 …`: a type and what follows it (RFC 3464 section 2.1.2). Without a type the whole is the value. */
export function typedValue(text: string): { readonly type: string; readonly value: string } {
  const found = /^\s*([A-Za-z0-9-]{1,40})\s*;(.*)$/su.exec(text)
  if (found === null) return { type: '', value: text.trim() }
  return { type: (found[1] ?? '').toLowerCase(), value: (found[2] ?? '').trim() }
}

/** RFC 5321 section 4.5.3.1.3. */
const maxAddressLength = 254

// oxlint-disable-next-line no-control-regex -- control characters are what is refused here
const mailbox = /^[^\u0000-\u0020\u007f<>]+@[^\u0000-\u0020\u007f<>@]+$/u
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const blanks = /[\u0000-\u0020\u007f]+/gu

/** The address of a recipient field, null where it holds none. Comments, brackets and the escapes of RFC 6533 section 3 are undone. */
export function reportedAddress(text: string): string | null {
  const { type, value } = typedValue(text)
  const bare = type === 'utf-8' || type === 'utf-8-addr' ? unescaped(value) : value
  const address = /<([^<>\s]+)>/u.exec(bare)?.[1] ?? bare.replace(/\s*\(.*$/su, '')
  const trimmed = address.trim()
  return trimmed.length <= maxAddressLength && mailbox.test(trimmed) ? trimmed : null
}

/** RFC 6533 section 3: `\x{NNNN}` stands for a character beyond ASCII. */
function unescaped(text: string): string {
  return text.replaceAll(/\\x\{([0-9A-Fa-f]{1,6})\}/gu, (whole, hex: string) => {
    const point = Number.parseInt(hex, 16)
    return point > 0x20 && point <= 0x10_ffff ? String.fromCodePoint(point) : whole
  })
}

/** The first enhanced status in a text, wherever it stands (`550-5.1.1 …`, `#5.1.1`). */
export function statusIn(text: string): EnhancedStatus | null {
  const found = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/u.exec(text)?.[1]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pattern is the check
  return (found as EnhancedStatus | undefined) ?? null
}

const maxTextLength = 500

/** What a person or a host wrote, on one line and not too long. */
export function saying(text: string): string {
  return text.replaceAll(blanks, ' ').trim().slice(0, maxTextLength)
}

/** A host's name or address, in lower case; null where it is neither. */
export function hostName(text: string): string | null {
  const { value } = typedValue(text)
  const name = /^\[?([A-Za-z0-9._:-]{1,255})\]?(?=$|[\s(])/u.exec(value)?.[1]
  return name?.toLowerCase() ?? null
}
