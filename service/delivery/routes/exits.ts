import { egressOf, type Egress, type Exit } from '../../authentication/hosts/egress.ts'
import type { Resolve } from '../../authentication/dns/resolve.ts'
import { chooseRoute, directRoute, type DeliveryRoute } from './route.ts'

export interface ExitsOptions {
  readonly routes: readonly DeliveryRoute[]
  /** What we call ourselves where a route says nothing else. */
  readonly hostname: string
  readonly resolve: Resolve
}

/** Every way out that receivers may see us take: the configured routes, and straight to the exchangers unless a route takes all domains. */
export function waysOut(options: ExitsOptions): Promise<readonly Egress[]> {
  const { routes } = options
  const takesAll = routes.some(({ domains }) => domains.length === 0)
  return egressOfAll(takesAll ? routes : [...routes, directRoute], options)
}

/** The ways that mail to these domains takes. */
export function waysTo(domains: readonly string[], options: ExitsOptions): Promise<readonly Egress[]> {
  return egressOfAll(new Set(domains.map((domain) => chooseRoute(options.routes, domain))), options)
}

function egressOfAll(
  routes: Iterable<DeliveryRoute>,
  { hostname, resolve }: ExitsOptions
): Promise<readonly Egress[]> {
  return Promise.all(Array.from(routes, (route) => egressOf(exitOf(route, hostname), resolve)))
}

function exitOf({ name, kind, ehlo, sourceAddress }: DeliveryRoute, hostname: string): Exit {
  return {
    route: name,
    kind: kind === 'smarthost' ? 'smarthost' : 'direct',
    helo: (ehlo ?? hostname).toLowerCase(),
    sourceAddress: sourceAddress ?? null
  }
}
