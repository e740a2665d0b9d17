import { randomUUID } from 'node:crypto'
import type { Reply } from '../exchange.ts'

/** One part of a `multipart/form-data` body (RFC 7578): a view into it. */
export interface FormPart {
  readonly name: string
  /** In lower case; '' for none. */
  readonly encoding: string
  readonly bytes: Buffer
}

const crlf = '\r\n'
/** A part's header is two or three short lines. */
const maxHeaderBytes = 4_096

/** The boundary of `multipart/form-data; boundary="…"` (RFC 2046 section 5.1.1); null: none. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\//iu.test(contentType)) return null
  const { quoted, plain } =
    /;\s*boundary=(?:"(?<quoted>[^"]{1,70})"|(?<plain>[^\s;"]{1,70}))/iu.exec(contentType)?.groups ?? {}
  return quoted ?? plain ?? null
}

/** The parts, at most `maxParts`; null: it is no such body, is cut short, or has more. */
export function parseForm(body: Buffer, boundary: string, maxParts: number): readonly FormPart[] | null {
  const delimiter = `${crlf}--${boundary}`
  const opening = `--${boundary}`
  const parts: FormPart[] = []
  const opens = body.indexOf(opening, 0, 'latin1')
  // What stands before the first delimiter is to be passed over
  if (opens === -1 || (opens > 0 && body.subarray(opens - 2, opens).toString('latin1') !== crlf)) return null
  let at = opens + opening.length
  while (!startsWith(body, at, '--')) {
    const start = body.indexOf(crlf, at, 'latin1')
    const end = start === -1 ? -1 : body.indexOf(delimiter, start, 'latin1')
    if (end === -1 || parts.length === maxParts) return null
    const part = parsePart(body.subarray(start, end))
    if (part === null) return null
    parts.push(part)
    at = end + delimiter.length
  }
  return parts
}

/** From the line end of the delimiter on. */
function parsePart(bytes: Buffer): FormPart | null {
  const headerEnd = bytes.subarray(0, maxHeaderBytes).indexOf(`${crlf}${crlf}`, 0, 'latin1')
  if (headerEnd === -1) return null
  const header = bytes.toString('utf8', 0, headerEnd)
  const { name } =
    /^content-disposition:[^\r\n]*;\s*name="?(?<name>[^"\s;]{1,64})"?/imu.exec(header)?.groups ?? {}
  const { encoding } = /^content-encoding:\s*(?<encoding>[\w-]{1,32})/imu.exec(header)?.groups ?? {}
  if (name === undefined) return null
  return { name, encoding: encoding?.toLowerCase() ?? '', bytes: bytes.subarray(headerEnd + 4) }
}

function startsWith(body: Buffer, at: number, text: string): boolean {
  return body.toString('latin1', at, at + text.length) === text
}

/** A reply as the part `result` of a `multipart/mixed` body, the form of `/checkv3`. */
export function writeMixed({ status, contentType, body }: Reply): Reply {
  const boundary = `sluice-${randomUUID()}`
  const header = `Content-Disposition: form-data; name="result"${crlf}Content-Type: ${contentType}`
  return {
    status,
    contentType: `multipart/mixed; boundary="${boundary}"`,
    body: `--${boundary}${crlf}${header}${crlf}${crlf}${body}${crlf}--${boundary}--${crlf}`
  }
}
