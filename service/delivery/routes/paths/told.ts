import { bytesPerSecond, usualBytesPerSecond } from './measure.ts'
import type { Cause, Path } from './condition.ts'

/** What is wrong with the way to a place, in a few words: `12 kB/s to example.jp, usual 900 kB/s`. */
export function tellTrouble(cause: Cause, { measure }: Path, place: string): string {
  switch (cause) {
    case 'unreachable':
      return `${place} is not reached`
    case 'stalled':
      return `messages to ${place} get stuck`
    case 'slow':
      return `${rate(bytesPerSecond(measure))} to ${place}, usual ${rate(usualBytesPerSecond(measure))}`
    case 'slow-connect':
      return `${seconds(measure.connectMs)} to connect to ${place}, usual ${seconds(measure.usualConnectMs)}`
    case 'deferring':
      return `${share(measure.deferred)} of messages to ${place} put off, usual ${share(measure.usualDeferred)}`
  }
}

function rate(bytes: number | null): string {
  if (bytes === null) return 'unknown'
  if (bytes < 1_000) return `${Math.round(bytes)} B/s`
  const kilobytes = bytes / 1_000
  return kilobytes < 1_000 ? `${short(kilobytes)} kB/s` : `${short(kilobytes / 1_000)} MB/s`
}

function short(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value))
}

function seconds(ms: number | null): string {
  return ms === null ? 'unknown' : `${short(ms / 1_000)} s`
}

function share(of: number): string {
  return `${Math.round(of * 100)} %`
}
