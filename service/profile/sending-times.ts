import { gapBins, maxSentAt, type Profile } from './profile.ts'
import { appended } from './recent.ts'

const second = 1_000
const hour = 3_600

/**
 * Seconds since the sender's message before, null where there is none or the clock stood still or ran backwards (a replay, a wrong
 * clock): such a gap says nothing.
 */
export function gapSeconds(profile: Profile, receivedAt: number): number | null {
  if (profile.messagesSeen === 0) return null
  const gap = (receivedAt - profile.lastAt) / second
  return Number.isFinite(gap) && gap >= 0 ? gap : null
}

/** Bin 0: below 2 s; each next one doubles; the last holds all beyond 97 days. */
export function gapBin(seconds: number): number {
  return Math.min(gapBins - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, seconds)))))
}

/** Messages of the profile in the hour before, this one not counted; at most `maxSentAt`. */
export function sentInLastHour(profile: Profile, receivedAt: number): number {
  const now = epochSeconds(receivedAt)
  let count = 0
  for (const at of profile.sentAt) if (at > now - hour && at <= now) count += 1
  return count
}

export function foldSentAt(sentAt: Uint32Array, receivedAt: number): Uint32Array {
  const from = sentAt.length >= maxSentAt ? 1 : 0
  return appended(sentAt, [epochSeconds(receivedAt)], from)
}

/** Fits 32 bits until 2106; a clock beyond that counts as its end. */
function epochSeconds(at: number): number {
  return Math.min(0xffffffff, Math.max(0, Math.floor(at / second))) || 0
}
