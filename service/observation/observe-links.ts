import { getDomain } from 'tldts'
import type { Link, ParsedMessage } from '../parse/parsed-message.ts'
import type { KeyedHash } from './keyed-hash.ts'
import type { ObservedLink } from './observation.ts'

/** A link with its registrable domain (public suffix list, with private suffixes: each user of a hosting platform is his own domain). */
export interface ResolvedLink extends Link {
  /** Host itself where it has no registrable domain (an IP address, an intranet name); '' without a host. */
  readonly domain: string
}

/** Distinct hosts count; a message with more of them says nothing new with the next. */
const maxObserved = 50

export function resolveLinks(message: ParsedMessage): readonly ResolvedLink[] {
  const domains = new Map<string, string>()
  return message.links.map((link) => {
    const known = domains.get(link.host)
    const domain = known ?? getDomain(link.host, { allowPrivateDomains: true }) ?? link.host
    if (known === undefined) domains.set(link.host, domain)
    return { ...link, domain }
  })
}

/** Distinct hosts in order of appearance. */
export function observeLinks(links: readonly ResolvedLink[], keyedHash: KeyedHash): readonly ObservedLink[] {
  const seen = new Map<string, ObservedLink>()
  for (const { host, domain } of links) {
    if (host === '' || seen.has(host)) continue
    if (seen.size >= maxObserved) break
    seen.set(host, { host: keyedHash(host), domain: keyedHash(domain) })
  }
  return [...seen.values()]
}
