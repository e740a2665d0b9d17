import { setTimeout as sleep } from 'node:timers/promises'
import { networkOf } from './network-of.ts'
import { RecentMap } from './recent-map.ts'

export interface AuthThrottleOptions {
  /** How long a refused login waits for its answer. */
  readonly delayMs: number
  readonly maxFailuresPerConnection: number
  /** Failures from one address within `windowMs` after which it is banned. */
  readonly maxFailuresPerAddress: number
  /** From its network (/24, /64): more, for more people are there. */
  readonly maxFailuresPerNetwork: number
  readonly windowMs: number
  /** The first ban; each further one is twice as long, up to `maxBanMs`. */
  readonly banMs: number
  readonly maxBanMs: number
  /** The longest that a name under attack makes a stranger wait. */
  readonly maxUserDelayMs: number
  readonly clock: () => number
}

/**
 * Makes guessing passwords slow. A connection gets few tries; an address and a network that fail too often are banned, each time for longer.
 * A name that is guessed at is never locked, or anyone could lock its owner out: strangers wait, and from where the owner has
 * logged in before nobody waits. All in bounded memory.
 */
export interface AuthThrottle {
  isBanned(ip: string): boolean
  /** Before a password is checked, whatever comes of it: how long one waits must tell nothing. */
  slowDown(ip: string, user: string): Promise<void>
  /** Waits, and says whether this connection has used up its tries. */
  failed(session: object, ip: string, user: string): Promise<'go-on' | 'hang-up'>
  /** Forgives the address what it got wrong with this name, and nothing else: one stolen password must not pay for guessing others. */
  succeeded(ip: string, user: string): void
}

interface Failures {
  readonly failures: number
  readonly since: number
  /** Bans so far. */
  readonly bans: number
  readonly bannedUntil: number
}

const maxRemembered = 50_000
/** Up to here a name's failures are its owner's typing. */
const freeFailures = 5
/** A ban is forgotten, and the next is a first one, after this much good behaviour. */
const forgetBansMs = 24 * 3_600_000

export function createAuthThrottle(options: AuthThrottleOptions): AuthThrottle {
  const { delayMs, maxFailuresPerConnection, maxFailuresPerAddress, maxFailuresPerNetwork, clock } = options
  const bySession = new WeakMap<object, number>()
  const records = new RecentMap<Failures>(maxRemembered)
  const homes = new RecentMap<true>(maxRemembered)
  return { isBanned, slowDown, failed, succeeded }

  function isBanned(ip: string): boolean {
    const now = clock()
    return [ip, networkOf(ip)].some((place) => current(place).bannedUntil > now)
  }

  async function slowDown(ip: string, user: string): Promise<void> {
    if (homes.get(pair(networkOf(ip), user)) !== undefined) return
    const excess = current(nameKey(user)).failures - freeFailures
    if (excess < 0) return
    await sleep(Math.min(options.maxUserDelayMs, delayMs * 2 ** Math.min(excess, 20)))
  }

  async function failed(session: object, ip: string, user: string): Promise<'go-on' | 'hang-up'> {
    const tries = (bySession.get(session) ?? 0) + 1
    bySession.set(session, tries)
    charge(ip, maxFailuresPerAddress)
    charge(networkOf(ip), maxFailuresPerNetwork)
    charge(nameKey(user), Infinity)
    charge(pair(ip, user), Infinity)
    await sleep(delayMs)
    return tries >= maxFailuresPerConnection ? 'hang-up' : 'go-on'
  }

  function succeeded(ip: string, user: string): void {
    homes.set(pair(networkOf(ip), user), true)
    const own = current(pair(ip, user)).failures
    records.delete(pair(ip, user))
    for (const place of [ip, networkOf(ip), nameKey(user)]) {
      const known = current(place)
      if (known.failures > 0) records.set(place, { ...known, failures: Math.max(0, known.failures - own) })
    }
  }

  function charge(key: string, maxFailures: number): void {
    const known = current(key)
    const failures = known.failures + 1
    if (failures < maxFailures) {
      records.set(key, { ...known, failures })
      return
    }
    const banMs = Math.min(options.maxBanMs, options.banMs * 2 ** Math.min(known.bans, 30))
    records.set(key, { failures: 0, since: clock(), bans: known.bans + 1, bannedUntil: clock() + banMs })
  }

  function current(key: string): Failures {
    const now = clock()
    const known = records.get(key)
    if (known === undefined || now - Math.max(known.since, known.bannedUntil) >= forgetBansMs)
      return { failures: 0, since: now, bans: 0, bannedUntil: 0 }
    return now - known.since < options.windowMs ? known : { ...known, failures: 0, since: now }
  }
}

function nameKey(user: string): string {
  return `user ${user.toLowerCase()}`
}

function pair(place: string, user: string): string {
  return `${place} ${user.toLowerCase()}`
}
