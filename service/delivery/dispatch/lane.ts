import { domainOfText } from '../../queue/indexes/destinations.ts'
import type { Connected } from '../hosts/connect.ts'
import type { RecipientResult } from '../session/reply.ts'
import { destinationKey, type Destination } from '../routes/route.ts'
import type { Choice } from '../routes/choice.ts'
import type { Allowance } from './throttles/allowance.ts'

/** Recipients of one message that share a destination: what one SMTP transaction takes. */
export interface Job {
  readonly messageId: string
  /** Whose message it is; '' for our own reports. */
  readonly sender: string
  readonly destination: Destination
  /** Why it goes there. */
  readonly choice: Choice
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
  /** What its hosts may have of us, shared with other lanes to them; null: they are still looked up. */
  site: Allowance | null
  readonly route: Allowance
  /** In order of their turn. */
  readonly waiting: Job[]
  readonly idle: Connected[]
  active: number
  /** Domains that have messages left on disk because the window was full. */
  readonly left: Set<string>
  /** More domains than can be remembered: only a walk over all that is due finds them. */
  leftMany: boolean
  /** Nothing is begun before, whatever else allows it. Epoch ms. */
  notBefore: number
  /** Connections refused in a row. */
  refusals: number
  /** Until then nothing is tried: `lastRefusal` answers. Epoch ms. */
  blockedUntil: number
  lastRefusal: RecipientResult | null
  /** The last thing that was said to a message, for people who ask. */
  lastReply: string | null
}

/** Waiting jobs a connection: enough to keep it busy while the next ones are read. */
const waitingPerConnection = 4
/** While it is slow, a lane holds no more jobs than what goes in so many seconds: the others' place is on disk. */
const secondsAhead = 10
/** As long as nobody knows how much its hosts may have. */
const maxWaitingUnknown = 4
/** A smart host has thousands of domains: more than this are found by walking over all that is due. */
const maxLeft = 256
/** Refusals in a row after which a destination is left alone. */
const refusalsBeforeBlock = 3

export function createLane(destination: Destination, route: Allowance): Lane {
  return {
    key: destinationKey(destination),
    destination,
    site: null,
    route,
    waiting: [],
    idle: [],
    active: 0,
    left: new Set(),
    leftMany: false,
    notBefore: 0,
    refusals: 0,
    blockedUntil: 0,
    lastRefusal: null,
    lastReply: null
  }
}

/** Puts the job where its turn is: an urgent one overtakes. */
export function addJob(lane: Lane, job: Job): void {
  let at = lane.waiting.length
  while (at > 0 && (lane.waiting[at - 1]?.turn ?? 0) > job.turn) at -= 1
  lane.waiting.splice(at, 0, job)
}

/** How many more jobs its window takes. */
export function roomIn(lane: Lane, now: number): number {
  return Math.max(0, windowOf(lane, now) - lane.waiting.length)
}

/** Full of jobs whose turn is no later than this one's. */
export function isFullFor(lane: Lane, turn: number, now: number): boolean {
  return roomIn(lane, now) === 0 && (lane.waiting.at(-1)?.turn ?? -Infinity) <= turn
}

/** Half empty again after messages were left on disk: time to read more. */
export function wantsMore(lane: Lane, now: number): boolean {
  if (lane.left.size === 0 && !lane.leftMany) return false
  return lane.waiting.length <= windowOf(lane, now) / 2
}

function windowOf({ site }: Lane, now: number): number {
  if (site === null) return maxWaitingUnknown
  const whole = site.maxActive * waitingPerConnection
  const rate = site.perMinute(now)
  return rate === null ? whole : Math.min(whole, Math.max(2, Math.ceil((rate * secondsAhead) / 60)))
}

/** Its messages to these domains stay on disk for now. */
export function leaveOnDisk(lane: Lane, domains: Iterable<string>): void {
  for (const domain of domains) {
    if (lane.left.size < maxLeft) lane.left.add(domain)
    else lane.leftMany ||= !lane.left.has(domain)
  }
}

export function domainsOf({ recipients }: Job): ReadonlySet<string> {
  return new Set(recipients.map(domainOfText))
}

export function isAtRest({ active, waiting, idle }: Lane): boolean {
  return active === 0 && waiting.length === 0 && idle.length === 0
}

export function noteRefusal(lane: Lane, result: RecipientResult, now: number, pauseMs: number): void {
  lane.refusals += 1
  lane.lastRefusal = result
  lane.lastReply = result.reply
  if (lane.refusals >= refusalsBeforeBlock) lane.blockedUntil = now + pauseMs
}

export function noteConnected(lane: Lane): void {
  lane.refusals = 0
  lane.blockedUntil = 0
  lane.lastRefusal = null
}
