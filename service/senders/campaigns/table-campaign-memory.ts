import type { Table } from '../../storage/storage.ts'
import { bodyCapacity, createBodyMemory, type BodyTables } from './body-memory.ts'
import type { CampaignMemory, Sighting } from './campaign-memory.ts'
import { createLinkMemory, linkCapacity, type LinkRecord } from './link-memory.ts'
import { seenFlag, type Seen } from './sightings.ts'
import type { SenderKey } from '../sender-store.ts'

/** Where a campaign memory keeps things. */
export interface CampaignTables extends BodyTables {
  readonly links: Pick<Table<LinkRecord>, 'get' | 'put'>
  /** 'since': epoch ms of the first sighting. */
  readonly facts: Pick<Table<number>, 'get' | 'put'>
}

/** After a week most templates, newsletters and links of an installation have passed by once. */
const familiarAfterMs = 7 * 86_400_000

/** Entries looked at by one `forget`: some ten milliseconds of work. */
const forgetStep = 4_096

export function createTableCampaignMemory(tables: CampaignTables): CampaignMemory {
  const bodies = createBodyMemory(tables)
  const links = createLinkMemory(tables.links)
  return {
    recall(sighting) {
      const since = tables.facts.get('since') ?? sighting.at
      const familiarity = Math.min(1, Math.max(0, (sighting.at - since) / familiarAfterMs))
      return { ...bodies.recall(sighting), ...links.recall(sighting), familiarity }
    },
    record(sighting, stopped) {
      if (tables.facts.get('since') === undefined) tables.facts.put('since', sighting.at)
      bodies.record(sighting, toSeen(sighting, stopped, flagsOfLinks(sighting)))
      links.record(sighting, ({ use }) => toSeen(sighting, stopped, linkFlags[use]))
    },
    mark: (fingerprint, mark, at) => bodies.mark(fingerprint, mark, at),
    forget: (sender, from) => forget(tables, sender, from)
  }
}

const linkFlags = { fresh: seenFlag.freshLink, habitual: seenFlag.habitual, unknown: 0 }

function flagsOfLinks({ links }: Sighting): number {
  return links.some(({ use }) => use === 'fresh') ? seenFlag.freshLink : 0
}

function toSeen({ sender, circle, at, toStrangers }: Sighting, stopped: boolean, more: number): Seen {
  const flags = (toStrangers ? seenFlag.toStrangers : 0) | (stopped ? seenFlag.stopped : 0)
  return [sender, circle, at, at, flags | more]
}

/** Bodies first, then links: places in one row. */
function forget({ bodies, links }: CampaignTables, sender: SenderKey, from: number): number | null {
  const end = Math.min(from + forgetStep, bodyCapacity + linkCapacity)
  for (let place = from; place < end; place += 1) {
    if (place < bodyCapacity) leave(bodies, place, sender)
    else leave(links, place - bodyCapacity, sender)
  }
  return end === bodyCapacity + linkCapacity ? null : end
}

function leave<V extends { readonly seen: readonly Seen[] }>(
  table: Pick<Table<V>, 'get' | 'put'>,
  place: number,
  sender: SenderKey
): void {
  const value = table.get(place)
  if (value === undefined || !value.seen.some(([one]) => one === sender)) return
  table.put(place, { ...value, seen: value.seen.filter(([one]) => one !== sender) })
}
