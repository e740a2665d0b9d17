import type { TextBody } from './mail-template.ts'

export interface WriteBodyOptions {
  readonly eol: string
  /** Refuse rather than spell `ä` as `a`. */
  readonly isExact: boolean
}

/**
 * The bytes (as latin1 text) of a body in the charset and transfer encoding that its part declares, so that the part's header stays
 * true; null where that charset can't hold the text. `\n` line ends come in.
 */
export function writeBody(text: string, body: TextBody, { eol, isExact }: WriteBodyOptions): string | null {
  const { encoding } = body.part
  const bytes = toBytes(text, body) ?? toAscii(text, isExact)
  if (bytes === null) return null
  if (encoding === 'quoted-printable') return quotedPrintable(bytes, eol)
  if (encoding === 'base64') return base64Lines(Buffer.from(bytes.replaceAll('\n', '\r\n'), 'latin1'), eol)
  return withinLines(bytes).replaceAll('\n', eol)
}

/** Can any language be written in this part? */
export function holdsEverything({ part: { encoding, charset }, written }: TextBody): boolean {
  const sevenBit = encoding === '7bit' || (encoding === null && isAscii(written))
  return !sevenBit && (charset === null || charset === 'utf-8' || charset === 'utf8')
}

const latin1Charsets = new Set(['iso-8859-1', 'iso-8859-15', 'windows-1252', 'latin1'])

/** latin1 text of the bytes; null where the part can't hold them. */
function toBytes(text: string, body: TextBody): string | null {
  if (isAscii(text)) return text
  if (holdsEverything(body)) return Buffer.from(text, 'utf8').toString('latin1')
  const { encoding, charset } = body.part
  return encoding !== '7bit' && latin1Charsets.has(charset ?? '') && isLatin1(text) ? text : null
}

const plainSigns: Readonly<Record<string, string>> = {
  '‘': "'", '’': "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '–': '-', '—': '-', '…': '...', '•': '*', '£': 'GBP ', '€': 'EUR ',
  'ß': 'ss', 'æ': 'ae', 'ø': 'o', 'ł': 'l', 'Ł': 'L', 'Ø': 'O', '\u00a0': ' '
} // prettier-ignore

/** More than this share of characters without an ASCII spelling, and the text is lost. */
const maxLostShare = 0.02

/** As people write who have no other signs: dashes and quotes as ASCII has them, `ä` as `a` unless exact; null for other scripts. */
function toAscii(text: string, isExact: boolean): string | null {
  const spelled = text.replaceAll(/[^\n\t\x20-\x7e]/gu, (sign) => plainSigns[sign] ?? sign)
  const single = spelled.replaceAll(/(?<=EUR|GBP) {2}/gu, ' ')
  const stripped = isExact ? single : single.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  const plain = stripped.replaceAll(/[^\n\t\x20-\x7e]/gu, '')
  const allowed = isExact ? 0 : maxLostShare * stripped.length + 2
  return stripped.length - plain.length > allowed ? null : plain
}

/** RFC 2045 section 6.7. */
function quotedPrintable(bytes: string, eol: string): string {
  return bytes.split('\n').map((line) => quotedLine(line, eol)).join(eol) // prettier-ignore
}

function quotedLine(line: string, eol: string): string {
  let written = ''
  let column = 0
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    const isBlank = (code === 0x20 || code === 0x09) && at < line.length - 1
    const stands = isBlank || (code > 0x20 && code < 0x7f && code !== 0x3d)
    const mark = stands ? line.charAt(at) : `=${code.toString(16).toUpperCase().padStart(2, '0')}`
    if (column + mark.length > 75) {
      written += `=${eol}`
      column = 0
    }
    written += mark
    column += mark.length
  }
  return written
}

function base64Lines(bytes: Buffer, eol: string): string {
  return bytes.toString('base64').replaceAll(/.{76}(?=.)/gu, (line) => line + eol)
}

/** RFC 5322 section 2.1.1: no line is longer than 998 bytes. */
function withinLines(bytes: string): string {
  return bytes.replaceAll(/[^\n]{900,990}[ ]|[^\n]{990}(?=[^\n])/gu, (line) => `${line.trimEnd()}\n`)
}

function isAscii(text: string): boolean {
  return !/[^\n\r\t\x20-\x7e]/u.test(text)
}

function isLatin1(text: string): boolean {
  return !/[^\n\t\x20-\x7e\u00a0-\u00ff]/u.test(text)
}
