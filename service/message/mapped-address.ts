/**
 * An address as its client has it: a dual-stack listener shows IPv4 clients as `::ffff:203.0.113.7` (RFC 4291 section 2.5.5.2), and their
 * habits and networks are those of the IPv4 address. Other text comes back as it is.
 */
export function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/iu, '')
}
