import { egressOf, type Egress, type Exit } from '../../authentication/hosts/egress.ts'
import type { Resolve } from '../../authentication/dns/resolve.ts'
import { createMatcher } from './matching.ts'
import { directRoute, type DeliveryPool, type DeliveryRoute } from './route.ts'

export interface ExitsOptions {
  readonly routes: readonly DeliveryRoute[]
  readonly pools?: readonly DeliveryPool[]
  /** What we call ourselves where a route says nothing else. */
  readonly hostname: string
  readonly resolve: Resolve
}

/** Every way out that receivers may see us take: the configured routes, and straight to the exchangers unless a route takes all domains. */
export function waysOut(options: ExitsOptions): Promise<readonly Egress[]> {
  const { routes } = options
  const takesAll = routes.some(
    ({ domains, senders = [], labels = [] }) => domains.length + senders.length + labels.length === 0
  )
  return egressOfAll(takesAll ? routes : [...routes, directRoute], options)
}

/** The ways that mail to these domains may take: each route that could be chosen for it. */
export function waysTo(domains: readonly string[], options: ExitsOptions): Promise<readonly Egress[]> {
  const { possible } = createMatcher(options.routes, options.pools ?? [])
  return egressOfAll(new Set(domains.flatMap((domain) => possible(domain, 'normal'))), options)
}

function egressOfAll(
  routes: Iterable<DeliveryRoute>,
  { hostname, resolve }: ExitsOptions
): Promise<readonly Egress[]> {
  // What goes into a mailbox of ours is seen by nobody else
  const outward = [...routes].filter(({ kind }) => kind !== 'local')
  return Promise.all(outward.map((route) => egressOf(exitOf(route, hostname), resolve)))
}

function exitOf({ name, kind, ehlo, sourceAddress }: DeliveryRoute, hostname: string): Exit {
  return {
    route: name,
    kind: kind === 'smarthost' ? 'smarthost' : 'direct',
    helo: (ehlo ?? hostname).toLowerCase(),
    sourceAddress: sourceAddress ?? null
  }
}
