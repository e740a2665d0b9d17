import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { getAuthorDomain } from 'mailauth/lib/dmarc/author-domain.js'
import { headerFields } from '../../message/header-block.ts'

/** Whose mail a message says it is (RFC 9989 section 5.3.1): the one domain of its one From field. */
export type Author =
  | { readonly kind: 'domain'; readonly domain: string; readonly addresses: readonly string[] }
  | { readonly kind: 'none'; readonly why: NoAuthor }

export type NoAuthor =
  'no-author-domain' | 'multiple-author-domains' | 'invalid-author-domain' | 'multiple-from-fields'

/** A From field longer than this names nobody in particular, and is not parsed. */
const maxFromLength = 64 * 1024

/** Read from the bytes exactly as mailauth's verifier reads them, so that what we sign and forecast is what a receiver looks at. */
export async function authorOf(raw: Uint8Array): Promise<Author> {
  const fields = Array.from(headerFields(raw)).filter(({ name }) => name === 'from')
  const bytes = fields.map(({ start, end }) => raw.subarray(start, end))
  const length = bytes.reduce((sum, one) => sum + one.length, 0)
  if (length > maxFromLength) return { kind: 'none', why: 'invalid-author-domain' }
  const { headerFrom, fromFields } = await dkimVerify(Buffer.concat([...bytes, Buffer.from('\r\n')]), {
    resolver: () => Promise.resolve([])
  })
  const { authorDomain, reason } = getAuthorDomain(headerFrom, fromFields)
  if (authorDomain !== undefined) return { kind: 'domain', domain: authorDomain, addresses: headerFrom }
  return { kind: 'none', why: reasons.find((known) => known === reason) ?? 'no-author-domain' }
}

const reasons: readonly NoAuthor[] = [
  'no-author-domain',
  'multiple-author-domains',
  'invalid-author-domain',
  'multiple-from-fields'
]
