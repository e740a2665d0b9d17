import type { DeliveryRoute, Destination } from '../route.ts'
import type { Sample } from './measure.ts'
import type { PathBook } from './path-book.ts'

/** Sees when a route reaches nobody any more, which is not the fault of each of its destinations. */
export interface WholeRoutes {
  note(destination: Destination, sample: Sample, isProbe: boolean): void
}

/** So many different destinations in a row that nobody reached: hosts that are gone are common, but not so many. */
const suspicious = 5

/** The path of a whole route stands under its name, without a destination. */
export function wholeKey({ name }: DeliveryRoute): string {
  return `${name}|`
}

export function createWholeRoutes(paths: PathBook): WholeRoutes {
  const failing = new Map<string, Set<string>>()
  return {
    note({ route, domain }, sample, isProbe) {
      // A host of ours is one destination: its own path says it all
      if (route.kind !== 'mx') return
      const key = wholeKey(route)
      const failed = failing.get(route.name) ?? new Set()
      failing.set(route.name, failed)
      if (sample.kind !== 'unreached') {
        failed.clear()
        // Anybody who answers says that the route works: no probe is needed for that
        if (paths.get(key).condition.kind !== 'good' || paths.get(key).measure.unreached > 0)
          paths.note(key, { kind: 'carried', bytes: 0, ms: 0, connectMs: null, deferred: false }, true)
        return
      }
      if (failed.size < suspicious) failed.add(domain)
      if (failed.size >= suspicious) paths.note(key, sample, isProbe)
    }
  }
}
