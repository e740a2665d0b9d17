import type { Destination } from '../../routes/route.ts'
import { Allowance } from './allowance.ts'
import { limitsFor, type ThrottleRule } from './throttle-rules.ts'

export interface AllowancesOptions {
  readonly rules: readonly ThrottleRule[]
  /** In (0, 1]: what is left for a destination that asked us to slow down. */
  readonly shareOf?: ((destination: Destination) => number) | undefined
  /** Connections of all together. */
  readonly maxConnections: number
  readonly clock: () => number
}

/** What each destination, route and sender may have of us. Made when they are first asked for, forgotten when they are idle. */
export interface Allowances {
  /** Of a destination's hosts: domains with the same ones (`site`) share it. */
  ofSite(destination: Destination, site: string): Allowance
  ofRoute(route: string): Allowance
  ofSender(sender: string): Allowance
  /** `inUse` stay: who refers to them counts on them. */
  forgetIdle(inUse: ReadonlySet<Allowance>): void
}

/** A mail exchanger gets at most this many connections from us at once, and never more than a quarter of ours: slow ones are several. */
const maxPerExchanger = 10
const shareOfExchanger = 0.25

export function createAllowances(options: AllowancesOptions): Allowances {
  const { rules, maxConnections, clock, shareOf = () => 1 } = options
  const known = new Map<string, Allowance>()
  return { ofSite, ofRoute, ofSender, forgetIdle }

  function ofSite(destination: Destination, site: string): Allowance {
    const { route, domain } = destination
    const key = siteKeyOf(route.name, site)
    return remembered(`destination ${key}`, () => {
      const names = [domain, ...site.split(',')]
      return new Allowance({
        per: 'destination',
        key,
        limits: limitsFor(rules, { per: 'destination', names, route: route.name }),
        maxActive: partOf(route, maxConnections),
        share: () => shareOf(destination)
      })
    })
  }

  function ofRoute(route: string): Allowance {
    return remembered(`route ${route}`, () => {
      const limits = limitsFor(rules, { per: 'route', names: [route], route })
      return new Allowance({ per: 'route', key: route, limits, maxActive: Infinity })
    })
  }

  function ofSender(sender: string): Allowance {
    return remembered(`sender ${sender}`, () => {
      const limits = limitsFor(rules, { per: 'sender', names: [sender], route: null })
      return new Allowance({ per: 'sender', key: sender, limits, maxActive: Infinity })
    })
  }

  function remembered(key: string, make: () => Allowance): Allowance {
    const allowance = known.get(key) ?? make()
    known.set(key, allowance)
    return allowance
  }

  function forgetIdle(inUse: ReadonlySet<Allowance>): void {
    const now = clock()
    for (const [key, allowance] of known)
      if (!inUse.has(allowance) && allowance.isIdle(now)) known.delete(key)
  }
}

function siteKeyOf(route: string, site: string): string {
  return `${route}|${site}`
}

/** A host of ours may have all connections, unless other routes stand beside it: stuck, it must leave them some. */
function partOf({ kind, pool, fallback }: Destination['route'], maxConnections: number): number {
  if (kind === 'mx') return exchangerShare(maxConnections)
  return pool === undefined && fallback === undefined
    ? maxConnections
    : Math.max(1, Math.floor(maxConnections / 2))
}

function exchangerShare(maxConnections: number): number {
  return Math.max(1, Math.min(maxPerExchanger, Math.floor(maxConnections * shareOfExchanger)))
}
