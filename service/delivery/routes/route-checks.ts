import type { ConnectOutcome } from '../hosts/connect.ts'
import { destinationBy, type DeliveryRoute, type Destination } from './route.ts'
import type { Steering } from './steering.ts'

export interface RouteChecksOptions {
  readonly routes: readonly DeliveryRoute[]
  readonly steering: Pick<Steering, 'noteCheck' | 'lastHeard' | 'clock'>
  /** 0: no checks. */
  readonly intervalMs: number
  /** Connects and greets; resolves in any case, within a limit of its own. */
  readonly connect: (destination: Destination) => Promise<ConnectOutcome>
}

/** Asks hosts of ours for their greeting while they have no mail, so that one that is gone is known before mail is. */
export interface RouteChecks {
  start(): void
  /** What is under way ends by its own limit, and tells nobody. */
  close(): void
}

export function createRouteChecks({
  routes,
  steering,
  intervalMs,
  connect
}: RouteChecksOptions): RouteChecks {
  const running = new Set<string>()
  const checked = routes.filter(({ kind }) => kind !== 'mx')
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  return {
    start() {
      if (intervalMs === 0 || checked.length === 0) return
      timer = setInterval(checkAll, intervalMs)
      timer.unref()
    },
    close() {
      clearInterval(timer)
      isClosed = true
    }
  }

  function checkAll(): void {
    for (const route of checked) {
      const destination = destinationBy(route, '')
      // Mail says more than a greeting
      const isFresh = Math.abs(steering.clock() - steering.lastHeard(destination)) < intervalMs
      if (isFresh || running.has(route.name)) continue
      running.add(route.name)
      void check(destination).finally(() => running.delete(route.name))
    }
  }

  /** Connect, EHLO, QUIT: nobody logs in for that. */
  async function check({ route, domain }: Destination): Promise<void> {
    const outcome = await connect({ route: { ...route, user: undefined, password: undefined }, domain })
    if (outcome.kind === 'connected') outcome.connection.session.quit()
    if (!isClosed) steering.noteCheck(destinationBy(route, domain), outcome.kind === 'connected')
  }
}
