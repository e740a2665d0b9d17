import { withoutMapping } from '../../message/mapped-address.ts'
import { isIPv4Text, ipv6Groups } from '../../observation/ip-text.ts'
import { unknownOrigin, type NetworkOrigin } from '../../observation/network.ts'
import { valueAt, type RangeMap } from './range-map.ts'

/** Who operates an address and where it is registered, for the whole Internet. Values are places in the lists; 0 is nobody. */
export interface NetworkTable {
  readonly owners4: RangeMap
  /** IPv6 by the first 64 bits: networks are not given out smaller. */
  readonly owners6: RangeMap
  readonly countries4: RangeMap
  readonly countries6: RangeMap
  /** ISO 3166-1 alpha-2; the first is ''. */
  readonly countries: readonly string[]
  /** AS numbers; the first is 0. */
  readonly numbers: Uint32Array
  /** Name `i` is `names[nameStarts[i] … nameStarts[i + 1]]`, UTF-8. */
  readonly nameStarts: Uint32Array
  readonly names: Uint8Array
}

/** Under 2 µs. Private, reserved and broken addresses belong to nobody. */
export function originIn(table: NetworkTable, ip: string): NetworkOrigin {
  const text = withoutMapping(ip.toLowerCase())
  if (isIPv4Text(text)) {
    const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number)
    const at = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
    return originOf(table, valueAt(table.owners4, at, 0), valueAt(table.countries4, at, 0))
  }
  const groups = ipv6Groups(text)
  if (groups === undefined) return unknownOrigin
  const [a = 0, b = 0, c = 0, d = 0] = groups.slice(0, 4).map((group) => Number.parseInt(group, 16))
  const [high, low] = [((a << 16) | b) >>> 0, ((c << 16) | d) >>> 0]
  return originOf(table, valueAt(table.owners6, high, low), valueAt(table.countries6, high, low))
}

function originOf(
  { numbers, nameStarts, names, countries }: NetworkTable,
  owner: number,
  country: number
): NetworkOrigin {
  // The registries name a country for reserved addresses too; but mail comes only from where somebody routes it
  if (owner === 0) return unknownOrigin
  const name = Buffer.from(names.buffer, names.byteOffset, names.length)
  return {
    asn: `AS${numbers[owner]}`,
    asName: name.toString('utf8', nameStarts[owner] ?? 0, nameStarts[owner + 1] ?? 0),
    country: countries[country] ?? ''
  }
}
