declare const brand: unique symbol

/** A mailbox as RFC 5321 writes it: local part kept as given, domain in lower case. */
export type Address = string & { readonly [brand]: 'Address' }

/** RFC 5321 section 4.5.3.1.3: a path is at most 256 octets, angle brackets included. */
const maxAddressLength = 254

/** The only door from text to Address. Gives undefined for anything that is not one mailbox. UTF-8 local parts pass (RFC 6531). */
export function parseAddress(text: string): Address | undefined {
  const at = text.lastIndexOf('@')
  if (at < 1 || at === text.length - 1 || text.length > maxAddressLength) return undefined
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
  if (/[\u0000-\u0020\u007f<>,;]/u.test(text)) return undefined
  const address = `${text.slice(0, at)}@${text.slice(at + 1).toLowerCase()}`
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this function is the check
  return address as Address
}

/** The part after the last `@`, in lower case. */
export function domainOf(address: Address): string {
  return address.slice(address.lastIndexOf('@') + 1)
}

/**
 * One spelling for one person, so that limits and habits count people: lower case, `+tag` dropped (RFC 5233), and for Gmail,
 * which ignores them, the dots too.
 */
export function canonicalAddress(address: Address): string {
  const domain = domainOf(address)
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase()
  const untagged = local.startsWith('+') ? local : local.replace(/\+.*$/u, '')
  const gmail = domain === 'gmail.com' || domain === 'googlemail.com'
  return gmail ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${domain}`
}
