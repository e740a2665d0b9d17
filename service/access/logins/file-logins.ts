import type { Users } from '../users.ts'
import type { Logins } from './login.ts'

/** The users of `sluice users`. They remember by themselves whom they have checked. */
export function createFileLogins(users: Pick<Users, 'authenticate'>): Logins {
  return { authenticate, close: () => Promise.resolve() }

  async function authenticate({ name, password }: Parameters<Logins['authenticate']>[0]) {
    const user = await users.authenticate(name, password)
    return user && { name: user.name, identities: null }
  }
}
