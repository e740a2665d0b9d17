import { arc } from 'mailauth/lib/arc/index.js'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { evaluateDmarc } from 'mailauth/lib/dmarc/index.js'
import { spf } from 'mailauth/lib/spf/index.js'
import { toVerifiable } from '../dkim/verifiable.ts'
import type { Resolve } from '../dns/resolve.ts'
import { isPublic } from '../hosts/egress.ts'
import { toResolver } from '../spf/forecast-spf.ts'

/** A message as it came to us. */
export interface Arrival {
  readonly raw: Uint8Array
  readonly mailFrom: string | null
  /** null: not known. */
  readonly ip: string | null
  readonly helo: string | null
}

/** What we saw of it, for those after us. */
export interface ArrivalResults {
  /** What follows the instance in ARC-Authentication-Results, our name first (RFC 8601 section 2.2). */
  readonly authResults: string
  /** Of the chain that it brought along (RFC 8617 section 4.4). */
  readonly chain: 'none' | 'pass' | 'fail'
  /** A chain that was broken before us is not sealed again (RFC 8617 section 5.1). */
  readonly maySeal: boolean
}

const maxSpfMs = 5_000

/** SPF, DKIM, ARC and DMARC of a message that another host handed to us. */
export async function authenticateArrival(
  arrival: Arrival,
  hostname: string,
  resolve: Resolve
): Promise<ArrivalResults> {
  const resolver = toResolver(resolve)
  const { raw, mailFrom } = arrival
  const dkim = await dkimVerify(toVerifiable(raw), {
    resolver,
    ...(mailFrom !== null && { sender: mailFrom })
  })
  const path = await evaluatePath(arrival, hostname, resolver)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what one part of mailauth gives is what the next takes
  const chained = await arc(dkim.arc as Parameters<typeof arc>[0], { resolver })
  const { response: dmarc } = await evaluateDmarc({
    headerFrom: dkim.headerFrom,
    fromFields: dkim.fromFields,
    spfDomains: path.passed,
    dkimDomains: dkim.results.flatMap(({ status, signingDomain }) =>
      status.result === 'pass' && signingDomain !== undefined ? [{ domain: signingDomain }] : []
    ),
    arcResult: chained,
    resolver
  })
  const told = [...dkim.results, path, chained, ...(dmarc === false ? [] : [dmarc])]
  const infos = told.flatMap(({ info }) => (info === undefined || info === '' ? [] : [info]))
  return { authResults: [hostname, ...infos].join(';\r\n '), ...stateOf(chained.status) }
}

interface PathResult {
  readonly info: string
  readonly passed: string[]
}

/** SPF; from inside there is no path that it could speak of. */
async function evaluatePath(
  { ip, helo, mailFrom }: Arrival,
  hostname: string,
  resolver: ReturnType<typeof toResolver>
): Promise<PathResult> {
  if (ip === null || !isPublic(ip)) return { info: 'spf=none (from inside)', passed: [] }
  const { info, status, domain } = await spf({
    sender: mailFrom ?? '',
    ip,
    helo: helo ?? `[${ip}]`,
    mta: hostname,
    maxElapsedTime: maxSpfMs,
    resolver
  })
  return { info, passed: status.result === 'pass' ? [domain] : [] }
}

function stateOf({
  result,
  shouldSeal
}: {
  readonly result: string
  readonly shouldSeal?: boolean
}): Pick<ArrivalResults, 'chain' | 'maySeal'> {
  if (result === 'pass' || result === 'none') return { chain: result, maySeal: true }
  return { chain: 'fail', maySeal: shouldSeal === true }
}
