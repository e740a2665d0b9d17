import { isIP } from 'node:net'
import type { Client } from '../../../message/submission.ts'

/** What hooks in JSON tell of the SMTP client, in whatever form it came there. */
export interface ForeignClient {
  readonly ip?: string | null | undefined
  readonly helo?: string | null | undefined
  readonly port?: number | null | undefined
  readonly tls?:
    | { readonly version?: string | null | undefined; readonly cipher?: string | null | undefined }
    | null
    | undefined
}

/** What can't be what it should be is not known: a strange greeting must not keep a message from being judged. */
export function toClient({ ip, helo, port, tls }: ForeignClient): Client {
  // RFC 4291 section 2.5.5.2: a dual-stack listener shows IPv4 clients as `::ffff:203.0.113.7`
  const address = ip?.replace(/^::ffff:(?=\d+\.)/iu, '') ?? ''
  const version = oneLine(tls?.version, 32)
  return {
    ip: isIP(address) === 0 ? null : address,
    helo: oneLine(helo, 255),
    port: port !== null && port !== undefined && port > 0 && port <= 65_535 ? port : null,
    tls: version === null ? null : { version, cipher: oneLine(tls?.cipher, 128) }
  }
}

/** Without control characters and no longer than that; null: nothing is left. */
export function oneLine(text: string | null | undefined, maxLength: number): string | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const line = (text ?? '').slice(0, maxLength).replaceAll(/[\u0000-\u001f\u007f]/gu, '')
  return line === '' ? null : line
}
