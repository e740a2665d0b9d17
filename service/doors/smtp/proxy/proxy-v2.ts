import { SocketAddress } from 'node:net'
import { withoutMapping } from '../../../message/mapped-address.ts'
import type { ProxyHeader, ProxyOutcome } from './proxy-header.ts'

/** Section 2.2: no SMTP command and no TLS record begins so. */
export const proxyV2Signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')

const fixedBytes = 16
/** Addresses take 36 bytes at most, the rest is additions (TLV) of which none is read; certificates among them may take a kilobyte or two. */
const maxBodyBytes = 4_096

/** The binary header (section 2.2). Pure. */
export function parseProxyV2(bytes: Buffer): ProxyOutcome {
  const seen = Math.min(bytes.length, proxyV2Signature.length)
  if (!bytes.subarray(0, seen).equals(proxyV2Signature.subarray(0, seen))) return { kind: 'malformed' }
  if (bytes.length < fixedBytes) return { kind: 'incomplete' }
  const bodyBytes = bytes.readUInt16BE(14)
  const [version, command] = [bytes.readUInt8(12) >> 4, bytes.readUInt8(12) & 0x0f]
  if (version !== 2 || command > 1 || bodyBytes > maxBodyBytes) return { kind: 'malformed' }
  const lengthBytes = fixedBytes + bodyBytes
  if (bytes.length < lengthBytes) return { kind: 'incomplete' }
  // LOCAL: whatever the rest says is to be ignored
  const header =
    command === 0
      ? ({ kind: 'local' } as const)
      : readAddresses(bytes.readUInt8(13), bytes.subarray(fixedBytes, lengthBytes))
  return header === undefined ? { kind: 'malformed' } : { kind: 'header', header, lengthBytes }
}

function readAddresses(family: number, body: Buffer): ProxyHeader | undefined {
  switch (family) {
    case 0x00:
      return { kind: 'local' }
    case 0x11:
      return body.length < 12
        ? undefined
        : { kind: 'client', ip: [...body.subarray(0, 4)].join('.'), port: body.readUInt16BE(8) }
    case 0x21:
      return body.length < 36
        ? undefined
        : { kind: 'client', ip: ipv6(body.subarray(0, 16)), port: body.readUInt16BE(32) }
    default:
      // Datagrams and unix sockets carry no submission
      return undefined
  }
}

function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16))
  return withoutMapping(new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address)
}
