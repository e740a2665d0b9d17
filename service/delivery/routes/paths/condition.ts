import {
  afresh,
  measured,
  newMeasure,
  slownessOf,
  type Measure,
  type MeasureRules,
  type Sample
} from './measure.ts'

/** How mail treats the way to one destination. */
export type Condition =
  | { readonly kind: 'good' }
  /** Mail goes around it; at `probeAt` (epoch ms) one message tries it. */
  | { readonly kind: 'bad'; readonly cause: Cause; readonly probeAt: number }
  /** It gets its mail back little by little: `share` of it, after `proven` good messages in this step. */
  | {
      readonly kind: 'returning'
      readonly cause: Cause
      readonly share: number
      readonly proven: number
    }

export type Cause = 'unreachable' | 'stalled' | 'slow' | 'slow-connect' | 'deferring'

/** The way to one destination: plain data, kept over restarts. */
export interface Path {
  readonly measure: Measure
  readonly condition: Condition
  /** How long it is left alone when it turns bad; doubles with every failed probe. */
  readonly backoffMs: number
  /** Epoch ms of the last change of its condition. */
  readonly changedAt: number
  /** Epoch ms of the last sample; 0: there was none. */
  readonly at: number
}

export interface PathRules extends MeasureRules {
  /** So many times as long as usual is bad. */
  readonly slowFactor: number
  readonly firstProbeMs: number
  readonly maxProbeMs: number
}

/** Above these shares of the last attempts: two broken transactions in a row, three refused connections. */
const tooManyStalled = 0.5
const tooManyUnreached = 0.65
/** Deferrals have many honest causes (greylisting): only where nearly all are put off that usually are not. */
const tooManyDeferred = 0.8
const deferralsAboveUsual = 0.5
/** A connection that takes this long is slow if it also takes ten times as long as usual. */
const slowConnectMs = 5_000
const slowConnectFactor = 10
/** What a returning way gets first; twice as much after every so many good messages. */
const firstShare = 0.1
const provesPerStep = 2
/** Good for so many times its back-off, its failures are forgotten. */
const forgivenAfter = 10

export function newPath(now: number, { firstProbeMs }: PathRules): Path {
  return { measure: newMeasure, condition: { kind: 'good' }, backoffMs: firstProbeMs, changedAt: now, at: 0 }
}

/** The way after one more attempt on it. Pure. */
export function advance(path: Path, sample: Sample, isProbe: boolean, now: number, rules: PathRules): Path {
  switch (path.condition.kind) {
    case 'good':
      return whileGood(path, sample, now, rules)
    case 'bad':
      // What was under way when it turned bad proves nothing either way
      return isProbe ? afterProbe(path, path.condition.cause, sample, now, rules) : { ...path, at: now }
    case 'returning':
      return whileReturning(path, path.condition, sample, now, rules)
  }
}

function whileGood(path: Path, sample: Sample, now: number, rules: PathRules): Path {
  const measure = measured(
    path.measure,
    sample,
    rules,
    failing(path.measure, sample, rules.slowFactor, rules) === null
  )
  const cause = causeOf(measure, rules)
  if (cause !== null) return turnBad({ ...path, measure }, cause, path.backoffMs, now)
  const isForgiven = now - path.changedAt > forgivenAfter * path.backoffMs
  return { ...path, measure, at: now, backoffMs: isForgiven ? rules.firstProbeMs : path.backoffMs }
}

/** What is wrong with the last few messages together; null: nothing. */
function causeOf(measure: Measure, { slowFactor }: PathRules): Cause | null {
  const { unreached, stalled, slowness, deferred, usualDeferred, connectMs, usualConnectMs } = measure
  if (unreached > tooManyUnreached) return 'unreachable'
  if (stalled > tooManyStalled) return 'stalled'
  if (slowness > Math.log(slowFactor)) return 'slow'
  if (
    connectMs !== null &&
    connectMs > Math.max(slowConnectMs, (usualConnectMs ?? Infinity) * slowConnectFactor)
  )
    return 'slow-connect'
  return deferred > tooManyDeferred && deferred - usualDeferred > deferralsAboveUsual ? 'deferring' : null
}

/** What is wrong with this one; null: nothing. */
function failing(measure: Measure, sample: Sample, factor: number, rules: PathRules): Cause | null {
  if (sample.kind === 'unreached') return 'unreachable'
  if (sample.kind === 'stalled') return 'stalled'
  if (sample.kind === 'answered') return null
  return slownessOf(measure, sample, rules) > factor ? 'slow' : null
}

/** Hysteresis: to come back it has to be twice as quick as it would have to be to stay. */
function afterProbe(path: Path, cause: Cause, sample: Sample, now: number, rules: PathRules): Path {
  if (sample.kind === 'answered' && cause !== 'unreachable') return { ...path, at: now }
  const still = stillFailing(path.measure, cause, sample, rules)
  // What a bad way carries is learned too, one probe at a time: what stays different for good becomes usual
  const measure = sample.kind === 'carried' ? measured(path.measure, sample, rules, true) : path.measure
  if (still !== null) return turnBad({ ...path, measure }, still, backedOff(path, rules), now)
  const condition = { kind: 'returning', cause, share: firstShare, proven: 0 } as const
  return { ...path, measure: afresh(measure), condition, changedAt: now, at: now }
}

function whileReturning(
  path: Path,
  { cause, share, proven }: Extract<Condition, { kind: 'returning' }>,
  sample: Sample,
  now: number,
  rules: PathRules
): Path {
  // A greeting says nothing about what comes after it
  if (sample.kind === 'answered') return { ...path, at: now }
  const still = stillFailing(path.measure, cause, sample, rules)
  const measure = measured(path.measure, sample, rules, still === null)
  if (still !== null) return turnBad({ ...path, measure }, still, backedOff(path, rules), now)
  if (proven + 1 < provesPerStep)
    return { ...path, measure, at: now, condition: { kind: 'returning', cause, share, proven: proven + 1 } }
  const wider = share * 2
  return wider >= 1
    ? { ...path, measure, condition: { kind: 'good' }, changedAt: now, at: now }
    : { ...path, measure, at: now, condition: { kind: 'returning', cause, share: wider, proven: 0 } }
}

function stillFailing(measure: Measure, cause: Cause, sample: Sample, rules: PathRules): Cause | null {
  if (cause === 'deferring' && sample.kind === 'carried' && sample.deferred) return 'deferring'
  return failing(measure, sample, Math.max(rules.slowFactor / 2, 1), rules)
}

function turnBad(path: Path, cause: Cause, backoffMs: number, now: number): Path {
  const condition = { kind: 'bad', cause, probeAt: now + backoffMs } as const
  const changedAt = path.condition.kind === 'bad' ? path.changedAt : now
  return { ...path, condition, backoffMs, changedAt, at: now }
}

function backedOff({ backoffMs }: Path, { maxProbeMs }: PathRules): number {
  return Math.min(backoffMs * 2, maxProbeMs)
}

/** Whether it is time for a message to try a bad way. A clock that was set back must not put it off for ever. */
export function isProbeDue({ condition }: Path, now: number, { maxProbeMs }: PathRules): boolean {
  return condition.kind === 'bad' && (now >= condition.probeAt || condition.probeAt - now > 2 * maxProbeMs)
}
