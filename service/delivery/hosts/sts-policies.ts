import type { MxConnectOptions } from 'mx-connect'
import { z } from 'zod'
import type { BoundedTable } from '../../storage/bounded-table.ts'
import type { Logger } from '../../telemetry/logger.ts'
import type { Metrics } from '../../telemetry/metrics.ts'

/** A policy of RFC 8461 as mailauth reads it; `error`: what is said instead of it, because it could not be had. */
export interface StsPolicy {
  readonly id: string
  readonly mode: 'enforce' | 'testing' | 'none'
  readonly mx?: readonly string[] | undefined
  /** Seconds. */
  readonly maxAge?: number | undefined
  /** ISO 8601. */
  readonly expires?: string | undefined
}

/** A policy as it is remembered. */
export interface RememberedPolicy {
  readonly policy: StsPolicy
  /** Epoch ms at which it was fetched. */
  readonly at: number
}

/** What mx-connect asks and tells. */
export type StsPolicies = NonNullable<MxConnectOptions['mtaSts']>

export interface StsPoliciesOptions {
  readonly table: BoundedTable<RememberedPolicy>
  /** Epoch ms. */
  readonly clock: () => number
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly metrics?: Pick<Metrics, 'count'> | undefined
}

/** Domains whose policies are kept. */
export const maxStsPolicies = 20_000
/** RFC 8461 section 10.2: whoever keeps us from the policy for its whole life switches it off. So it is fetched anew long before. */
const refreshShare = 0.5
const maxRefreshMs = 24 * 3_600_000
/** No domain has this id: mailauth fetches, and falls back on what is here. */
const staleId = '-'

/**
 * Policies of MTA-STS that outlive the process: the first message after a restart is not the one that may be sent in the clear. A policy
 * is fetched when the id in DNS changes and when it is half as old as it may get; one that cannot be fetched leaves the known one in force.
 */
export function createStsPolicies(options: StsPoliciesOptions): StsPolicies {
  const { table, clock, log, metrics } = options
  return { enabled: true, logger: tell, cache: { get, set } }

  function get(domain: string): Promise<unknown> {
    const known = current(domain)
    if (known === undefined) return Promise.resolve(false)
    return Promise.resolve(isStale(known, clock()) ? { ...known.policy, id: staleId } : known.policy)
  }

  async function set(domain: string, told: unknown): Promise<void> {
    const known = current(domain)
    const policy = toPolicy(told)
    if (policy === null || (known !== undefined && isSame(known.policy, policy))) return
    if (hasFailed(told)) {
      log.warn('delivery.sts_policy_unavailable', { domain, error: faultOf(told), kept: known !== undefined })
      metrics?.count('sluice_mta_sts_total', { outcome: 'unavailable' })
      // What is known stays in force; what was never known is not asked for again for an hour (mailauth gives its end)
      if (policy.id === staleId || known !== undefined) return
    } else metrics?.count('sluice_mta_sts_total', { outcome: 'fetched' })
    try {
      await table.write(new Map([[domain, { policy, at: clock() }]]))
    } catch (error) {
      // It is a cache: the message goes by the policy all the same
      log.error('delivery.sts_policy_unsaved', { domain, error })
    }
  }

  function current(domain: string): RememberedPolicy | undefined {
    const known = table.get(domain)
    return known === undefined || endOf(known) <= clock() ? undefined : known
  }

  function tell(entry: Readonly<Record<string, unknown>>): void {
    if (entry['success'] === true) return
    const { domain, hostname, mode } = entry
    metrics?.count('sluice_mta_sts_total', { outcome: mode === 'enforce' ? 'refused' : 'mismatch' })
    log.warn('delivery.sts_mismatch', { domain, mx: hostname, mode })
  }
}

const policySchema = z.object({
  id: z.string(),
  mode: z.enum(['enforce', 'testing', 'none']),
  mx: z.array(z.string()).optional(),
  maxAge: z.number().optional(),
  expires: z.string().optional()
})

function toPolicy(told: unknown): StsPolicy | null {
  const read = policySchema.safeParse(told)
  return read.success ? read.data : null
}

function hasFailed(told: unknown): boolean {
  return typeof told === 'object' && told !== null && 'error' in told && told.error !== undefined
}

function faultOf(told: unknown): unknown {
  return typeof told === 'object' && told !== null && 'error' in told ? told.error : null
}

function isSame(one: StsPolicy, other: StsPolicy): boolean {
  return one.id === other.id && one.expires === other.expires
}

function endOf({ policy }: RememberedPolicy): number {
  const end = Date.parse(policy.expires ?? '')
  return Number.isNaN(end) ? 0 : end
}

function isStale({ policy, at }: RememberedPolicy, now: number): boolean {
  if (policy.maxAge === undefined) return false
  return now - at > Math.min(policy.maxAge * 1_000 * refreshShare, maxRefreshMs)
}
