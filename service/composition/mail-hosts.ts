import { readFileSync } from 'node:fs'
import { createSystemResolve } from '../authentication/dns/resolve.ts'
import type { Config } from '../config/config-schema.ts'
import type { DeliveryOptions } from '../delivery/delivery.ts'
import { loadBounceRules } from '../delivery/bounces/bounce-rules.ts'
import { createClassifyBounce } from '../delivery/bounces/classify-bounce.ts'
import { createStsPolicies, maxStsPolicies, type RememberedPolicy } from '../delivery/hosts/sts-policies.ts'
import { createValidatingResolver } from '../delivery/hosts/validating-resolver.ts'
import { createBoundedTable } from '../storage/bounded-table.ts'
import type { Storage } from '../storage/storage.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { clock, type StartOptions } from './house.ts'

/** How delivery finds hosts, what it asks of their encryption, and how it reads their refusals. */
export function openMailHosts(
  { delivery, dns }: Pick<Config, 'delivery' | 'dns'>,
  { storage, metrics }: { readonly storage: Storage; readonly metrics: Metrics },
  { log }: Pick<StartOptions, 'log'>
): Required<Pick<DeliveryOptions, 'hosts' | 'classify' | 'resolveRecords'>> {
  const { mtaSts, validatingResolver, addresses, authoritiesFile, bounceRulesFile } = delivery
  const table = createBoundedTable<RememberedPolicy>(storage, 'delivery.sts-policies', maxStsPolicies)
  return {
    resolveRecords: createSystemResolve(dns),
    classify: createClassifyBounce(loadBounceRules(bounceRulesFile ?? null)),
    hosts: {
      addresses,
      stsPolicies: mtaSts ? createStsPolicies({ table, clock, log, metrics }) : undefined,
      resolveSecurely:
        validatingResolver === ''
          ? undefined
          : createValidatingResolver({ server: validatingResolver, timeoutMs: dns.timeoutMs, clock }),
      authorities: authoritiesFile === undefined ? undefined : [readFileSync(authoritiesFile, 'utf8')]
    }
  }
}
