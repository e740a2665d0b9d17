import { BlockList, isIP } from 'node:net'

const special4 = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 22],
  ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3]
] as const // prettier-ignore

const special = new BlockList()
for (const [network, prefix] of special4) special.addSubnet(network, prefix)
special.addSubnet('2001:db8::', 32, 'ipv6')

/** An address that may be given out to somebody: none of those for special purposes (RFC 6890), of IPv6 only 2000::/3. */
export function isPublicAddress(ip: string): boolean {
  const family = isIP(ip)
  if (family === 4) return !special.check(ip)
  return family === 6 && /^[23]/u.test(ip) && !special.check(ip, 'ipv6')
}
