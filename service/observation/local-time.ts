/** Hour and weekday (0 = Sunday) of a moment (epoch ms) on a clock so many minutes east of UTC. */
export function localTime(
  receivedAt: number,
  zoneMinutes: number
): { readonly hour: number; readonly weekday: number } {
  const hours = Math.floor((receivedAt + zoneMinutes * 60_000) / 3_600_000)
  const days = Math.floor(hours / 24)
  // 1 January 1970 was a Thursday.
  return { hour: hours - days * 24, weekday: (((days + 4) % 7) + 7) % 7 }
}
