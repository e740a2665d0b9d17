import { gapBins } from '../profile/profile.ts'
import { gapBin, gapSeconds, sentInLastHour } from '../profile/sending-times.ts'
import { deviation } from './deviation.ts'
import type { Comparison, Family } from './family.ts'
import { surprisal, trust } from './surprisal.ts'

const own = [
  'size_deviation',
  'gap_surprisal',
  'gap_log',
  'gap_deviation',
  'hourly_log',
  'hourly_deviation'
] as const

/** How much, and how soon after the message before. */
export const volumeFamily: Family = {
  group: 'volume',
  names: own,
  measure(comparison) {
    const { observation, profile } = comparison
    const gap = gapSeconds(profile, observation.receivedAt)
    const hourly = sentInLastHour(profile, observation.receivedAt)
    const gapLog = gap === null ? Number.NaN : Math.log1p(gap)
    const values: Record<(typeof own)[number], number> = {
      size_deviation: deviation(comparison, 'sizeLog', sizeLog(comparison)),
      gap_surprisal: gap === null ? 0 : gapSurprisal(comparison, gap),
      gap_log: gap === null ? neutralGapLog : gapLog,
      gap_deviation: deviation(comparison, 'gapLog', gapLog),
      hourly_log: Math.log1p(hourly),
      hourly_deviation: deviation(comparison, 'hourlyLog', Math.log1p(hourly))
    }
    return {
      values: own.map((name) => values[name]),
      facts: {
        messagesLastHour: hourly,
        ...(gap !== null && { minutesSinceLast: Math.round(gap / 60) })
      }
    }
  }
}

/** NaN where an envelope does not tell. */
function sizeLog({ observation: { shows, sizeBytes } }: Comparison): number {
  return shows === 'envelope' && sizeBytes === 0 ? Number.NaN : Math.log1p(Math.max(0, sizeBytes))
}

/** log(1 + seconds) of three hours: neither a burst nor a pause. */
const neutralGapLog = 9.3

function gapSurprisal({ profile }: Comparison, gap: number): number {
  const total = profile.gaps.reduce((sum, count) => sum + count, 0)
  const distinct = profile.gaps.reduce((bins, count) => bins + Number(count > 0), 0)
  const count = profile.gaps[gapBin(gap)] ?? 0
  return trust(total) * surprisal({ count, total, distinct }, 1 / gapBins)
}
