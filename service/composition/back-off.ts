import type { Config } from '../config/config-schema.ts'
import { createBackOff, type BackOff } from '../delivery/back-off/back-off.ts'
import type { Sites } from '../delivery/hosts/sites.ts'
import { destinationKey, type Destination } from '../delivery/routes/route.ts'
import type { Storage } from '../storage/storage.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { clock, type OnClose, type StartOptions } from './house.ts'

/** As many as a person looks at. */
const maxShown = 20

/** Who asked us to slow down; null: nobody is heard. */
export function openBackOff(
  { backOff: { enabled, ...rules } }: Pick<Config, 'backOff'>,
  {
    storage,
    metrics,
    sites
  }: { readonly storage: Storage; readonly metrics: Metrics; readonly sites: Sites },
  { log }: Pick<StartOptions, 'log'>,
  onClose: OnClose
): BackOff | null {
  if (!enabled) return null
  const backOff = createBackOff({ storage, rules, keyOf: siteKeyIn(sites), clock, log, metrics })
  onClose(() => backOff.close())
  metrics.gauges('sluice_back_off_share', () =>
    backOff
      .list()
      .slice(0, maxShown)
      .map(({ destination, share }) => ({ labels: { destination }, value: share }))
  )
  return backOff
}

/** A provider's patience is counted by its hosts, not by the domains of its customers. */
function siteKeyIn(sites: Sites): (destination: Destination) => string {
  return (destination) => {
    const { route, domain } = destination
    const site = route.kind === 'mx' ? sites.known(domain) : null
    return destinationKey({ route, domain: site ?? domain })
  }
}
