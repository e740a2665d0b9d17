import { evaluateDmarc } from 'mailauth/lib/dmarc/index.js'
import type { AlignmentForecast, PublishedPolicy } from '../../message/alignment.ts'
import type { Resolve } from '../dns/resolve.ts'
import { toResolver, type SpfForecast } from '../spf/forecast-spf.ts'
import type { Author } from './author-domain.ts'

export type NamedAuthor = Extract<Author, { kind: 'domain' }>

/** `failed`: there is a policy, and nothing is aligned. */
export type Evaluated = AlignmentForecast | { readonly kind: 'failed'; readonly policy: PublishedPolicy }

/** What DMARC (RFC 9989 section 5.3) makes of SPF and of signatures for these domains. */
export async function evaluateAlignment(
  { domain, addresses }: NamedAuthor,
  spf: SpfForecast,
  signers: readonly string[],
  resolve: Resolve
): Promise<Evaluated> {
  const { response, reason } = await evaluateDmarc({
    headerFrom: [...addresses],
    fromFields: 1,
    spfDomains: spf.kind === 'pass' ? [spf.domain] : [],
    dkimDomains: signers.map((signer) => ({ domain: signer })),
    resolver: toResolver(resolve)
  })
  if (response === false) return { kind: 'unattributable', why: reason ?? 'no-author-domain' }
  const { result } = response.status
  if (result === 'none') return { kind: 'unpublished', domain }
  if (result === 'pass') return { kind: 'aligned', domain, by: alignedBy(response.alignment) }
  if (result === 'fail') return { kind: 'failed', policy: policyOf(response.policy) }
  return { kind: 'unknown', domain, why: 'DNS did not answer for its DMARC policy' }
}

function alignedBy({ spf, dkim }: { readonly spf: Aligned; readonly dkim: Aligned }) {
  if (spf.result !== undefined && dkim.result !== undefined) return 'DKIM and SPF'
  return dkim.result === undefined ? 'SPF' : 'DKIM'
}

interface Aligned {
  readonly result?: string
}

function policyOf(policy: string): PublishedPolicy {
  return policy === 'reject' || policy === 'quarantine' ? policy : 'none'
}
