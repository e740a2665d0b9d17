import type { Config } from '../config/config-schema.ts'
import { createIdentityHeader } from '../message/identity-header.ts'
import { createDirection } from '../senders/direction.ts'
import { createResolveSender } from '../senders/identity.ts'

/** Who is who at this installation, and what is its own. */
export function createIdentity({ identity, aliases }: Pick<Config, 'identity' | 'aliases'>) {
  return {
    resolveSender: createResolveSender({ ...identity, aliases }),
    directionOf: createDirection(identity.internalDomains),
    identityHeader: createIdentityHeader(identity.header, identity.pattern)
  }
}
