import type { Address } from '../message/address.ts'
import { createResolveSender, type IdentityRules } from '../senders/identity.ts'
import { createMayWriteAs, type DomainIdentities } from '../senders/own-addresses.ts'
import type { Policy } from '../verdict/policy.ts'
import { createFindForeign, type FindForeign } from './foreign-identities.ts'

export interface OwnershipOptions {
  readonly identity: Omit<IdentityRules, 'aliases'>
  readonly aliases: IdentityRules['aliases']
  readonly domains: readonly DomainIdentities[]
  readonly policy: Pick<Policy, 'onForeignIdentity' | 'mode'>
}

/** Who may write as whom: asked of every message, and where that is refused, of MAIL FROM before anything is sent in vain. */
export interface Ownership {
  readonly findForeign: FindForeign
  readonly refusesSender: (user: LoggedIn, mailFrom: Address) => boolean
}

export interface LoggedIn {
  readonly name: string
  readonly method: string
  readonly identities: readonly string[] | null
}

export function createOwnership({ identity, aliases, domains, policy }: OwnershipOptions): Ownership {
  const rules = { ...identity, aliases }
  const mayWriteAs = createMayWriteAs(rules, domains)
  const resolveSender = createResolveSender(rules)
  const isStrict = policy.onForeignIdentity === 'reject' && policy.mode === 'enforce'
  return {
    findForeign: createFindForeign(mayWriteAs),
    refusesSender({ name, method, identities }, mailFrom) {
      if (!isStrict) return false
      const who = resolveSender({
        sender: null,
        auth: { user: name, method },
        envelope: { mailFrom, rcptTo: [] }
      })
      return !mayWriteAs(who, identities, mailFrom)
    }
  }
}
