import type { Logger } from '../../telemetry/logger.ts'
import type { OperatorStates } from '../routes/operator-states.ts'

export interface DemoteRoutesOptions {
  readonly states: OperatorStates
  /** Names of all routes. */
  readonly routes: readonly string[]
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'warn' | 'info'>
}

/** Who decided, in the state of a route: what we demoted we restore, and nothing else. */
export const byBlocklists = 'blocklists'

/**
 * A route whose address is listed carries only mail that has no other way, until the listing ends. What a person decided about a route
 * stays; and where every route is listed none is demoted, as that would change nothing.
 */
export function createDemoteRoutes({ states, routes, clock, log }: DemoteRoutesOptions) {
  return async function demoteRoutes(listed: ReadonlyMap<string, string>): Promise<void> {
    const isPointless = routes.every((name) => listed.has(name))
    for (const name of routes) {
      const { state, by } = states.get(name)
      const why = isPointless ? undefined : listed.get(name)
      if (why !== undefined && state === 'active') {
        await states.set(name, { state: 'demoted', why, by: byBlocklists, at: clock() })
        log.warn('blocklists.route_demoted', { route: name, why })
      } else if (why === undefined && state === 'demoted' && by === byBlocklists) {
        await states.set(name, { state: 'active', why: null, by: byBlocklists, at: clock() })
        log.info('blocklists.route_restored', { route: name })
      }
    }
  }
}
