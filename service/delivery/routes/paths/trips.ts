import type { Destination } from '../route.ts'
import type { RecipientResult } from '../../session/reply.ts'
import { expectedMs, type Measure, type MeasureRules, type Sample } from './measure.ts'
import type { Path } from './condition.ts'

/** One attempt on its way, as far as it tells how the way fares. */
export interface Trip {
  /** No host took the connection, or none that we wanted. */
  refused(result: RecipientResult): void
  /** A connection is there, new or used again; the message begins. `giveUp` ends the attempt where nothing can have arrived yet, else does nothing. */
  sending(giveUp: () => void): void
  ended(results: Iterable<RecipientResult>): void
  /** It shows nothing. After an end it does nothing. */
  dropped(): void
}

export interface TripsOptions {
  readonly clock: () => number
  readonly rules: MeasureRules & { readonly slowFactor: number }
  readonly pathOf: (destination: Destination) => Path
  readonly note: (destination: Destination, sample: Sample, isProbe: boolean) => void
  /** Whether mail would take another way now. */
  readonly hasDetour: (destination: Destination) => boolean
}

export interface Trips {
  begin(destination: Destination, bytes: number, isProbe: boolean): Trip
  /** Looks at what is under way: what takes far too long counts against its way before it ends. */
  readonly look: () => void
}

interface Going {
  readonly destination: Destination
  readonly bytes: number
  readonly isProbe: boolean
  readonly beganAt: number
  /** Epoch ms; null: still connecting. */
  sendingAt: number | null
  giveUp: () => void
  /** It was counted as stuck. */
  isOverdue: boolean
}

/** Whoever greets later than this, and ten times later than usual, counts as not reached. */
const maxConnectMs = 15_000
const connectFactor = 10

export function createTrips(options: TripsOptions): Trips {
  const { clock, rules, pathOf, note } = options
  const going = new Set<Going>()
  return { begin, look }

  function begin(destination: Destination, bytes: number, isProbe: boolean): Trip {
    const one: Going = {
      destination,
      bytes,
      isProbe,
      beganAt: clock(),
      sendingAt: null,
      giveUp: () => undefined,
      isOverdue: false
    }
    going.add(one)
    return {
      refused(result) {
        going.delete(one)
        const sample = ofRefusal(result, destination)
        if (sample !== null && !one.isOverdue) note(destination, sample, isProbe)
      },
      sending(giveUp) {
        one.sendingAt = clock()
        one.giveUp = giveUp
      },
      ended(results) {
        going.delete(one)
        const sample = toSample(one, [...results], clock())
        if (!(one.isOverdue && sample.kind === 'stalled')) note(destination, sample, isProbe)
      },
      dropped: () => void going.delete(one)
    }
  }

  function look(): void {
    const now = clock()
    for (const one of going) {
      const sample = one.isOverdue ? null : overdue(one, pathOf(one.destination).measure, rules, now)
      if (sample !== null) {
        one.isOverdue = true
        note(one.destination, sample, one.isProbe)
      }
      if (
        one.isOverdue &&
        pathOf(one.destination).condition.kind === 'bad' &&
        options.hasDetour(one.destination)
      )
        one.giveUp()
    }
  }
}

function toSample(
  { bytes, beganAt, sendingAt }: Going,
  results: readonly RecipientResult[],
  now: number
): Sample {
  if (results.length > 0 && results.every(isSilence)) return { kind: 'stalled' }
  const since = sendingAt ?? beganAt
  const connectMs = since - beganAt
  const deferred = results.length > 0 && results.every(({ kind }) => kind === 'deferred')
  return {
    kind: 'carried',
    bytes,
    ms: now - since,
    connectMs: connectMs === 0 ? null : connectMs,
    deferred
  }
}

/** Whether it takes so long that nobody has to wait for its end to know; null: no. */
function overdue(
  { bytes, beganAt, sendingAt }: Going,
  measure: Measure,
  rules: TripsOptions['rules'],
  now: number
): Sample | null {
  if (sendingAt !== null)
    return now - sendingAt > rules.slowFactor * expectedMs(measure, bytes, rules) ? { kind: 'stalled' } : null
  const patience = Math.max(maxConnectMs, connectFactor * (measure.usualConnectMs ?? 0))
  return now - beganAt > patience ? { kind: 'unreached' } : null
}

/** null: it says nothing about the way. DNS and TLS are the same on each of them; a host's own words are about our address. */
function ofRefusal({ status, reply, kind }: RecipientResult, { route }: Destination): Sample | null {
  if (kind !== 'deferred') return null
  if (isReply(reply) || status === '4.4.1' || status === '4.4.2') return { kind: 'unreached' }
  return status === '4.4.3' && route.kind !== 'mx' ? { kind: 'unreached' } : null
}

/** Nothing was said to the end of it. */
export function isSilence({ kind, status, reply }: RecipientResult): boolean {
  return kind === 'deferred' && !isReply(reply) && (status === '4.4.2' || status === '4.4.7')
}

function isReply(text: string): boolean {
  return /^\d{3}(?:\s|$)/u.test(text)
}
