/** What a sender used on earlier days on which it sent anything, oldest first: one number a day in each list. */
export interface PastDays {
  /** Days since 1970, UTC. */
  readonly day: readonly number[]
  readonly messages: readonly number[]
  readonly recipients: readonly number[]
  readonly newRecipients: readonly number[]
  /** The most within an hour of that day. */
  readonly messagesInHour: readonly number[]
  readonly recipientsInHour: readonly number[]
  readonly newRecipientsInHour: readonly number[]
}

/** How a limit follows what a sender usually sends (`[limits.personal]`). */
export interface PersonalRule {
  /** Days on which something was sent; with fewer nothing is usual yet. */
  readonly minDays: number
  /** 0 to 1: on this share of its days a sender sends at most what is usual. */
  readonly quantile: number
  /** How often as much as usual is still no surprise. */
  readonly headroom: number
  /** Share of the configured limit that everybody may use, whatever is usual. */
  readonly minShare: number
}

export interface PersonalLimit {
  readonly limit: number
  readonly usual: number
}

/**
 * A sender's own limit: a high quantile of its past days times the headroom, between a share of the configured limit and that limit. The
 * busiest day never counts, however few days there are: it may be that of an earlier takeover, and a limit that follows the maximum
 * follows whoever broke it once. null: too few days are known.
 */
export function personalLimit(
  past: PastDays,
  peak: keyof Omit<PastDays, 'day'>,
  ceiling: number,
  { minDays, quantile, headroom, minShare }: PersonalRule
): PersonalLimit | null {
  const days = past[peak]
  if (days.length < minDays) return null
  const sorted = days.toSorted((a, b) => a - b)
  const rank = Math.min(Math.ceil(quantile * sorted.length), sorted.length - 1)
  const usual = sorted[Math.max(0, rank - 1)] ?? 0
  const limit = Math.max(Math.ceil(minShare * ceiling), Math.ceil(headroom * usual))
  return { limit: Math.min(limit, ceiling), usual }
}
