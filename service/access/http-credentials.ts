import type { IncomingHttpHeaders } from 'node:http'
import { withoutMapping } from '../message/mapped-address.ts'
import { isLoopback } from './networks.ts'

/** Of an Authorization field; undefined: there is none. Another scheme than Bearer is a wrong token, not a missing one. */
export function bearerSecret(field: string | undefined): string | undefined {
  if (field === undefined) return undefined
  return /^Bearer +(\S+)$/iu.exec(field.trim())?.[1] ?? ''
}

/** As above, for secrets that people make up (with blanks); of Basic (RFC 7617), which is all that some programs speak, the password. */
export function sharedSecret(field: string | undefined): string | undefined {
  if (field === undefined) return undefined
  const [, scheme = '', given = ''] = /^(Bearer|Basic) +(.+)$/iu.exec(field.trim()) ?? []
  if (scheme.toLowerCase() !== 'basic') return given
  const pair = Buffer.from(given, 'base64').toString()
  return pair.slice(pair.indexOf(':') + 1)
}

/** A proxy on this machine makes the whole world look local, but says so. */
const forwardingFields = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const

/** Whether it comes from behind a proxy: the address that we see is not the client's. */
export function isForwarded(headers: IncomingHttpHeaders): boolean {
  return forwardingFields.some((name) => headers[name] !== undefined)
}

/** Whether a program of this machine asks. */
export function isLocalRequest(remoteAddress: string | undefined, headers: IncomingHttpHeaders): boolean {
  const address = withoutMapping(remoteAddress ?? '')
  return isLoopback(address) && !isForwarded(headers)
}
