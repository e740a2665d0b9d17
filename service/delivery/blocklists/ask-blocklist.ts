import { find, type Resolve } from '../../authentication/dns/resolve.ts'
import { listedName } from './listed-name.ts'

/** What a blocklist says of an address. */
export type BlocklistAnswer =
  | { readonly kind: 'clean' }
  | { readonly kind: 'listed'; readonly codes: readonly string[]; readonly why: string }
  /** The list answers, but not us: a resolver that it does not serve, a wrong name, too many questions. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unanswered'; readonly code: string }

/**
 * Asks one list about one address (RFC 5782 section 2.1): an A record in 127.0.0.0/8 is a listing, no such name is none. Codes in 127.255.255.0/24
 * say that the question was refused; an address outside 127.0.0.0/8 comes from a resolver that lies or a list that is gone (section 5).
 */
export async function askBlocklist(
  address: string,
  zone: string,
  resolve: Resolve
): Promise<BlocklistAnswer> {
  const name = listedName(address, zone)
  if (name === null) return { kind: 'unanswered', code: 'EBADNAME' }
  const found = await find(resolve, name, 'A')
  if (found.kind === 'absent') return { kind: 'clean' }
  if (found.kind === 'unanswered') return found
  const refused = found.texts.find((code) => code.startsWith('127.255.255.') || !code.startsWith('127.'))
  if (refused !== undefined) return { kind: 'refused', code: refused }
  return { kind: 'listed', codes: found.texts, why: await reasonAt(name, resolve) }
}

const maxReasonLength = 200

/** Most lists say why in a TXT record (RFC 5782 section 2.1). */
async function reasonAt(name: string, resolve: Resolve): Promise<string> {
  const found = await find(resolve, name, 'TXT')
  if (found.kind !== 'records') return ''
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return (found.texts[0] ?? '').replaceAll(/[\u0000-\u001f\u007f]+/gu, ' ').slice(0, maxReasonLength)
}
