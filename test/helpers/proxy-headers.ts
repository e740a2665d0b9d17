import { isIPv4, SocketAddress } from 'node:net'

/** What a load balancer says of a client, in text. */
export function proxyV1(ip: string, port: number): Buffer {
  const family = isIPv4(ip) ? 'TCP4' : 'TCP6'
  return Buffer.from(`PROXY ${family} ${ip} ${isIPv4(ip) ? '198.51.100.1' : '2001:db8::1'} ${port} 587\r\n`)
}

/** The same in bytes. */
export function proxyV2(ip: string, port: number): Buffer {
  const source = isIPv4(ip) ? Buffer.from(ip.split('.').map(Number)) : ipv6Bytes(ip)
  const ports = Buffer.alloc(4)
  ports.writeUInt16BE(port, 0)
  ports.writeUInt16BE(587, 2)
  const body = Buffer.concat([source, Buffer.alloc(source.length), ports])
  const fixed = Buffer.from('0d0a0d0a000d0a515549540a21110000', 'hex')
  fixed[13] = isIPv4(ip) ? 0x11 : 0x21
  fixed.writeUInt16BE(body.length, 14)
  return Buffer.concat([fixed, body])
}

function ipv6Bytes(ip: string): Buffer {
  const dotted = ip.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/u, (_, ...found: string[]) => {
    const [a, b, c, d] = found.slice(0, 4).map(Number)
    return `${(((a ?? 0) << 8) | (b ?? 0)).toString(16)}:${(((c ?? 0) << 8) | (d ?? 0)).toString(16)}`
  })
  const { address } = new SocketAddress({ address: dotted, family: 'ipv6' })
  const plain = /\./u.test(address) ? dotted : address
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  const bytes = Buffer.alloc(16)
  for (const [at, group] of groups.entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), at * 2)
  return bytes
}
