/** How often something is done by itself. */
export type Rhythm = 'daily' | 'weekly'

const dayMs = 86_400_000
/** 1970-01-05 was a Monday. */
const firstMonday = 4 * dayMs

export const periodMs: Readonly<Record<Rhythm, number>> = { daily: dayMs, weekly: 7 * dayMs }

/** The last moment at or before `now` (epoch ms) that is due: each day, or each Monday, at a time of day (`03:00`) in UTC. */
export function lastSlot(rhythm: Rhythm, at: string, now: number): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  const start = firstMonday + (hours * 60 + minutes) * 60_000
  const period = periodMs[rhythm]
  return start + Math.floor((now - start) / period) * period
}

export function nextSlot(rhythm: Rhythm, at: string, now: number): number {
  return lastSlot(rhythm, at, now) + periodMs[rhythm]
}
