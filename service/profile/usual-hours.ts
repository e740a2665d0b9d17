/** The shortest run of hours, round the clock, that holds nine tenths of the mail; null below ten messages. `to` is exclusive. */
export function usualHours(hours: Float32Array): { readonly from: number; readonly to: number } | null {
  const total = hours.reduce((sum, count) => sum + count, 0)
  if (total < 10) return null
  let best = { from: 0, length: hours.length }
  for (let from = 0; from < hours.length; from++) {
    const length = runLength(hours, from, 0.9 * total)
    if (length < best.length) best = { from, length }
  }
  const end = best.from + best.length
  return { from: best.from, to: end > hours.length ? end - hours.length : end }
}

/** Hours from `from` on that together hold `enough`. */
function runLength(hours: Float32Array, from: number, enough: number): number {
  let held = 0
  for (let length = 1; length <= hours.length; length++) {
    held += hours[(from + length - 1) % hours.length] ?? 0
    if (held >= enough) return length
  }
  return hours.length
}
