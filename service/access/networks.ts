import { BlockList, isIP, isIPv6 } from 'node:net'

/** A set of networks, as `127.0.0.0/8` or single addresses. */
export interface Networks {
  has(ip: string): boolean
}

/** Throws a RangeError for what is no network: the configuration has checked it before. */
export function parseNetworks(texts: readonly string[]): Networks {
  const list = new BlockList()
  for (const text of texts) {
    const [address = '', prefix] = text.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0) throw new RangeError(`${text} is not a network`)
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return { has: (ip) => isIP(ip) !== 0 && list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4') }
}

const loopback = parseNetworks(['127.0.0.0/8', '::1'])

/** Traffic that no cable carries: AUTH without TLS is allowed here. */
export function isLoopback(ip: string): boolean {
  return loopback.has(ip)
}
