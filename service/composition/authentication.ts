import { join } from 'node:path'
import { writePrivateFile } from '../access/private-file.ts'
import { createKeyring } from '../authentication/dkim/keyring.ts'
import { createKeyStore } from '../authentication/dkim/key-store.ts'
import { organisationOf } from '../authentication/dmarc/organisation.ts'
import { forecastOfDeparture } from '../authentication/dmarc/departing-forecast.ts'
import { createForecastAlignment } from '../authentication/dmarc/forecast-alignment.ts'
import { createCachedResolve, type RememberedAnswer } from '../authentication/dns/cached-resolve.ts'
import { createSystemResolve } from '../authentication/dns/resolve.ts'
import { createCheckDomain } from '../authentication/publishing/check-domain.ts'
import type { Config } from '../config/config-schema.ts'
import type { Sign } from '../delivery/outgoing/depart.ts'
import { createSigning } from '../delivery/outgoing/signing.ts'
import { waysOut, waysTo } from '../delivery/routes/exits.ts'
import { domainOf } from '../message/address.ts'
import { createBoundedTable } from '../storage/bounded-table.ts'
import type { Storage } from '../storage/storage.ts'
import { clock, type OnClose, type StartOptions } from './house.ts'

/** What the house knows of authenticity: its keys, what DNS says, and what receivers will see of what leaves. */
export function openAuthentication(
  config: Config,
  { storage, keysDirectory }: { readonly storage: Storage; readonly keysDirectory: string },
  { log }: Pick<StartOptions, 'log'>,
  onClose: OnClose
) {
  const { dns, domains, policy, routes, pools, smtp } = config
  const { hostname } = smtp
  const ask = createSystemResolve(dns)
  const onFault = (error: unknown): void => log.error('authentication.dns_cache_failed', { error })
  const cached = createCachedResolve({
    resolve: ask,
    shelf: createBoundedTable<RememberedAnswer>(storage, 'dns-answers', dns.cacheEntries),
    clock,
    maxEntries: dns.cacheEntries,
    patienceMs: dns.forecastTimeoutMs,
    onFault
  })
  onClose(() => cached.close())
  const { resolve, resolveSoon } = cached
  const store = createKeyStore({ directory: join(keysDirectory, 'dkim'), write: writePrivateFile })
  const own = domains.map(({ name, dkim: { subdomains } }) => ({ name, subdomains }))
  const keyring = createKeyring({ store, domains: own, anyAligned: policy.onMisaligned !== 'allow', clock })
  const arcDomain = sealingDomain(config)
  return {
    checkDomain: createCheckDomain({
      store,
      ways: () => waysOut({ routes, pools, hostname, resolve: ask }),
      resolve: ask
    }),
    forecastAlignment: forecastOfDeparture(
      createForecastAlignment({
        keyring,
        resolve: resolveSoon,
        waysTo: (recipients) =>
          waysTo(recipients.map(domainOf), { routes, pools, hostname, resolve: resolveSoon }),
        timeLimitMs: dns.forecastTimeoutMs,
        clock,
        onFault: (error) => log.error('authentication.forecast_failed', { error })
      }),
      smtp.feedbackDomain
    ),
    sign:
      domains.length === 0 ? unsigned : createSigning({ keyring, arcDomain, hostname, resolve, clock, log })
  }
}

export type Authentication = ReturnType<typeof openAuthentication>

/** Nobody's mail is ours to sign: nothing has to be read for that. */
const unsigned: Sign = () => Promise.resolve({ fields: '', told: 'unsigned: no domain is configured' })

/** The one that is named, else the one that the host belongs to. */
function sealingDomain({ domains, smtp }: Config): string | null {
  const organisation = organisationOf(smtp.hostname)
  const chosen =
    domains.find(({ sealsRelayed }) => sealsRelayed) ??
    domains.find(({ name }) => name === smtp.hostname || name === organisation)
  return chosen?.name ?? null
}
