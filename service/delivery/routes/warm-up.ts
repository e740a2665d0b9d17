import type { Storage, Table } from '../../storage/storage.ts'
import type { DeliveryRoute, WarmUp } from './route.ts'

export interface WarmUpOptions {
  readonly table: Table<number>
  /** Epoch ms. */
  readonly clock: () => number
}

/**
 * Slow start of fresh addresses: receivers distrust an address that suddenly sends much. Each group of destinations (one provider) takes
 * so many messages a day, by the route's ladder; after its last step there is no limit any more. Days are those of UTC.
 */
export interface WarmUps {
  /** Messages that the route may still take to the group today; Infinity: it is no longer, or never was, warming up. */
  room(route: DeliveryRoute, group: string): number
  /** A message is on its way, and counts as long as it is. */
  reserve(route: DeliveryRoute, group: string): void
  release(route: DeliveryRoute, group: string): void
  /** Inside a transaction: a message was handed over. */
  count(route: DeliveryRoute, group: string): void
  /** Today's limit for each group, null: none; and what each was sent so far, at most 50, the most first. */
  today(route: DeliveryRoute): {
    readonly limit: number | null
    readonly groups: readonly { group: string; sent: number }[]
  }
}

export const dayMs = 24 * 3_600_000
const shownGroups = 50

export function openWarmUps(storage: Storage, clock: () => number): WarmUps {
  return createWarmUps({ table: storage.table<number>('routes.warm-up'), clock })
}

export function createWarmUps({ table, clock }: WarmUpOptions): WarmUps {
  const underWay = new Map<string, number>()
  return { room, reserve, release, count, today }

  function room(route: DeliveryRoute, group: string): number {
    const limit = limitOn(route.warmUp, clock())
    if (limit === null) return Infinity
    const sent = table.get([route.name, dayOf(clock()), group]) ?? 0
    return Math.max(0, limit - sent - (underWay.get(keyOf(route, group)) ?? 0))
  }

  function reserve(route: DeliveryRoute, group: string): void {
    change(route, group, 1)
  }

  function release(route: DeliveryRoute, group: string): void {
    change(route, group, -1)
  }

  function change(route: DeliveryRoute, group: string, by: number): void {
    if (route.warmUp === undefined) return
    const key = keyOf(route, group)
    const next = (underWay.get(key) ?? 0) + by
    if (next > 0) underWay.set(key, next)
    else underWay.delete(key)
  }

  function count(route: DeliveryRoute, group: string): void {
    if (limitOn(route.warmUp, clock()) === null) return
    const day = dayOf(clock())
    const key = [route.name, day, group] as const
    const sent = table.get(key) ?? 0
    table.put(key, sent + 1)
    if (sent > 0) return
    // The first of a day for its group: yesterday and before are of no use any more
    for (const { key: old } of table.range({ start: [route.name], end: [route.name, day] })) table.remove(old)
  }

  function today(route: DeliveryRoute): ReturnType<WarmUps['today']> {
    const limit = limitOn(route.warmUp, clock())
    if (limit === null) return { limit, groups: [] }
    const day = dayOf(clock())
    const entries = table.range({ start: [route.name, day], end: [route.name, day + 1] })
    const groups = Array.from(entries, ({ key, value }) => ({ group: groupIn(key), sent: value }))
    return { limit, groups: groups.toSorted((a, b) => b.sent - a.sent).slice(0, shownGroups) }
  }
}

/** Messages to each group on the day of `now`: none before the first day; null: no limit. Pure. */
export function limitOn(warmUp: WarmUp | undefined, now: number): number | null {
  if (warmUp === undefined) return null
  const step = dayOf(now) - dayOf(Date.parse(warmUp.startedAt))
  return step < 0 ? 0 : (warmUp.ladder[step] ?? null)
}

/** Epoch ms of the next step. */
export function nextDay(now: number): number {
  return (dayOf(now) + 1) * dayMs
}

function dayOf(now: number): number {
  return Math.floor(now / dayMs)
}

function keyOf({ name }: DeliveryRoute, group: string): string {
  return `${name}|${group}`
}

function groupIn(key: unknown): string {
  return Array.isArray(key) ? String(key[2]) : ''
}
