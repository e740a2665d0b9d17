/** Before there was mail of this kind, a clock was not set. */
const earliest = Date.UTC(1990, 0, 1)
/** As far as clocks go wrong. */
const maxAheadMs = 3_600_000

export type SentMoment = { readonly at: number } | { readonly fault: 'UNDATED' | 'FUTURE' }

/** The first of these dates (epoch ms, the most trustworthy first) that can be true. */
export function sentMoment(dates: readonly number[], now: number): SentMoment {
  const at = dates.find((date) => date >= earliest && date <= now + maxAheadMs)
  if (at !== undefined) return { at }
  return { fault: dates.some((date) => date > now) ? 'FUTURE' : 'UNDATED' }
}
