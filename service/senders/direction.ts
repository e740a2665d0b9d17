import { domainOf, type Address } from '../message/address.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'

/** Whether mail leaves the house: `internal` only if every recipient is at home. */
export type Direction = 'internal' | 'external'

export type DirectionOf = (identity: SenderIdentity, recipients: readonly Address[]) => Direction

/**
 * At home is the sender's own domain, and whatever the installation calls its own: `example.org`, or `*.example.org` for all domains
 * below it. A sender without a domain has only the latter.
 */
export function createDirection(internalDomains: readonly string[]): DirectionOf {
  const named = new Set(internalDomains.filter((domain) => !domain.startsWith('*.')))
  const parents = internalDomains.filter((domain) => domain.startsWith('*.')).map((domain) => domain.slice(1))
  const isOurs = (domain: string): boolean =>
    named.has(domain) || parents.some((parent) => domain.endsWith(parent))
  return function directionOf({ id }, recipients) {
    const at = id.lastIndexOf('@')
    const own = at < 0 ? null : id.slice(at + 1)
    const atHome = (address: Address): boolean => domainOf(address) === own || isOurs(domainOf(address))
    return recipients.every(atHome) ? 'internal' : 'external'
  }
}
