import type { OperatorState } from './operator-states.ts'
import type { Path } from './paths/condition.ts'
import { bytesPerSecond, usualBytesPerSecond } from './paths/measure.ts'
import { tellTrouble } from './paths/told.ts'
import { wholeKey } from './paths/whole-routes.ts'
import { destinationBy, destinationKey, directRoute, type DeliveryPool, type DeliveryRoute } from './route.ts'
import type { SteeringView } from './steering.ts'
import type { WarmUps } from './warm-up.ts'

/** A way to one destination, as people read it. */
export interface PathReport {
  /** A domain, or the host of the route; '' for the route as a whole. */
  readonly destination: string
  readonly condition: Path['condition']['kind']
  /** What is wrong; null: nothing. */
  readonly trouble: string | null
  /** Epoch ms of its last change. */
  readonly since: number
  /** Epoch ms at which a message tries it next. */
  readonly probeAt: number | null
  /** Of its mail, 0 to 1. */
  readonly share: number
  readonly bytesPerSecond: number | null
  readonly usualBytesPerSecond: number | null
  readonly connectMs: number | null
  readonly usualConnectMs: number | null
  readonly stalledShare: number
  readonly unreachedShare: number
  readonly deferredShare: number
}

/** A route as it stands. */
export interface RouteReport {
  readonly route: DeliveryRoute
  readonly operator: OperatorState
  /** The worst that holds for all of it; of `mx`, whether it reaches anybody. */
  readonly condition: Path['condition']['kind']
  readonly trouble: string | null
  /** Jobs that wait or run. */
  readonly outstanding: number
  readonly warmUp: ReturnType<WarmUps['today']>
  /** Destinations that mail goes around, or that get theirs back: how many, and the ones that changed last. */
  readonly badPaths: number
  readonly paths: readonly PathReport[]
}

/** As many as a person looks at. */
const shownPaths = 50

export interface RouteReportsOptions {
  readonly routes: readonly DeliveryRoute[]
  readonly pools: readonly DeliveryPool[]
  readonly steering: SteeringView
  readonly warmUps: WarmUps
}

/** How all routes stand; the last is the one that nobody configured, where mail may take it. */
export function reportRoutes({ routes, steering, warmUps }: RouteReportsOptions): readonly RouteReport[] {
  const takesAll = routes.some(
    ({ domains, senders = [], labels = [] }) => domains.length + senders.length + labels.length === 0
  )
  const paths = pathsByRoute(steering)
  return (takesAll ? routes : [...routes, directRoute]).map((route) => {
    const own = paths.get(route.name) ?? []
    const whole = steering.pathOf(
      route.kind === 'mx' ? wholeKey(route) : destinationKey(destinationBy(route, ''))
    )
    const place = route.kind === 'mx' ? 'everybody' : (route.host ?? '')
    const { condition } = whole
    return {
      route,
      operator: steering.stateOf(route.name),
      condition: condition.kind,
      trouble: condition.kind === 'good' ? null : tellTrouble(condition.cause, whole, place),
      outstanding: steering.outstandingOf(route.name),
      warmUp: warmUps.today(route),
      badPaths: own.filter(([, path]) => path.condition.kind !== 'good').length,
      paths: own
        .toSorted(byConcern)
        .slice(0, shownPaths)
        .map(([destination, path]) => toReport(destination, path))
    }
  })
}

function pathsByRoute(steering: SteeringView): ReadonlyMap<string, readonly (readonly [string, Path])[]> {
  const byRoute = new Map<string, (readonly [string, Path])[]>()
  for (const [key, path] of steering.paths()) {
    const mark = key.indexOf('|')
    const [route, destination] = [key.slice(0, mark), key.slice(mark + 1)]
    const own = byRoute.get(route) ?? []
    byRoute.set(route, own)
    if (destination !== '') own.push([destination, path])
  }
  return byRoute
}

/** What is not good first, then what changed last. */
function byConcern([, one]: readonly [string, Path], [, other]: readonly [string, Path]): number {
  const concern = Number(other.condition.kind !== 'good') - Number(one.condition.kind !== 'good')
  return concern || other.at - one.at
}

function toReport(destination: string, path: Path): PathReport {
  const { measure, condition, changedAt } = path
  return {
    destination,
    condition: condition.kind,
    trouble: condition.kind === 'good' ? null : tellTrouble(condition.cause, path, destination),
    since: changedAt,
    probeAt: condition.kind === 'bad' ? condition.probeAt : null,
    share: condition.kind === 'good' ? 1 : condition.kind === 'bad' ? 0 : condition.share,
    bytesPerSecond: bytesPerSecond(measure),
    usualBytesPerSecond: usualBytesPerSecond(measure),
    connectMs: measure.connectMs,
    usualConnectMs: measure.usualConnectMs,
    stalledShare: measure.stalled,
    unreachedShare: measure.unreached,
    deferredShare: measure.deferred
  }
}
