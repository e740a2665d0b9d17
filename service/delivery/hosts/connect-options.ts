import type { ResolveSecurely } from './dane.ts'
import type { StsPolicies } from './sts-policies.ts'

/** Looks up records; throws an error with a DNS code (`ENOTFOUND`, `ESERVFAIL`, …). Default is the system's resolver. */
export type ResolveRecords = (domain: string, type: string) => Promise<readonly unknown[]>

export interface ConnectOptions {
  readonly hostname: string
  readonly resolveRecords?: ResolveRecords | undefined
  /** Answers of a resolver that validates DNSSEC and that we trust: with it DANE is on. */
  readonly resolveSecurely?: ResolveSecurely | undefined
  /** Where policies of MTA-STS are kept; without it none are asked for. */
  readonly stsPolicies?: StsPolicies | undefined
  readonly addresses?: AddressOrder | undefined
  /** PEM of authorities that are trusted instead of the system's. */
  readonly authorities?: readonly string[] | undefined
  readonly connectTimeoutMs: number
  readonly socketTimeoutMs: number
}

export type AddressOrder = 'ipv4-first' | 'ipv6-first' | 'ipv4-only' | 'ipv6-only'
