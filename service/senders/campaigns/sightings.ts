import type { SenderKey } from '../sender-store.ts'

/** One sender among those of a body or a link domain. A tuple: hundreds of thousands of them are kept. */
export type Seen = readonly [
  sender: SenderKey,
  circle: number,
  /** Epoch ms. */
  firstAt: number,
  lastAt: number,
  flags: number
]

export const seenFlag = { toStrangers: 1, freshLink: 2, stopped: 4, habitual: 8 } as const

const maxSeen = 16
/** The first senders are kept even when many follow: they tell since when a thing is in use. */
const maxFirst = 4

export const day = 86_400_000
/** What is remembered of campaigns halves in this time, and is nothing after three of it. */
export const windowMs = day
const horizonMs = 3 * windowMs

/** The list with this sender in it, at most 16: once the list is full, the earliest but the first four leave. */
export function withSeen(seen: readonly Seen[], next: Seen): readonly Seen[] {
  const place = seen.findIndex(([sender]) => sender === next[0])
  const known = seen[place]
  if (known !== undefined) return seen.with(place, merged(known, next))
  const kept = seen.length < maxSeen ? seen : seen.toSpliced(maxFirst, 1)
  return [...kept, next]
}

/** A stop is remembered for the window; a link that was fresh a moment ago does not become a habit by being repeated. */
function merged([sender, circle, firstAt, lastAt, flags]: Seen, [, , , at, now]: Seen): Seen {
  const recent = Math.abs(at - lastAt) <= windowMs
  const kept = recent ? flags & (seenFlag.stopped | seenFlag.freshLink | seenFlag.toStrangers) : 0
  const all = now | kept
  const fresh = (all & seenFlag.freshLink) !== 0
  const next = fresh ? all & ~seenFlag.habitual : all
  return [sender, circle, Math.min(firstAt, at), Math.max(lastAt, at), next]
}

/** 1 now, one half after the window, 0 after three. Messages of the future count as those of the past: clocks and replays differ. */
export function weightAt(at: number, [, , , lastAt]: Seen): number {
  const age = Math.abs(at - lastAt)
  return age > horizonMs ? 0 : 2 ** -(age / windowMs)
}

/** Colleagues have reasons to write the same. */
export function isRelated([, circle]: Seen, other: number): boolean {
  return circle !== 0 && circle === other
}

/** Whether writing this sighting again would tell nothing new: a newsletter of a thousand copies is not a thousand writes. */
export function isKnown(seen: readonly Seen[], [sender, , , at, flags]: Seen): boolean {
  const known = seen.find(([other]) => other === sender)
  return known !== undefined && (known[4] | flags) === known[4] && Math.abs(at - known[3]) < refreshMs
}

const refreshMs = 60 * 60_000
