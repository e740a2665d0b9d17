import { destinationKey, type Destination } from '../routes/route.ts'
import { createLane, isAtRest, type Job, type Lane } from './lane.ts'
import { createSendersAside, type SendersAside } from './senders-aside.ts'
import type { Allowances } from './throttles/allowances.ts'

/** Which domains share their hosts (MX roll-up). */
export interface SiteNames {
  siteOf(domain: string): Promise<string>
  known(domain: string): string | null
}

export interface LaneBookOptions {
  readonly allowances: Allowances
  readonly sites?: SiteNames | undefined
  readonly clock: () => number
  /** The hosts of a lane are known now. */
  readonly onFound: () => void
}

/** The lanes in memory, and which of them may begin something. */
export interface LaneBook {
  readonly senders: SendersAside
  laneOf(destination: Destination): Lane
  lanes(): Iterable<Lane>
  /** Its waiting jobs have changed. */
  changed(lane: Lane): void
  /** The lane whose next job is the most pressing of those that may begin now. */
  next(now: number): Lane | undefined
  /** Jobs that wait in lanes which may begin one. */
  startable(): number
  begun(lane: Lane, job: Job, now: number): void
  ended(lane: Lane, job: Job): void
  /** When the next throttle lets one through. Epoch ms; Infinity: none does by time alone. */
  wakesAt(now: number): number
  /** A destination or sender that is at rest leaves no trace in memory. */
  forgetIdle(): void
}

export function createLaneBook(options: LaneBookOptions): LaneBook {
  const { allowances, clock } = options
  const lanes = new Map<string, Lane>()
  const withWork = new Set<Lane>()
  const senders = createSendersAside(allowances)
  return {
    senders,
    laneOf,
    lanes: () => lanes.values(),
    changed,
    next: (now) => mostPressing(withWork, now),
    startable: () => jobsIn(withWork, clock()),
    begun,
    ended,
    wakesAt: (now) => Math.min(wakesAt(withWork, now), senders.wakesAt(now)),
    forgetIdle
  }

  function laneOf(destination: Destination): Lane {
    const key = destinationKey(destination)
    const known = lanes.get(key)
    if (known !== undefined) return known
    const lane = createLane(destination, allowances.ofRoute(destination.route.name))
    lanes.set(key, lane)
    find(lane, options)
    return lane
  }

  function changed(lane: Lane): void {
    if (lane.waiting.length > 0) withWork.add(lane)
    else withWork.delete(lane)
  }

  function begun(lane: Lane, { sender }: Job, now: number): void {
    changed(lane)
    lane.active += 1
    lane.site?.take(now)
    lane.route.take(now)
    if (sender !== '') allowances.ofSender(sender).take(now)
  }

  function ended(lane: Lane, { sender }: Job): void {
    lane.active -= 1
    lane.site?.give()
    lane.route.give()
    if (sender !== '') allowances.ofSender(sender).give()
  }

  function forgetIdle(): void {
    const now = clock()
    for (const lane of lanes.values())
      if (isAtRest(lane) && lane.blockedUntil <= now && lane.notBefore <= now) lanes.delete(lane.key)
    const inUse = Array.from(lanes.values(), ({ site, route }) => (site === null ? [route] : [site, route]))
    allowances.forgetIdle(new Set(inUse.flat()))
  }
}

/** A host of ours stands for itself. An exchanger is looked up first: a thousand domains of one provider are one destination. */
function find(lane: Lane, { allowances, sites, onFound }: LaneBookOptions): void {
  const { route, domain } = lane.destination
  const known = route.kind === 'mx' && sites !== undefined ? sites.known(domain) : domain
  const found = (site: string): void => {
    lane.site = allowances.ofSite(lane.destination, site)
  }
  if (known !== null || sites === undefined) found(known ?? domain)
  else void sites.siteOf(domain).then(found).then(onFound)
}

function freeAt({ site, route, notBefore }: Lane, now: number): number {
  return site === null ? Infinity : Math.max(notBefore, site.freeAt(now), route.freeAt(now))
}

function mostPressing(lanes: Iterable<Lane>, now: number): Lane | undefined {
  let first: Lane | undefined
  for (const lane of lanes) {
    const turn = lane.waiting[0]?.turn ?? Infinity
    if (turn < (first?.waiting[0]?.turn ?? Infinity) && freeAt(lane, now) <= now) first = lane
  }
  return first
}

function jobsIn(lanes: Iterable<Lane>, now: number): number {
  let jobs = 0
  for (const lane of lanes) if (freeAt(lane, now) <= now) jobs += lane.waiting.length
  return jobs
}

function wakesAt(lanes: Iterable<Lane>, now: number): number {
  let first = Infinity
  for (const lane of lanes) {
    const at = freeAt(lane, now)
    if (at > now) first = Math.min(first, at)
  }
  return first
}
