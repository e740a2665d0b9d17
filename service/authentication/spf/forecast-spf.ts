import { spf } from 'mailauth/lib/spf/index.js'
import type { Resolve } from '../dns/resolve.ts'
import type { Egress } from '../hosts/egress.ts'

export type SpfForecast =
  /** From every address that we may use. */
  | { readonly kind: 'pass'; readonly domain: string }
  | { readonly kind: 'no-pass'; readonly domain: string; readonly told: string }
  | { readonly kind: 'unknown'; readonly domain: string; readonly told: string }

/** An evaluation that takes longer is `temperror` to receivers too (RFC 7208 section 4.6.4 asks for at least 20 s; a forecast need not wait). */
const maxElapsedMs = 5_000

/**
 * Whether receivers will see SPF pass (RFC 7208): the domain of MAIL FROM, or of HELO for a null sender, evaluated for every address that the
 * message may leave from.
 */
export async function forecastSpf(
  mailFrom: string | null,
  ways: readonly Egress[],
  resolve: Resolve
): Promise<SpfForecast> {
  const results = await Promise.all(ways.map((way) => forecastFor(mailFrom, way, resolve)))
  const [first] = results
  return (
    results.find(({ kind }) => kind === 'unknown') ??
    results.find(({ kind }) => kind === 'no-pass') ??
    first ?? { kind: 'unknown', domain: '', told: 'no way out is known' }
  )
}

async function forecastFor(
  mailFrom: string | null,
  { route, kind, helo, addresses }: Egress,
  resolve: Resolve
): Promise<SpfForecast> {
  const domain = mailFrom === null ? helo : mailFrom.slice(mailFrom.lastIndexOf('@') + 1).toLowerCase()
  if (addresses === null) {
    const told =
      kind === 'smarthost'
        ? `route ${route} leaves by another host, whose addresses are not known`
        : `the address of route ${route} is not known: set its sourceAddress`
    return { kind: 'unknown', domain, told }
  }
  for (const ip of addresses) {
    const result = await evaluateSpf({ mailFrom, helo, ip }, resolve)
    if (result === 'pass') continue
    const told = `SPF of ${domain} is ${result} for ${ip}`
    return result === 'temperror' ? { kind: 'unknown', domain, told } : { kind: 'no-pass', domain, told }
  }
  return { kind: 'pass', domain }
}

/** The result word of RFC 7208 section 2.6. */
export async function evaluateSpf(
  { mailFrom, helo, ip }: { readonly mailFrom: string | null; readonly helo: string; readonly ip: string },
  resolve: Resolve
): Promise<string> {
  const { status } = await spf({
    sender: mailFrom ?? '',
    helo,
    ip,
    mta: helo,
    maxElapsedTime: maxElapsedMs,
    resolver: toResolver(resolve)
  })
  return status.result
}

/** mailauth takes the same answers, and says so less exactly. */
export function toResolver(resolve: Resolve): (name: string, type: string) => Promise<string[][]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- MX answers are objects for both; its types know TXT alone
  return async (name, type) => [...(await resolve(name, type))] as string[][]
}
