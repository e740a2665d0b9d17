import type { Metrics } from '../../telemetry/metrics.ts'
import type { RecipientResult } from '../session/reply.ts'
import type { Balancer } from './balancing/balancer.ts'
import { destinationKey, type DeliveryRoute, type Destination } from './route.ts'
import type { Choice } from './choice.ts'
import type { WarmUps } from './warm-up.ts'

export interface WorkloadOptions {
  readonly warmUps: WarmUps | undefined
  readonly groupOf: (domain: string) => string
  readonly balancerOf: (route: DeliveryRoute) => Balancer
  readonly metrics: Pick<Metrics, 'count'> | undefined
}

/** What each route has to do at the moment. */
export interface Workload {
  readonly took: (choice: Choice) => void
  readonly left: (choice: Choice) => void
  readonly record: (choice: Choice, results: Iterable<RecipientResult>) => void
  outstandingOf(route: string): number
  /** Whether a message is out to find out whether the way is good again. */
  isProbed(destination: Destination): boolean
}

export function createWorkload({ warmUps, groupOf, balancerOf, metrics }: WorkloadOptions): Workload {
  const outstanding = new Map<string, number>()
  const probed = new Set<string>()
  return {
    took,
    left,
    record: ({ destination, domain }, results) => {
      if ([...results].some(({ kind }) => kind === 'delivered'))
        warmUps?.count(destination.route, groupOf(domain))
    },
    outstandingOf: (route) => outstanding.get(route) ?? 0,
    isProbed: (destination) => probed.has(destinationKey(destination))
  }

  function took({ destination, domain, isProbe, how }: Choice): void {
    const { route } = destination
    outstanding.set(route.name, (outstanding.get(route.name) ?? 0) + 1)
    balancerOf(route).took(route.name, route.weight ?? 1)
    warmUps?.reserve(route, groupOf(domain))
    if (isProbe) probed.add(destinationKey(destination))
    metrics?.count('sluice_route_messages_total', { route: route.name, how })
  }

  function left({ destination, domain, isProbe }: Choice): void {
    const { route } = destination
    outstanding.set(route.name, Math.max(0, (outstanding.get(route.name) ?? 0) - 1))
    warmUps?.release(route, groupOf(domain))
    if (isProbe) probed.delete(destinationKey(destination))
  }
}
