import { directRoute, type DeliveryPool, type DeliveryRoute, type Label } from './route.ts'

/** What routes are chosen by. */
export interface Mail {
  /** Identity whose habits we learn; '' for our own reports. */
  readonly sender: string
  /** Of the recipients, in lower case. */
  readonly domain: string
  readonly label: Label
}

/** The ways that some mail may take. */
export interface Ways {
  /** One route, or those of a pool. At least one. */
  readonly routes: readonly DeliveryRoute[]
  readonly pool: DeliveryPool | null
  /** Takes over where none of them will do. */
  readonly fallback: DeliveryRoute | null
}

export interface Matcher {
  readonly waysOf: (mail: Mail) => Ways
  /** Those that may be chosen for the domain and the label, whoever sends. */
  readonly possible: (domain: string, label: Label) => readonly DeliveryRoute[]
}

/**
 * Which routes take which mail. The most specific route decides: first by its `senders` (an address, then a domain, then `*.domain`, then
 * everybody), between equals by its `domains`, then by its `labels`, then by its place in the file. If it belongs to a pool, all routes
 * of the pool that take this mail share it. Mail that no route takes goes straight to the exchangers.
 */
export function createMatcher(routes: readonly DeliveryRoute[], pools: readonly DeliveryPool[]): Matcher {
  const poolOf = new Map(pools.map((pool) => [pool.name, pool]))
  const named = new Map(routes.map((route) => [route.name, route]))
  return { waysOf, possible }

  function waysOf(mail: Mail): Ways {
    const taking = routes.flatMap((route) => {
      const rank = rankOf(route, mail)
      return rank === null ? [] : [{ route, rank }]
    })
    const first = taking.reduce<(typeof taking)[number] | null>(
      (best, one) => (best === null || compareRanks(one.rank, best.rank) > 0 ? one : best),
      null
    )
    const route = first?.route ?? directRoute
    const pool = poolOf.get(route.pool ?? '') ?? null
    const members =
      pool === null ? [route] : taking.flatMap((one) => (one.route.pool === pool.name ? [one.route] : []))
    const fallback = named.get((pool === null ? route.fallback : pool.fallback) ?? '') ?? null
    return {
      routes: members,
      pool,
      fallback: fallback !== null && members.includes(fallback) ? null : fallback
    }
  }

  function possible(domain: string, label: Label): readonly DeliveryRoute[] {
    const senders = new Set(['', ...routes.flatMap((route) => (route.senders ?? []).map(exampleOf))])
    const found = new Set<DeliveryRoute>()
    for (const sender of senders) {
      const { routes: members, fallback } = waysOf({ sender, domain, label })
      for (const route of members) found.add(route)
      if (fallback !== null) found.add(fallback)
    }
    return [...found]
  }
}

/** Somebody whom the pattern means. */
function exampleOf(pattern: string): string {
  if (pattern.includes('@')) return pattern
  return `x@${pattern.replace(/^\*/u, 'x')}`
}

/** How closely a route's conditions fit: senders, domains, labels; higher is closer. */
export type Rank = readonly [senders: number, domains: number, labels: number]

/** null: the route does not take the mail. */
export function rankOf({ senders = [], domains, labels = [] }: DeliveryRoute, mail: Mail): Rank | null {
  const bySender = closest(senders, (pattern) => senderFit(pattern, mail.sender.toLowerCase()))
  const byDomain = closest(domains, (pattern) => domainFit(pattern, mail.domain))
  const byLabel = closest(labels, (label) => (label === mail.label ? exact : null))
  return bySender === null || byDomain === null || byLabel === null ? null : [bySender, byDomain, byLabel]
}

export function compareRanks(one: Rank, other: Rank): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2]
}

/** No domain has so many characters: an exact name is closer than any pattern. */
const exact = 1_000
const anybody = 0

function closest<Pattern>(
  patterns: readonly Pattern[],
  fit: (pattern: Pattern) => number | null
): number | null {
  if (patterns.length === 0) return anybody
  const fits = patterns.flatMap((pattern) => fit(pattern) ?? [])
  return fits.length === 0 ? null : Math.max(...fits)
}

function senderFit(pattern: string, sender: string): number | null {
  const wanted = pattern.toLowerCase()
  if (wanted === sender) return 2 * exact
  return domainFit(wanted, sender.slice(sender.lastIndexOf('@') + 1))
}

/** `*.example.org` means every name below it, not itself; the longer of two patterns is closer. */
function domainFit(pattern: string, domain: string): number | null {
  const wanted = pattern.toLowerCase()
  if (!wanted.startsWith('*.')) return wanted === domain ? exact : null
  const below = wanted.slice(1)
  return domain.endsWith(below) && domain.length > below.length ? below.length : null
}
