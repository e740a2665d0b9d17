/** Whether a message comes fast enough: a client that sends a byte a minute holds a connection and memory for nothing. */
export interface Pace {
  /** Of `performance.now()`: until when to wait for more before asking again. */
  deadline(): number
  /** After more bytes, or none. */
  isTooSlow(moreBytes: number): boolean
}

export interface PaceOptions {
  readonly minBytesPerSecond: number
  /** Over this long; a shorter pause is nobody's fault. */
  readonly windowMs: number
  /** For the whole message. */
  readonly maxMs: number
}

export function createPace(
  { minBytesPerSecond, windowMs, maxMs }: PaceOptions,
  now: () => number = () => performance.now()
): Pace {
  const begin = now()
  let windowEnd = begin + windowMs
  let bytes = 0
  return { deadline: () => Math.min(windowEnd, begin + maxMs), isTooSlow }

  function isTooSlow(moreBytes: number): boolean {
    bytes += moreBytes
    const at = now()
    if (at >= begin + maxMs) return true
    if (at < windowEnd) return false
    const isSlow = bytes < (minBytesPerSecond * windowMs) / 1_000
    windowEnd = at + windowMs
    bytes = 0
    return isSlow
  }
}
