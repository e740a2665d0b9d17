import { isIP } from 'node:net'
import { createSystemResolve } from '../authentication/dns/resolve.ts'
import type { Config } from '../config/config-schema.ts'
import {
  createBlocklistWatch,
  type BlocklistWatch,
  type EgressAddress
} from '../delivery/blocklists/blocklist-watch.ts'
import { createDemoteRoutes } from '../delivery/blocklists/demote-routes.ts'
import { waysOut } from '../delivery/routes/exits.ts'
import type { OperatorStates } from '../delivery/routes/operator-states.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { clock, type OnClose, type StartOptions } from './house.ts'

const minuteMs = 60_000

/** Whether blocklists name the addresses that receivers see us come from. Asks nobody unless lists are configured. */
export function openBlocklistWatch(
  config: Config,
  { metrics, states }: { readonly metrics: Metrics; readonly states: OperatorStates | null },
  { log, isPrivate }: Pick<StartOptions, 'log' | 'isPrivate'>,
  onClose: OnClose
): BlocklistWatch {
  const { blocklists, routes, smtp, dns } = config
  const { zones, servers, timeoutMs, intervalMinutes } = blocklists
  const resolve = createSystemResolve({ servers: servers.length > 0 ? servers : dns.servers, timeoutMs })
  const watch = createBlocklistWatch({
    zones,
    intervalMs: intervalMinutes * minuteMs,
    addresses: () => egressAddresses(),
    resolve,
    clock,
    log,
    metrics,
    ...(states && {
      onLooked: createDemoteRoutes({ states, routes: routes.map(({ name }) => name), clock, log })
    })
  })
  onClose(() => watch.close())
  if (isPrivate !== true) watch.start()
  return watch

  async function egressAddresses(): Promise<readonly EgressAddress[]> {
    const ways = await waysOut({ routes, hostname: smtp.hostname, resolve: createSystemResolve(dns) })
    const seen = ways.flatMap(({ route, addresses }) =>
      (addresses ?? []).map((address) => ({ route, address }))
    )
    // Named by the operator: of no route in particular
    return [...seen, ...blocklists.addresses.map((address) => ({ route: '', address }))].filter(
      ({ address }) => isIP(address) !== 0
    )
  }
}
