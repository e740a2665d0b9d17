/** How many reports one sender gets. */
export interface ReportLimit {
  /** Counts this one. False: the sender has had enough for now. */
  take(sender: string): boolean
}

export interface ReportLimitOptions {
  readonly maxPerHour: number
  /** Epoch ms. */
  readonly clock: () => number
}

interface Hour {
  readonly since: number
  readonly count: number
}

const hourMs = 3_600_000
/** Beyond it the oldest hours are forgotten: a flood of senders must not fill the memory. */
const maxRemembered = 20_000

/**
 * A mailbox whose address is abused for thousands of messages must not be buried by what comes back. What became of each message stands in
 * its record all the same. Kept in memory: a restart begins a new hour.
 */
export function createReportLimit({ maxPerHour, clock }: ReportLimitOptions): ReportLimit {
  const hours = new Map<string, Hour>()
  return { take }

  function take(sender: string): boolean {
    const now = clock()
    const known = hours.get(sender)
    const current = known !== undefined && now - known.since < hourMs ? known : { since: now, count: 0 }
    if (current.count >= maxPerHour) return false
    hours.delete(sender)
    hours.set(sender, { ...current, count: current.count + 1 })
    if (hours.size > maxRemembered) forgetOldest()
    return true
  }

  function forgetOldest(): void {
    for (const sender of hours.keys()) {
      hours.delete(sender)
      return
    }
  }
}
