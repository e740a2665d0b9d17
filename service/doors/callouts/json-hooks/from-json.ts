import { withoutMapping } from '../../../message/mapped-address.ts'
import { isIP } from 'node:net'
import type { Client } from '../../../message/submission.ts'

/** What hooks in JSON tell of the SMTP client. */
export interface ToldClient {
  readonly ip?: string | null | undefined
  readonly helo?: string | null | undefined
  readonly port?: number | null | undefined
  readonly tls?:
    | { readonly version?: string | null | undefined; readonly cipher?: string | null | undefined }
    | null
    | undefined
}

/** What can't be what it should be is not known: a strange greeting must not keep a message from being judged. */
export function toClient({ ip, helo, port, tls }: ToldClient): Client {
  const address = withoutMapping(ip ?? '')
  const version = oneLine(tls?.version, 32)
  return {
    ip: isIP(address) === 0 ? null : address,
    helo: oneLine(helo, 255),
    port: isPort(port) ? port : null,
    tls: version === null ? null : { version, cipher: oneLine(tls?.cipher, 128) }
  }
}

function isPort(port: number | null | undefined): port is number {
  return Number.isInteger(port) && Number(port) > 0 && Number(port) <= 65_535
}

interface ToldPath {
  readonly address?: string | null | undefined
}

/** The envelope, as the seam wants it: empty is the null sender. */
export function toPaths(
  envelope:
    | {
        readonly from?: ToldPath | null | undefined
        readonly to?: readonly ToldPath[] | null | undefined
      }
    | null
    | undefined
): { readonly mailFrom: string; readonly rcptTo: readonly string[] } {
  const rcptTo = envelope?.to?.map(({ address }) => address ?? '') ?? []
  return { mailFrom: envelope?.from?.address ?? '', rcptTo }
}

/** What names somebody or something: cut off it would name another. Longer than that, or with control characters, it is not known. */
export function nameIn(text: string | null | undefined, maxLength: number): string | null {
  const line = oneLine(text, maxLength + 1)
  return line !== null && line === text && line.length <= maxLength ? line : null
}

/** Without control characters and no longer than that; null: nothing is left. */
function oneLine(text: string | null | undefined, maxLength: number): string | null {
  const cut = (text ?? '').slice(0, maxLength).toWellFormed()
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const line = cut.replaceAll(/[\u0000-\u001f\u007f]/gu, '')
  return line === '' ? null : line
}
