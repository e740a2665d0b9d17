/**
 * How a way to one destination fares, and how it usually does. Plain data, kept over restarts. `recent` numbers follow the last few
 * messages, `usual` ones the last few hundred, and only while the way is good: a slow week must not become the habit that it is judged by.
 */
export interface Measure {
  /** Messages that got through, faded. */
  readonly count: number
  /** Faded sums of a straight line, time over size: what a message of some size usually takes. */
  readonly bytes: number
  readonly ms: number
  readonly bytesSquared: number
  readonly bytesMs: number
  /** Mean logarithm of time taken to time expected: 0 as usual, ln 6 six times as long. */
  readonly slowness: number
  readonly recentBytes: number
  readonly recentMs: number
  /** Of a recent transaction; null: none yet. */
  readonly latencyMs: number | null
  /** null: no connection was made yet. */
  readonly connectMs: number | null
  readonly usualConnectMs: number | null
  /** Shares of the last attempts, 0 to 1. */
  readonly unreached: number
  readonly stalled: number
  readonly deferred: number
  /** Of the last hundreds. */
  readonly usualDeferred: number
}

export const newMeasure: Measure = {
  count: 0,
  bytes: 0,
  ms: 0,
  bytesSquared: 0,
  bytesMs: 0,
  slowness: 0,
  recentBytes: 0,
  recentMs: 0,
  latencyMs: null,
  connectMs: null,
  usualConnectMs: null,
  unreached: 0,
  stalled: 0,
  deferred: 0,
  usualDeferred: 0
}

/** What one attempt showed. */
export type Sample =
  /** Nobody took our connection, or greeted us. */
  | { readonly kind: 'unreached' }
  /** A connection was made and broke or fell silent, or takes so long that nobody waits for its end. */
  | { readonly kind: 'stalled' }
  /** It was greeted, and nothing more was asked. */
  | { readonly kind: 'answered' }
  /** All was answered. */
  | {
      readonly kind: 'carried'
      readonly bytes: number
      /** From MAIL to the last reply. */
      readonly ms: number
      /** null: an open connection was used again. */
      readonly connectMs: number | null
      /** Put off with a 4xx, all recipients. */
      readonly deferred: boolean
    }

export interface MeasureRules {
  /** What nobody calls slow, however quick it usually is. */
  readonly patienceMs: number
  /** Of a way that is not known yet. */
  readonly assumedBytesPerSecond: number
}

/** Weight of the newest among recent ones: about the last six count. */
const recentWeight = 0.3
const deferralWeight = 0.1
/** Usual ones fade by half in about 300 messages. */
const fading = 0.9977
const usualWeight = 1 - fading
/** So many messages make a habit. */
const known = 5

/** What a message of this size takes on the way when all is as usual. Never below the patience. */
export function expectedMs(measure: Measure, bytes: number, rules: MeasureRules): number {
  const usual = measure.count < known ? (bytes / rules.assumedBytesPerSecond) * 1000 : onLine(measure, bytes)
  return Math.max(usual, rules.patienceMs)
}

/** How many times as long as expected the message took; at least 1. */
export function slownessOf(
  measure: Measure,
  { bytes, ms }: { readonly bytes: number; readonly ms: number },
  rules: MeasureRules
): number {
  return Math.max(1, ms / expectedMs(measure, bytes, rules))
}

/** Least squares; where all messages have one size, in proportion to it. */
function onLine({ count, bytes, ms, bytesSquared, bytesMs }: Measure, at: number): number {
  const spread = count * bytesSquared - bytes * bytes
  const mean = bytes / count
  if (spread <= 1e-6 * count * bytesSquared) return (ms / count) * Math.max(1, at / Math.max(mean, 1))
  const slope = Math.max(0, (count * bytesMs - bytes * ms) / spread)
  const start = Math.max(0, ms / count - slope * mean)
  return start + slope * at
}

/** The measure after one more attempt. `learns`: the way is good, so this is how it usually is. Pure. */
export function measured(measure: Measure, sample: Sample, rules: MeasureRules, learns: boolean): Measure {
  const unreached = towards(measure.unreached, sample.kind === 'unreached' ? 1 : 0, recentWeight)
  if (sample.kind === 'unreached' || sample.kind === 'answered') return { ...measure, unreached }
  const stalled = towards(measure.stalled, sample.kind === 'stalled' ? 1 : 0, recentWeight)
  if (sample.kind === 'stalled') return { ...measure, unreached, stalled }
  const { bytes, ms, connectMs } = sample
  const slowness = towards(measure.slowness, Math.log(slownessOf(measure, sample, rules)), recentWeight)
  const deferred = towards(measure.deferred, sample.deferred ? 1 : 0, deferralWeight)
  const recent = {
    unreached,
    stalled,
    slowness,
    deferred,
    recentBytes: measure.recentBytes * (1 - recentWeight) + bytes,
    recentMs: measure.recentMs * (1 - recentWeight) + ms,
    latencyMs: towards(measure.latencyMs ?? ms, ms, recentWeight),
    connectMs:
      connectMs === null
        ? measure.connectMs
        : towards(measure.connectMs ?? connectMs, connectMs, recentWeight)
  }
  return learns ? { ...measure, ...recent, ...habits(measure, sample) } : { ...measure, ...recent }
}

function habits(measure: Measure, sample: Extract<Sample, { kind: 'carried' }>): Partial<Measure> {
  const { bytes, ms, connectMs, deferred } = sample
  const usual = measure.usualConnectMs
  return {
    count: measure.count * fading + 1,
    bytes: measure.bytes * fading + bytes,
    ms: measure.ms * fading + ms,
    bytesSquared: measure.bytesSquared * fading + bytes * bytes,
    bytesMs: measure.bytesMs * fading + bytes * ms,
    usualDeferred: towards(measure.usualDeferred, deferred ? 1 : 0, usualWeight),
    usualConnectMs:
      connectMs === null
        ? usual
        : towards(usual ?? connectMs, connectMs, Math.max(usualWeight, 1 / (measure.count + 1)))
  }
}

function towards(old: number, latest: number, weight: number): number {
  return old + weight * (latest - old)
}

/** What recent messages got through a second; null: none did. */
export function bytesPerSecond({ recentBytes, recentMs }: Measure): number | null {
  return recentMs === 0 ? null : (recentBytes / recentMs) * 1000
}

export function usualBytesPerSecond({ bytes, ms }: Measure): number | null {
  return ms === 0 ? null : (bytes / ms) * 1000
}

/** The recent past is forgotten, what is usual is not: a way that comes back is judged by how it is now. */
export function afresh(measure: Measure): Measure {
  return {
    ...measure,
    slowness: 0,
    unreached: 0,
    stalled: 0,
    deferred: 0,
    recentBytes: 0,
    recentMs: 0,
    connectMs: null
  }
}
