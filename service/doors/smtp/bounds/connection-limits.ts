export interface ConnectionLimitsOptions {
  readonly maxConnections: number
  /** Of these, how many one address may have. */
  readonly maxPerAddress: number
}

export type Admission = 'admitted' | 'too-many' | 'too-many-from-address'

/** Connections open now, over all listeners. */
export interface ConnectionLimits {
  admit(session: object, ip: string): Admission
  /** Of any session; one that was not admitted does not count. */
  leave(session: object): void
}

export function createConnectionLimits({
  maxConnections,
  maxPerAddress
}: ConnectionLimitsOptions): ConnectionLimits {
  const open = new Map<object, string>()
  const byAddress = new Map<string, number>()
  return { admit, leave }

  function admit(session: object, ip: string): Admission {
    const ofAddress = byAddress.get(ip) ?? 0
    if (open.size >= maxConnections) return 'too-many'
    if (ofAddress >= maxPerAddress) return 'too-many-from-address'
    open.set(session, ip)
    byAddress.set(ip, ofAddress + 1)
    return 'admitted'
  }

  function leave(session: object): void {
    const ip = open.get(session)
    if (ip === undefined) return
    open.delete(session)
    const left = (byAddress.get(ip) ?? 1) - 1
    if (left > 0) byAddress.set(ip, left)
    else byAddress.delete(ip)
  }
}
