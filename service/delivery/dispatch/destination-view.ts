import type { Queue } from '../../queue/queue.ts'
import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { openDomains } from '../../queue/indexes/destinations.ts'
import type { Steering } from '../routes/steering.ts'
import type { LaneBook } from './lane-book.ts'
import type { Lane } from './lane.ts'

/** One destination as people see it. */
export interface DestinationView {
  /** Of the recipients. */
  readonly domain: string
  /** Messages that wait, counted up to `maxCounted`. */
  readonly waiting: number
  readonly lanes: readonly LaneView[]
}

/** A way to it that is in use at the moment. */
export interface LaneView {
  readonly route: string
  /** Domains with the same site share its throttle: the names of its hosts. */
  readonly site: string | null
  /** Attempts under way. */
  readonly active: number
  readonly maxActive: number | null
  /** Messages a minute that are let through; null: no bound. */
  readonly messagesPerMinute: number | null
  /** Epoch ms; null: nothing holds it back. */
  readonly blockedUntil: number | null
  /** What holds it back. */
  readonly blockedBy: string | null
  /** It asked us to slow down. */
  readonly isSlowed: boolean
  readonly lastReply: string | null
}

export interface DestinationPage {
  readonly items: readonly DestinationView[]
  /** The domain after which the next page begins; null after the last. */
  readonly next: string | null
}

export interface DestinationsOptions {
  readonly queue: Pick<Queue, 'waitingDomains' | 'countIn'>
  readonly steering: Pick<Steering, 'possible'>
  readonly book: LaneBook
  readonly clock: () => number
}

/** More than this is a long queue, whatever the number. */
export const maxCounted = 10_000

export interface Destinations {
  page(request: { readonly after?: string | undefined; readonly limit: number }): DestinationPage
  /** What keeps a message that is due from being attempted; null: nothing, or only that others are before it. */
  waitsFor(message: QueuedMessage): string | null
}

export function createDestinations({ queue, steering, book, clock }: DestinationsOptions): Destinations {
  return { page, waitsFor }

  function page({ after, limit }: { after?: string | undefined; limit: number }): DestinationPage {
    const items: DestinationView[] = []
    for (const domain of queue.waitingDomains(after)) {
      const last = items.at(-1)
      if (items.length >= limit && last !== undefined) return { items, next: last.domain }
      items.push({ domain, waiting: queue.countIn({ domain }, maxCounted), lanes: lanesTo(domain) })
    }
    return { items, next: null }
  }

  function lanesTo(domain: string): readonly LaneView[] {
    const keys = new Set(steering.possible(domain, 'normal').map((one) => `${one.route.name}|${one.domain}`))
    return [...book.lanes()].filter(({ key }) => keys.has(key)).map((lane) => viewOf(lane, clock()))
  }

  function waitsFor(message: QueuedMessage): string | null {
    if (message.state !== 'queued') return null
    const now = clock()
    const sender = book.senders.blockOf(message.senderId, now)
    if (sender !== null) return sender
    for (const domain of openDomains(message)) {
      const held = lanesTo(domain).find(({ blockedBy }) => blockedBy !== null)
      if (held?.blockedBy != null) return held.blockedBy
    }
    return null
  }
}

function viewOf(lane: Lane, now: number): LaneView {
  const { site, route, destination } = lane
  const [until, by] = blockOf(lane, now)
  return {
    route: destination.route.name,
    site: site?.key.slice(destination.route.name.length + 1) ?? null,
    active: lane.active,
    maxActive: site?.maxActive ?? null,
    messagesPerMinute: leastOf(site?.perMinute(now) ?? null, route.perMinute(now)),
    blockedUntil: until > now && until < Infinity ? until : null,
    blockedBy: until > now ? by : null,
    isSlowed: site?.isPaced(now) === true,
    lastReply: lane.lastReply
  }
}

function leastOf(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other
  return Math.min(one, other)
}

/** What holds the lane back longest, and until when. */
function blockOf(lane: Lane, now: number): readonly [number, string] {
  const { site, route, notBefore, blockedUntil, lastRefusal, destination } = lane
  if (site === null) return [Infinity, 'its hosts are being looked up']
  const reasons: (readonly [number, string])[] = [
    [blockedUntil, `its hosts refuse connections: ${lastRefusal?.reply ?? ''}`],
    [notBefore, `route ${destination.route.name} is warmed up slowly`],
    [
      site.freeAt(now),
      site.isPaced(now)
        ? `it asked us to slow down: ${lane.lastReply ?? ''}`
        : `throttle of destination ${site.key}`
    ],
    [route.freeAt(now), `throttle of route ${route.key}`]
  ]
  return reasons.reduce((most, one) => (one[0] > most[0] ? one : most))
}
