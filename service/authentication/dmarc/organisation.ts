import { getDomain } from 'tldts'

/**
 * The organisational domain by the public suffix list (RFC 7489 section 3.2): the nearest to what DNS's tree walk (RFC 9989 section 4.10)
 * would say that can be known without asking. A name without one stands for itself.
 */
export function organisationOf(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: false }) ?? domain
}
