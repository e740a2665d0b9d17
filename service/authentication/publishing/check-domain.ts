import { checkDkim } from '../dkim/check-dkim.ts'
import type { KeyStore } from '../dkim/key-store.ts'
import { checkDmarc } from '../dmarc/check-dmarc.ts'
import type { Resolve } from '../dns/resolve.ts'
import { checkHosts } from '../hosts/check-hosts.ts'
import type { Egress } from '../hosts/egress.ts'
import { checkMtaSts } from '../mta-sts/check-mta-sts.ts'
import { checkSpf } from '../spf/check-spf.ts'
import { checkTlsRpt } from '../tls-rpt/check-tls-rpt.ts'
import type { RecordCheck } from './record-check.ts'

export interface DomainCheck {
  readonly domain: string
  /** Every required record is as it should be. */
  readonly ok: boolean
  readonly records: readonly RecordCheck[]
  /** What is wrong on our side. */
  readonly notes: readonly string[]
}

export interface CheckDomainOptions {
  readonly store: Pick<KeyStore, 'read'>
  /** All ways out of the installation. */
  readonly ways: () => Promise<readonly Egress[]>
  readonly resolve: Resolve
}

export type CheckDomain = (domain: string) => Promise<DomainCheck>

/** Every record that mail from a domain needs: what it should say, what DNS says, and what to change. Rejects with KEYS_DAMAGED alone. */
export function createCheckDomain({ store, ways: waysOut, resolve }: CheckDomainOptions): CheckDomain {
  return async function checkDomain(domain) {
    const [keys, ways] = await Promise.all([store.read(domain), waysOut()])
    const records = await Promise.all([
      checkSpf(domain, ways, resolve).then(alone),
      keys === undefined ? [] : checkDkim(keys, resolve),
      checkDmarc(domain, resolve).then(alone),
      checkMtaSts(domain, resolve).then(alone),
      checkTlsRpt(domain, resolve).then(alone),
      checkHosts(ways, resolve)
    ])
    const notes = [...(keys === undefined ? [noKeys(domain)] : []), ...unknownWays(ways)]
    const all = records.flat()
    return {
      domain,
      ok: keys !== undefined && all.every(({ required, state }) => !required || state === 'ok'),
      records: all,
      notes
    }
  }
}

function alone(record: RecordCheck): readonly RecordCheck[] {
  return [record]
}

function noKeys(domain: string): string {
  return `${domain} has no DKIM key, and its mail leaves unsigned: run \`npx sluice domains add ${domain}\`.`
}

function unknownWays(ways: readonly Egress[]): readonly string[] {
  return ways
    .filter(({ addresses, kind }) => addresses === null && kind === 'direct')
    .map(
      ({ route, helo }) =>
        `From which address route ${route} leaves is not known: set its sourceAddress, or publish an address for ${helo}.`
    )
}
