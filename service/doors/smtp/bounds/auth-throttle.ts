import { setTimeout as sleep } from 'node:timers/promises'

export interface AuthThrottleOptions {
  /** How long a refused login waits for its answer. */
  readonly delayMs: number
  readonly maxFailuresPerConnection: number
  /** Failures from one address within `windowMs` after which it is refused for the rest of it. */
  readonly maxFailuresPerAddress: number
  readonly windowMs: number
  readonly clock: () => number
}

/** Makes guessing passwords slow: each failure waits, a connection gets few tries, an address gets few connections. */
export interface AuthThrottle {
  isBanned(ip: string): boolean
  /** Waits, and says whether this connection has used up its tries. */
  failed(session: object, ip: string): Promise<'go-on' | 'hang-up'>
  succeeded(ip: string): void
}

interface Failures {
  count: number
  since: number
}

/** Addresses remembered; beyond this the oldest are forgotten. */
const maxAddresses = 10_000

export function createAuthThrottle(options: AuthThrottleOptions): AuthThrottle {
  const { delayMs, maxFailuresPerConnection, maxFailuresPerAddress, windowMs, clock } = options
  const bySession = new WeakMap<object, number>()
  const byAddress = new Map<string, Failures>()
  return { isBanned, failed, succeeded: (ip) => void byAddress.delete(ip) }

  function isBanned(ip: string): boolean {
    return current(ip).count >= maxFailuresPerAddress
  }

  async function failed(session: object, ip: string): Promise<'go-on' | 'hang-up'> {
    const tries = (bySession.get(session) ?? 0) + 1
    bySession.set(session, tries)
    remember(ip)
    await sleep(delayMs)
    return tries >= maxFailuresPerConnection ? 'hang-up' : 'go-on'
  }

  function remember(ip: string): void {
    const { count, since } = current(ip)
    byAddress.delete(ip)
    byAddress.set(ip, { count: count + 1, since })
    if (byAddress.size <= maxAddresses) return
    for (const [oldest] of byAddress) {
      byAddress.delete(oldest)
      break
    }
  }

  function current(ip: string): Failures {
    const known = byAddress.get(ip)
    return known !== undefined && clock() - known.since < windowMs ? known : { count: 0, since: clock() }
  }
}
