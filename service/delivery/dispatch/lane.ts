import type { Connected } from '../hosts/connect.ts'
import type { RecipientResult } from '../session/reply.ts'
import { destinationKey, type Destination } from '../routes/route.ts'

/** Recipients of one message that share a destination: what one SMTP transaction takes. */
export interface Job {
  readonly messageId: string
  readonly destination: Destination
  readonly recipients: readonly string[]
  /** Which round of attempts this is, from 1. */
  readonly round: number
  /** Lower goes first. */
  readonly turn: number
}

/** The ready queue of one destination: a small window of its messages, its connections and how it fares. */
export interface Lane {
  readonly key: string
  readonly destination: Destination
  readonly maxActive: number
  readonly maxWaiting: number
  readonly waiting: Job[]
  readonly idle: Connected[]
  active: number
  /** Messages were left on disk because the window was full. */
  overflowed: boolean
  /** Connections refused in a row. */
  refusals: number
  /** Until then nothing is tried: `lastRefusal` answers. Epoch ms. */
  blockedUntil: number
  lastRefusal: RecipientResult | null
}

/** A mail exchanger gets at most this many connections from us at once, and never more than a quarter of ours: slow ones are several. */
const maxPerExchanger = 10
const shareOfExchanger = 0.25
/** Waiting jobs a connection: enough to keep it busy while the next ones are read. */
const waitingPerConnection = 4
/** Refusals in a row after which a destination is left alone. */
const refusalsBeforeBlock = 3

export function createLane(destination: Destination, maxConnections: number): Lane {
  const share = destination.route.kind === 'smarthost' ? maxConnections : exchangerShare(maxConnections)
  return {
    key: destinationKey(destination),
    destination,
    maxActive: share,
    maxWaiting: share * waitingPerConnection,
    waiting: [],
    idle: [],
    active: 0,
    overflowed: false,
    refusals: 0,
    blockedUntil: 0,
    lastRefusal: null
  }
}

function exchangerShare(maxConnections: number): number {
  return Math.max(1, Math.min(maxPerExchanger, Math.floor(maxConnections * shareOfExchanger)))
}

/** Puts the job where its turn is: an urgent one overtakes. */
export function addJob(lane: Lane, job: Job): void {
  let at = lane.waiting.length
  while (at > 0 && (lane.waiting[at - 1]?.turn ?? 0) > job.turn) at -= 1
  lane.waiting.splice(at, 0, job)
}

export function isFull(lane: Lane): boolean {
  return lane.waiting.length >= lane.maxWaiting
}

export function isAtRest({ active, waiting, idle }: Lane): boolean {
  return active === 0 && waiting.length === 0 && idle.length === 0
}

/** Half empty again after messages were left on disk: time to read more. */
export function wantsMore(lane: Lane): boolean {
  return lane.overflowed && lane.waiting.length <= lane.maxWaiting / 2
}

export function noteRefusal(lane: Lane, result: RecipientResult, now: number, pauseMs: number): void {
  lane.refusals += 1
  lane.lastRefusal = result
  if (lane.refusals >= refusalsBeforeBlock) lane.blockedUntil = now + pauseMs
}

export function noteConnected(lane: Lane): void {
  lane.refusals = 0
  lane.blockedUntil = 0
  lane.lastRefusal = null
}
