import { headerFields, topmostValue } from '../message/header-block.ts'
import { rfc5322Date } from '../message/rfc5322-date.ts'
import type { Submission } from '../message/submission.ts'

/** How the message came in (RFC 3848 and the IANA list of mail transmission types). */
export type Protocol = 'SMTP' | 'ESMTP' | 'ESMTPS' | 'ESMTPA' | 'ESMTPSA' | 'HTTP'

export interface TraceOptions {
  readonly hostname: string
  readonly protocol: Protocol
}

/**
 * The fields that go before a message when it leaves: Received (RFC 5321 section 4.4), and Message-ID and Date where they are missing
 * (RFC 6409 section 8.2 and 8.3). Of an authenticated user neither address nor HELO is told: where people sit is nobody's business.
 */
export function traceHeader(submission: Submission, { hostname, protocol }: TraceOptions): string {
  const { id, auth, client, envelope, receivedAt, raw } = submission
  const from =
    auth === null ? `${heloName(client.helo)} (${addressLiteral(client.ip)})` : 'authenticated-user (hidden)'
  const recipient = envelope.rcptTo.length === 1 ? `\r\n\tfor <${envelope.rcptTo[0] ?? ''}>` : ''
  const received = `Received: from ${from}\r\n\tby ${hostname} (Sluice) with ${protocol} id ${id}${recipient};\r\n\t${rfc5322Date(receivedAt)}\r\n`
  const names = new Set(Array.from(headerFields(raw), ({ name }) => name))
  const messageId = names.has('message-id') ? '' : `Message-ID: <${id}@${hostname}>\r\n`
  const date = names.has('date') ? '' : `Date: ${rfc5322Date(receivedAt)}\r\n`
  return received + messageId + date
}

/** How many hosts have had the message already. */
export function countHops(raw: Uint8Array): number {
  let hops = 0
  for (const { name } of headerFields(raw)) if (name === 'received') hops += 1
  return hops
}

/** The Message-ID as written, null if there is none. */
export function messageIdOf(raw: Uint8Array): string | null {
  return topmostValue(raw, 'message-id')?.slice(0, 998) || null
}

/** HELO is the client's word: nothing in it may end the comment, the clause or the line. */
function heloName(helo: string | null): string {
  const name = helo?.replaceAll(/[^A-Za-z0-9.:_[\]-]/gu, '?').slice(0, 255)
  return name === undefined || name === '' ? 'unknown' : name
}

function addressLiteral(ip: string | null): string {
  if (ip === null) return 'unknown'
  return ip.includes(':') ? `[IPv6:${ip}]` : `[${ip}]`
}
