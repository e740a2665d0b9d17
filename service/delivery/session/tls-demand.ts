/** One TLSA record (RFC 6698), as node and mx-connect spell it. */
export interface TlsaRecord {
  /** `certUsage` */
  readonly usage: number
  readonly selector: number
  readonly mtype: number
  readonly cert: Uint8Array
}

/**
 * What a connection must show before mail goes over it.
 * `start`: `never` and `at-once` (implicit TLS) are the route's; `try` goes on without where it fails (RFC 7435); `must` does not.
 * `proof`: whose word the certificate is taken on.
 */
export interface TlsDemand {
  readonly start: 'never' | 'try' | 'must' | 'at-once'
  readonly proof: TlsProof
  /** Of `dane`: usable ones only. */
  readonly tlsa: readonly TlsaRecord[]
}

/** `dane`: TLSA records of a signed zone; `sts`: an enforced MTA-STS policy, then as `pkix`; `pkix`: a known authority and the host's name. */
export type TlsProof = 'dane' | 'sts' | 'pkix' | 'none'

/** How a connection was encrypted, and who says that it leads to the right host. */
export interface TlsResult {
  /** `TLSv1.3` */
  readonly version: string
  readonly cipher: string
  readonly verified: TlsProof
}

export const noTls: TlsDemand = { start: 'never', proof: 'none', tlsa: [] }

/** RFC 7672 section 3.1: DANE-TA and DANE-EE; the others, and digests or selectors that nobody knows, are unusable with SMTP. */
export function usableTlsa(records: readonly TlsaRecord[]): readonly TlsaRecord[] {
  return records.filter(
    ({ usage, selector, mtype }) => (usage === 2 || usage === 3) && selector <= 1 && mtype <= 2
  )
}

/** What the route and the published policies of the host come to. DANE goes before MTA-STS (RFC 8461 section 2). */
export function tlsDemandOf(
  route: 'opportunistic' | 'required' | 'implicit' | 'off',
  tlsa: readonly TlsaRecord[],
  isStsEnforced: boolean
): TlsDemand {
  if (route === 'off') return noTls
  const usable = usableTlsa(tlsa)
  const start = route === 'implicit' ? 'at-once' : 'must'
  if (usable.length > 0) return { start, proof: 'dane', tlsa: usable }
  if (route !== 'opportunistic') return { start, proof: 'pkix', tlsa: [] }
  if (isStsEnforced) return { start, proof: 'sts', tlsa: [] }
  // RFC 7672 section 2.2: records that are all unusable still say that TLS is there
  return { start: tlsa.length > 0 ? 'must' : 'try', proof: 'none', tlsa: [] }
}
