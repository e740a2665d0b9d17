import { networkOf } from './network-of.ts'

export interface ConnectionLimitsOptions {
  readonly maxConnections: number
  /** Of these, how many one address may have. */
  readonly maxPerAddress: number
  /** And one network: /24 or /64. */
  readonly maxPerNetwork: number
  /** And one user, wherever from. */
  readonly maxPerUser: number
}

export type Admission = 'admitted' | 'too-many' | 'too-many-from-address' | 'too-many-from-network'

/** Connections open now, over all listeners. */
export interface ConnectionLimits {
  /** `isRelay`: a mail server of ours, which sends for many people from one address: it may have half of all connections. */
  admit(session: object, ip: string, isRelay?: boolean): Admission
  /** False: the user has as many as one may have. */
  claimUser(session: object, user: string): boolean
  /** Of any session; one that was not admitted does not count. */
  leave(session: object): void
  /** Few are left: those who say nothing have to make room (as Postfix does with `stress`). */
  readonly isTight: boolean
  readonly open: number
}

const tightShare = 0.8

export function createConnectionLimits(options: ConnectionLimitsOptions): ConnectionLimits {
  const { maxConnections, maxPerAddress, maxPerNetwork, maxPerUser } = options
  const sessions = new Map<object, readonly string[]>()
  const tallies = new Map<string, number>()
  return {
    admit,
    claimUser,
    leave,
    get isTight() {
      return sessions.size > maxConnections * tightShare
    },
    get open() {
      return sessions.size
    }
  }

  function admit(session: object, ip: string, isRelay = false): Admission {
    const relayShare = Math.max(1, Math.floor(maxConnections / 2))
    const [address, network] = [`address ${ip}`, `network ${networkOf(ip)}`]
    if (sessions.size >= maxConnections) return 'too-many'
    if (tally(address) >= (isRelay ? relayShare : maxPerAddress)) return 'too-many-from-address'
    if (tally(network) >= (isRelay ? relayShare : maxPerNetwork)) return 'too-many-from-network'
    count(session, address, network)
    return 'admitted'
  }

  function claimUser(session: object, user: string): boolean {
    const key = `user ${user}`
    if (tally(key) >= maxPerUser) return false
    if (sessions.has(session)) count(session, key)
    return true
  }

  function leave(session: object): void {
    for (const key of sessions.get(session) ?? []) {
      const left = tally(key) - 1
      if (left > 0) tallies.set(key, left)
      else tallies.delete(key)
    }
    sessions.delete(session)
  }

  function count(session: object, ...keys: readonly string[]): void {
    sessions.set(session, [...(sessions.get(session) ?? []), ...keys])
    for (const key of keys) tallies.set(key, tally(key) + 1)
  }

  function tally(key: string): number {
    return tallies.get(key) ?? 0
  }
}
