import { isIPv4, isIPv6 } from 'node:net'
import { withoutMapping } from '../../../message/mapped-address.ts'
import type { ProxyHeader, ProxyOutcome } from './proxy-header.ts'

const start = Buffer.from('PROXY ')
/** Section 2.1: the longest line, with CRLF, takes 107 bytes. */
const maxLineBytes = 107

/** The header in text (section 2.1): `PROXY TCP4 192.0.2.7 198.51.100.1 56324 587`. Pure. */
export function parseProxyV1(bytes: Buffer): ProxyOutcome {
  const seen = Math.min(bytes.length, start.length)
  if (!bytes.subarray(0, seen).equals(start.subarray(0, seen))) return { kind: 'malformed' }
  const end = bytes.subarray(0, maxLineBytes).indexOf('\r\n')
  if (end === -1) return { kind: bytes.length < maxLineBytes ? 'incomplete' : 'malformed' }
  const lengthBytes = end + 2
  const header = readLine(bytes.toString('latin1', start.length, end))
  return header === undefined ? { kind: 'malformed' } : { kind: 'header', header, lengthBytes }
}

function readLine(line: string): ProxyHeader | undefined {
  if (/^UNKNOWN(?: |$)/u.test(line)) return { kind: 'local' }
  const [family = '', source = '', destination = '', ...ports] = line.split(' ')
  const isAddress = addressTests[family] ?? (() => false)
  const isSound = isAddress(source) && isAddress(destination) && ports.length === 2 && ports.every(isPort)
  return isSound ? { kind: 'client', ip: withoutMapping(source), port: Number(ports[0]) } : undefined
}

const addressTests: Readonly<Record<string, (text: string) => boolean>> = { TCP4: isIPv4, TCP6: isIPv6 }

/** Without leading zeros, as the specification asks. */
function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/u.test(text) && Number(text) <= 65_535
}
