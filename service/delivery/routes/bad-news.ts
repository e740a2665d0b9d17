import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import type { Path } from './paths/condition.ts'
import { tellTrouble } from './paths/told.ts'
import {
  destinationKey,
  directRoute,
  type DeliveryPool,
  type DeliveryRoute,
  type Destination
} from './route.ts'

export interface BadNewsOptions {
  readonly routes: readonly DeliveryRoute[]
  readonly pools: readonly DeliveryPool[]
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'count'> | undefined
}

/** Told of ways that have just turned bad. */
export type OnBad = (isBad: (destination: Destination) => boolean) => void

/** Says that a way has turned bad, or comes back: to the log, to metrics, and to whoever has mail waiting there. */
export interface BadNews {
  readonly tell: (key: string, before: Path, after: Path) => void
  /** Gives the way to stop listening. */
  readonly onBad: (listener: OnBad) => () => void
  /** Whether somebody's mail on the route may go elsewhere. */
  readonly hasOtherWay: (route: string) => boolean
}

export function createBadNews({ routes, pools, log, metrics }: BadNewsOptions): BadNews {
  const listeners = new Set<OnBad>()
  return {
    tell,
    onBad: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hasOtherWay
  }

  function tell(key: string, before: Path, after: Path): void {
    const mark = key.indexOf('|')
    const [route, destination] = [key.slice(0, mark), key.slice(mark + 1)]
    const { condition } = after
    const cause = condition.kind === 'good' ? null : condition.cause
    metrics?.count('sluice_route_changes_total', { route, to: condition.kind, cause: cause ?? 'none' })
    const known = condition.kind === 'bad' ? after : before
    const place = destination === '' ? 'everybody' : destination
    const facts = { route, destination: place, cause, trouble: cause && tellTrouble(cause, known, place) }
    if (condition.kind !== 'bad') return log.info(`routes.path_${condition.kind}`, facts)
    log.warn('routes.path_bad', { ...facts, probeAt: new Date(condition.probeAt).toISOString() })
    if (!hasOtherWay(route)) return
    const isBad = (one: Destination): boolean =>
      destination === '' ? one.route.name === route : destinationKey(one) === key
    for (const listener of listeners) listener(isBad)
  }

  function hasOtherWay(name: string): boolean {
    const { pool, fallback } = routes.find((one) => one.name === name) ?? directRoute
    if (pool === undefined) return fallback !== undefined
    const isShared = routes.some((one) => one.pool === pool && one.name !== name)
    return isShared || pools.some((one) => one.name === pool && one.fallback !== undefined)
  }
}
