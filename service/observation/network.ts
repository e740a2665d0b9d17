import { withoutMapping } from '../message/mapped-address.ts'
import { isIPv4Text, ipv6Groups } from './ip-text.ts'

/** The networks that a client's address lies in, as text: /24 and /16 of IPv4, /48 and /32 of IPv6. '' if the address is no address. */
export interface Networks {
  readonly near: string
  readonly wide: string
}

/** Who operates a client's network, and where it is registered. '' where that is not known. Public facts, not personal ones. */
export interface NetworkOrigin {
  /** `AS14061` */
  readonly asn: string
  /** `DigitalOcean, LLC` */
  readonly asName: string
  /** ISO 3166-1 alpha-2: `NL` */
  readonly country: string
}

export const unknownOrigin: NetworkOrigin = { asn: '', asName: '', country: '' }

export function networksOf(ip: string | null): Networks {
  if (ip === null) return { near: '', wide: '' }
  const text = withoutMapping(ip.toLowerCase())
  if (isIPv4Text(text)) {
    const [a, b, c] = text.split('.').map(Number)
    return { near: `${a}.${b}.${c}`, wide: `${a}.${b}` }
  }
  const groups = ipv6Groups(text)
  if (groups === undefined) return { near: '', wide: '' }
  return { near: groups.slice(0, 3).join(':'), wide: groups.slice(0, 2).join(':') }
}
