import { organisationOf } from '../authentication/dmarc/organisation.ts'
import type { Config } from '../config/config-schema.ts'
import { routeWarnings } from '../config/routes-schema.ts'
import { openOperatorStates, type OperatorStates } from '../delivery/routes/operator-states.ts'
import type { Path } from '../delivery/routes/paths/condition.ts'
import { reportRoutes, type RouteReport } from '../delivery/routes/route-report.ts'
import { createSteering, type Steering } from '../delivery/routes/steering.ts'
import { openWarmUps } from '../delivery/routes/warm-up.ts'
import { createBoundedTable } from '../storage/bounded-table.ts'
import type { Storage } from '../storage/storage.ts'
import type { LabelledValue, Metrics } from '../telemetry/metrics.ts'
import { clock, random, type StartOptions } from './house.ts'

/** Summaries of ways to destinations: some megabytes on disk. */
const maxPaths = 50_000

export interface Routes {
  readonly steering: Steering
  readonly states: OperatorStates
  readonly report: () => readonly RouteReport[]
}

/** The ways out: what chooses among them, and what is known of them. */
export function openRoutes(
  { routes, pools, detours }: Config,
  {
    storage,
    metrics,
    siteOf
  }: {
    readonly storage: Storage
    readonly metrics: Metrics
    /** Hosts of a domain as far as they are known: a provider's domains warm up together. */
    readonly siteOf?: ((domain: string) => string | null) | undefined
  },
  { log }: Pick<StartOptions, 'log'>
): Routes {
  const states = openOperatorStates(storage)
  const warmUps = openWarmUps(storage, clock)
  const groupOf = (domain: string): string => organisationOf(siteOf?.(domain)?.split(',')[0] ?? domain)
  const steering = createSteering({
    routes,
    pools,
    rules: detours,
    clock,
    random,
    log,
    metrics,
    shelf: createBoundedTable<Path>(storage, 'routes.paths', maxPaths),
    states,
    warmUps,
    groupOf
  })
  for (const warning of routeWarnings(routes)) log.warn('routes.warning', { warning })
  const report = (): readonly RouteReport[] => reportRoutes({ routes, pools, steering, warmUps })
  metrics.gauges('sluice_route_bad_paths', () => report().flatMap(pathsOf))
  return { steering, states, report }
}

function pathsOf({ route, badPaths }: RouteReport): readonly LabelledValue[] {
  return [{ labels: { route: route.name }, value: badPaths }]
}
