import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import type { AlignmentForecast } from '../../message/alignment.ts'
import { domainOf } from '../../message/address.ts'
import type { Envelope } from '../../message/envelope.ts'
import { headerFields } from '../../message/header-block.ts'
import type { Keyring, KeysFound } from '../dkim/keyring.ts'
import { toVerifiable } from '../dkim/verifiable.ts'
import type { Resolve } from '../dns/resolve.ts'
import type { Egress } from '../hosts/egress.ts'
import { within } from '../dns/within.ts'
import { forecastSpf, toResolver, type SpfForecast } from '../spf/forecast-spf.ts'
import { authorOf } from './author-domain.ts'
import { evaluateAlignment, type Evaluated, type NamedAuthor } from './evaluate-alignment.ts'

export interface ForecastOptions {
  readonly keyring: Pick<Keyring, 'keysFor'>
  /** Remembers what it was told: a forecast asks the same names for every message of a sender. */
  readonly resolve: Resolve
  /** The ways out that a message to these recipients may take. */
  readonly waysTo: (recipients: Envelope['rcptTo']) => Promise<readonly Egress[]>
  /** A message waits this long for DNS; the questions go on, and the next message finds their answers. */
  readonly timeLimitMs: number
  /** Epoch ms. */
  readonly clock: () => number
  readonly onFault?: (error: unknown) => void
}

export interface Departing {
  readonly envelope: Envelope
  readonly raw: Uint8Array
}

/** Foretells what a receiver's DMARC evaluation (RFC 9989 section 5.3) will say of a message that we are about to send. Never rejects. */
export type ForecastAlignment = (message: Departing) => Promise<AlignmentForecast>

export function createForecastAlignment(options: ForecastOptions): ForecastAlignment {
  const pathOf = createPathOf(options)
  return async function forecastAlignment(message) {
    try {
      const author = await authorOf(message.raw)
      if (author.kind === 'none') return { kind: 'unattributable', why: author.why }
      const forecasting = forecast(message, author, pathOf, options)
      return await within(forecasting, options.timeLimitMs, {
        kind: 'unknown',
        domain: author.domain,
        why: `DNS did not answer within ${options.timeLimitMs} ms`
      })
    } catch (error) {
      options.onFault?.(error)
      return { kind: 'unknown', domain: null, why: 'the forecast failed' }
    }
  }
}

/** All that a forecast follows from but the message itself. */
interface Path {
  readonly spf: SpfForecast
  readonly ours: KeysFound
  readonly evaluated: Evaluated
}

type PathOf = (author: NamedAuthor, mailFrom: Envelope['mailFrom'], ways: readonly Egress[]) => Promise<Path>

/** Reading it all anew costs as much as judging the message; an answer of DNS is older than this anyway. */
const rememberedMs = 60_000
const maxRemembered = 5_000

/**
 * Remembered by domains, not by mailboxes: an SPF record that looks at local parts (macros of RFC 7208 section 7) is foretold for whoever
 * came first.
 */
function createPathOf({ keyring, resolve, clock }: ForecastOptions): PathOf {
  const paths = new Map<string, { readonly at: number; readonly path: Promise<Path> }>()
  return async function pathOf(author, mailFrom, ways) {
    const ours = await keyring.keysFor(author.domain)
    const exits = ways.map(({ helo, addresses }) => [helo, addresses])
    const signer = ours.kind === 'keys' ? ours.domain : ours.why
    const key = JSON.stringify([author.domain, mailFrom && domainOf(mailFrom), signer, exits])
    const known = paths.get(key)
    if (known !== undefined && Math.abs(clock() - known.at) < rememberedMs) return known.path
    const path = followPath(author, mailFrom, ways, ours, resolve)
    paths.delete(key)
    paths.set(key, { at: clock(), path })
    const [oldest] = paths.keys()
    if (paths.size > maxRemembered && oldest !== undefined) paths.delete(oldest)
    const forget = (): unknown => paths.get(key)?.path === path && paths.delete(key)
    // What DNS did not say now it may say in a moment
    path.then(({ spf, evaluated }) => [spf.kind, evaluated.kind].includes('unknown') && forget(), forget)
    return path
  }
}

async function followPath(
  author: NamedAuthor,
  mailFrom: Envelope['mailFrom'],
  ways: readonly Egress[],
  ours: KeysFound,
  resolve: Resolve
): Promise<Path> {
  const spf = await forecastSpf(mailFrom, ways, resolve)
  const signers = ours.kind === 'keys' ? [ours.domain] : []
  return { spf, ours, evaluated: await evaluateAlignment(author, spf, signers, resolve) }
}

async function forecast(
  { envelope, raw }: Departing,
  author: NamedAuthor,
  pathOf: PathOf,
  { resolve, waysTo }: ForecastOptions
): Promise<AlignmentForecast> {
  const { spf, ours, evaluated } = await pathOf(author, envelope.mailFrom, await waysTo(envelope.rcptTo))
  if (evaluated.kind !== 'failed') return evaluated
  const own = await verifiedSigners(raw, resolve)
  if (own.domains.length > 0) {
    const again = await evaluateAlignment(author, spf, own.domains, resolve)
    if (again.kind !== 'failed') return again
  }
  const uncertain = spf.kind === 'unknown' ? spf.told : own.uncertain
  if (uncertain !== null) return { kind: 'unknown', domain: author.domain, why: uncertain }
  return {
    kind: 'misaligned',
    domain: author.domain,
    policy: evaluated.policy,
    spf: toldOfSpf(spf, author.domain),
    dkim: toldOfDkim(ours)
  }
}

/** Verifying hashes the whole body: more than this takes longer than a forecast may. */
const maxVerifiedBytes = 256 * 1024

/** Signatures that the message brought along and that hold. */
async function verifiedSigners(
  raw: Uint8Array,
  resolve: Resolve
): Promise<{ readonly domains: readonly string[]; readonly uncertain: string | null }> {
  const isSigned = Array.from(headerFields(raw)).some(({ name }) => name === 'dkim-signature')
  if (!isSigned) return { domains: [], uncertain: null }
  if (raw.length > maxVerifiedBytes)
    return { domains: [], uncertain: 'it is signed by its sender, and too large to be verified here' }
  const { results } = await dkimVerify(toVerifiable(raw), { resolver: toResolver(resolve) })
  return {
    domains: results.flatMap(({ status, signingDomain }) =>
      status.result === 'pass' && signingDomain !== undefined ? [signingDomain] : []
    ),
    uncertain: results.some(({ status }) => status.result === 'temperror')
      ? 'DNS did not answer for the key of its signature'
      : null
  }
}

function toldOfSpf(spf: SpfForecast, author: string): string {
  return spf.kind === 'pass' ? `SPF passes for ${spf.domain}, which is not aligned with ${author}` : spf.told
}

function toldOfDkim(ours: KeysFound): string {
  return ours.kind === 'keys' ? `signed for ${ours.domain}, which is not aligned` : ours.why
}
