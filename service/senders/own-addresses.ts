import { createAddressPatterns, type CoversAddress } from '../message/address-patterns.ts'
import { comparableAddress, comparableDomain, type ComparableAddress } from '../message/comparable-address.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'
import { canonical, createPersonOf, type IdentityRules } from './identity.ts'

/** Patterns of addresses that may be written as, besides one's own name. */
export interface DomainIdentities {
  readonly name: string
  /** For every user of the domain. */
  readonly identities: readonly string[]
  /** For single users, of whichever domain. */
  readonly users: readonly { readonly user: string; readonly addresses: readonly string[] }[]
}

/**
 * Whether somebody may write as an address. `granted`: patterns that the authentication back-end gave, in place of those of the configuration;
 * null: it gave none.
 */
export type MayWriteAs = (
  identity: Pick<SenderIdentity, 'id'>,
  granted: readonly string[] | null,
  address: string
) => boolean

/** A user's own are their name with its `+tags`, their aliases, and what the patterns cover. */
export function createMayWriteAs(rules: IdentityRules, domains: readonly DomainIdentities[]): MayWriteAs {
  const isOwnName = createIsOwnName(rules)
  const configured = createConfigured(rules, domains)
  const granting = createGranting()
  return function mayWriteAs({ id }, granted, address) {
    const comparable = comparableAddress(address)
    if (comparable === undefined) return false
    if (isOwnName(id, comparable)) return true
    return granted === null
      ? configured(id).some((covers) => covers(comparable))
      : granting(granted)(comparable)
  }
}

/** Another person's name is not one's own, even if it is one's own with a tag: an alias may say so. */
function createIsOwnName(rules: IdentityRules) {
  const personOf = createPersonOf(rules)
  const aliased = new Set(rules.aliases.flatMap(({ addresses }) => addresses))
  return function isOwnName(id: string, { local, domain }: ComparableAddress): boolean {
    const written = `${local}@${domain}`
    if (isSame(personOf(written), id)) return true
    const plus = local.indexOf('+')
    return plus > 0 && !aliased.has(written) && isSame(personOf(`${local.slice(0, plus)}@${domain}`), id)
  }
}

function isSame(person: string, id: string): boolean {
  return person === id || (id.includes('@') && comparableText(person) === comparableText(id))
}

function comparableText(address: string): string | null {
  const found = comparableAddress(address)
  return found === undefined ? null : `${found.local}@${found.domain}`
}

/** What the configuration lets a user write as. */
function createConfigured(rules: IdentityRules, domains: readonly DomainIdentities[]) {
  const personOf = createPersonOf(rules)
  const byDomain = new Map<string, CoversAddress>()
  const byUser = new Map<string, string[]>()
  for (const { name, identities, users } of domains) {
    byDomain.set(comparableDomain(name) ?? name, createAddressPatterns(identities))
    for (const { user, addresses } of users) {
      const person = personOf(canonical(user))
      byUser.set(person, [...(byUser.get(person) ?? []), ...addresses])
    }
  }
  const ofUser = new Map(Array.from(byUser, ([user, patterns]) => [user, createAddressPatterns(patterns)]))
  return function configured(id: string): readonly CoversAddress[] {
    const domain = id.includes('@') ? comparableDomain(id.slice(id.lastIndexOf('@') + 1)) : undefined
    return [ofUser.get(id), domain === undefined ? undefined : byDomain.get(domain)].filter(
      (covers) => covers !== undefined
    )
  }
}

/** Back-ends hand out the same list with every message of a session. */
function createGranting() {
  const known = new WeakMap<readonly string[], CoversAddress>()
  return function granting(granted: readonly string[]): CoversAddress {
    const covers = known.get(granted) ?? createAddressPatterns(granted)
    known.set(granted, covers)
    return covers
  }
}
