import { canonicalAddress } from '../message/address.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'

/** What the installation says of its people, in lower case and NFC. */
export interface IdentityRules {
  /** The name under which somebody's habits are kept, and their other names. */
  readonly aliases: readonly { readonly user: string; readonly addresses: readonly string[] }[]
  /** A mail domain and the one that it stands for. */
  readonly domainAliases: Readonly<Record<string, string>>
  /** `+tags` of user names name nobody else (RFC 5233). */
  readonly ignoreTags: boolean
}

export type ResolveSender = (submission: Pick<Submission, 'sender' | 'auth' | 'envelope'>) => SenderIdentity

/** No mailbox is written like this: the null reverse-path of RFC 5321 section 4.5.5. */
const nobody = '<>'

/** The longest path of RFC 5321 with room for a realm; longer names are cut, so that no store meets a key without bound. */
const maxIdLength = 320

/**
 * Whose habits a submission is compared with. What the caller names explicitly (an API field, a trusted identity header), else who
 * authenticated, else whom MAIL FROM claims: there `+tags` are dropped, as anybody may write them. Several names of one person, by
 * the rules, are one sender; how well the identity is proven stays as it was.
 */
export function createResolveSender(rules: IdentityRules): ResolveSender {
  const personOf = createPersonOf(rules)
  return function resolveSender({ sender, auth, envelope }) {
    const asserted = canonical(sender ?? '')
    if (asserted !== '') return { id: personOf(asserted), strength: 'asserted' }
    const authenticated = canonical(auth?.user ?? '')
    if (authenticated !== '') return { id: personOf(authenticated), strength: 'authenticated' }
    if (envelope.mailFrom === null) return { id: nobody, strength: 'none' }
    return { id: personOf(canonical(canonicalAddress(envelope.mailFrom))), strength: 'envelope' }
  }
}

/** Without rules every name is a person of its own. */
export const resolveSender: ResolveSender = createResolveSender({
  aliases: [],
  domainAliases: {},
  ignoreTags: false
})

/** In lower case and NFC, so that one person has one profile. */
export function canonical(name: string): string {
  return name.normalize('NFC').trim().toLowerCase().slice(0, maxIdLength)
}

/** An alias is looked for as written first, so that one `+tag` can be a person (a ticket queue) where the others are not. */
export function createPersonOf(rules: IdentityRules): (name: string) => string {
  const { ignoreTags } = rules
  const aliases = new Map(
    rules.aliases.flatMap(({ user, addresses }) => addresses.map((address) => [address, user]))
  )
  const domainAliases = new Map(Object.entries(rules.domainAliases))
  return function personOf(name) {
    const asWritten = aliases.get(name)
    if (asWritten !== undefined) return asWritten
    const at = name.lastIndexOf('@')
    if (at < 1) return name
    const local = ignoreTags ? withoutTag(name.slice(0, at)) : name.slice(0, at)
    const domain = name.slice(at + 1)
    const plain = `${local}@${domainAliases.get(domain) ?? domain}`
    return aliases.get(plain) ?? plain
  }
}

function withoutTag(local: string): string {
  const plus = local.indexOf('+')
  return plus < 1 ? local : local.slice(0, plus)
}
