/** Of seven days: history knows no summer time. */
export const weekMs = 604_800_000
/** 1970-01-05 was a Monday. */
const firstMonday = 345_600_000

/** Epoch ms of the Monday, 00:00 UTC, that its week began with (ISO 8601 weeks). */
export function weekOf(at: number): number {
  return Math.floor((at - firstMonday) / weekMs) * weekMs + firstMonday
}

/** The day that the week began with: `2026-11-16`. */
export function nameOfWeek(week: number): string {
  return new Date(week).toISOString().slice(0, 'yyyy-mm-dd'.length)
}
