import { isIP } from 'node:net'
import { find, type Resolve } from '../dns/resolve.ts'

/** A way out, as far as receivers see of it. */
export interface Exit {
  readonly route: string
  /** A smart host's addresses are its own affair. */
  readonly kind: 'direct' | 'smarthost'
  /** What we call ourselves. */
  readonly helo: string
  /** The local address that connections are bound to; null: whatever the system takes. */
  readonly sourceAddress: string | null
}

export interface Egress {
  readonly route: string
  readonly kind: Exit['kind']
  readonly helo: string
  /** From which receivers see us come. null: it cannot be known here. */
  readonly addresses: readonly string[] | null
  readonly from: 'configuration' | 'the address of the HELO name' | 'unknown'
}

/**
 * The public addresses of a way out: the configured one; behind address translation, or without one, those of the HELO name, which has to
 * have them anyway for receivers to believe it (forward-confirmed reverse DNS).
 */
export async function egressOf(
  { route, kind, helo, sourceAddress }: Exit,
  resolve: Resolve
): Promise<Egress> {
  const common = { route, kind, helo }
  if (kind === 'smarthost') return { ...common, addresses: null, from: 'unknown' }
  if (sourceAddress !== null && isPublic(sourceAddress))
    return { ...common, addresses: [sourceAddress], from: 'configuration' }
  const found = await addressesOf(helo, resolve)
  const family = sourceAddress === null ? 0 : isIP(sourceAddress)
  const seen = (found ?? []).filter((one) => isPublic(one) && (family === 0 || isIP(one) === family))
  return seen.length === 0
    ? { ...common, addresses: null, from: 'unknown' }
    : { ...common, addresses: seen, from: 'the address of the HELO name' }
}

/** null: DNS did not answer. */
export async function addressesOf(name: string, resolve: Resolve): Promise<readonly string[] | null> {
  const answers = await Promise.all([find(resolve, name, 'A'), find(resolve, name, 'AAAA')])
  const texts = answers.flatMap((answer) => (answer.kind === 'records' ? answer.texts : []))
  if (texts.length === 0 && answers.some(({ kind }) => kind === 'unanswered')) return null
  return texts.filter((text) => isIP(text) !== 0)
}

/** RFC 1918, RFC 4193, loopback, link-local, RFC 6598: no receiver sees these. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4)
    return !/^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./u.test(
      address
    )
  return isIP(address) === 6 && !/^(?:::1?$|::ffff:|f[cd]|fe[89ab])/iu.test(address)
}
