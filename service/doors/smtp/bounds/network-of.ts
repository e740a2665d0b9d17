import { isIPv4, isIPv6, SocketAddress } from 'node:net'

/** The network that one customer of a provider is likely to hold: /24 of IPv4, /64 of IPv6 (RFC 6177). Other text stands for itself. */
export function networkOf(ip: string): string {
  if (isIPv4(ip)) return `${ip.slice(0, ip.lastIndexOf('.'))}.0/24`
  if (!isIPv6(ip)) return ip
  const [address = ''] = new SocketAddress({ address: ip, family: 'ipv6' }).address.split('%')
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const all = [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')]
  return `${all.slice(0, 4).join(':')}::/64`
}
