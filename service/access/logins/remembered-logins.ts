import { createHmac, randomBytes } from 'node:crypto'
import type { LoginAttempt, Logins, LoginUser } from './login.ts'

export interface RememberedLoginsOptions {
  readonly behind: Logins
  /** How long a login is believed without asking again: a changed password works late by as much. */
  readonly rememberedMs: number
  /** Epoch ms. */
  readonly clock: () => number
}

interface Known {
  readonly until: number
  readonly user: LoginUser
}

const maxRemembered = 10_000

/**
 * Programs log in for every message; a back-end is asked once in a while. Only success is remembered, under a keyed hash of name and password
 * that dies with the process. The same login asked for twice at once is asked once.
 */
export function rememberLogins({ behind, rememberedMs, clock }: RememberedLoginsOptions): Logins {
  const key = randomBytes(32)
  const known = new Map<string, Known>()
  const asked = new Map<string, Promise<LoginUser | undefined>>()
  return { authenticate, close: () => behind.close() }

  async function authenticate(attempt: LoginAttempt): Promise<LoginUser | undefined> {
    const ticket = createHmac('sha256', key).update(`${attempt.name}\0${attempt.password}`).digest('base64')
    const remembered = known.get(ticket)
    if (remembered !== undefined && remembered.until > clock()) return remembered.user
    const asking = asked.get(ticket) ?? behind.authenticate(attempt).finally(() => asked.delete(ticket))
    asked.set(ticket, asking)
    const user = await asking
    if (user === undefined) known.delete(ticket)
    else remember(ticket, user)
    return user
  }

  function remember(ticket: string, user: LoginUser): void {
    if (known.size >= maxRemembered) known.clear()
    known.set(ticket, { user, until: clock() + rememberedMs })
  }
}
