import { decodeCharset } from './decode-charset.ts'
import { decodeQuotedPrintable } from './decode-quoted-printable.ts'
import type { ScannedPart } from './scan-structure.ts'

/** The characters of one text body, line ends as line feeds; undefined where the mail library has to decide. */
export function decodeBody(body: Uint8Array, part: ScannedPart): string | undefined {
  const bytes = withoutTransferEncoding(body, part.encoding)
  const text = bytes && decodeCharset(bytes, part.charset ?? 'utf-8')
  return text?.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
}

function withoutTransferEncoding(body: Uint8Array, encoding: string | null): Buffer | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  switch (encoding) {
    case null:
    case '7bit':
    case '8bit':
    case 'binary':
      return bytes
    case 'quoted-printable':
      return decodeQuotedPrintable(bytes)
    case 'base64':
      return decodeBase64(bytes.toString('latin1'))
    default:
      return undefined
  }
}

/** Padding ends the data for the runtime; where data follow it, the mail library decides. */
function decodeBase64(text: string): Buffer | undefined {
  const padding = text.indexOf('=')
  if (padding >= 0 && /[^=\s]/u.test(text.slice(padding))) return undefined
  return Buffer.from(text, 'base64')
}
