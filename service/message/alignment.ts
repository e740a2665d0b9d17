/**
 * Whether a receiver will see mail as authentic by DMARC (RFC 9989), foretold before it leaves. Texts are for people: facts, no message
 * text.
 */
export type AlignmentForecast =
  | { readonly kind: 'aligned'; readonly domain: string; readonly by: 'DKIM' | 'SPF' | 'DKIM and SPF' }
  /** The domain of From publishes no policy. */
  | { readonly kind: 'unpublished'; readonly domain: string }
  | {
      readonly kind: 'misaligned'
      readonly domain: string
      /** What receivers are asked to do with it. */
      readonly policy: PublishedPolicy
      readonly spf: string
      readonly dkim: string
    }
  /** From names nobody, or several. */
  | { readonly kind: 'unattributable'; readonly why: string }
  /** Not known in time, or not to be known from here. `domain` null: From was not read yet. */
  | { readonly kind: 'unknown'; readonly domain: string | null; readonly why: string }

export type PublishedPolicy = 'none' | 'quarantine' | 'reject'
