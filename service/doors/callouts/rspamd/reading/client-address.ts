import { isIP } from 'node:net'
import { withoutMapping } from '../../../../message/mapped-address.ts'

/** `192.0.2.7`, `192.0.2.7:8080` (rspamd's proxy), `2001:db8::7`, `[2001:db8::7]:25`, `IPv6:…`. null: none, or no address. */
export function parseClientAddress(text: string | null): string | null {
  const bare = (text ?? '').trim().replace(/^ipv6:/iu, '')
  const [, bracketed] = /^\[(?<ip>[^\]]*)\](?::\d+)?$/u.exec(bare) ?? []
  const [, withPort] = /^(?<ip>[\d.]+):\d+$/u.exec(bare) ?? []
  const ip = withoutMapping(bracketed ?? withPort ?? bare)
  return isIP(ip) === 0 ? null : ip
}
