import { compactHash } from '../../profile/compact-hash.ts'
import type { Table } from '../../storage/storage.ts'
import type { CampaignEvidence, SightedLink, Sighting } from './campaign-memory.ts'
import { day, isKnown, isRelated, seenFlag, weightAt, withSeen, type Seen } from './sightings.ts'
import { createSlots } from './slots.ts'

/** Who linked to a domain. */
export interface LinkRecord {
  /** Keyed hash. */
  readonly domain: string
  readonly lastAt: number
  readonly seen: readonly Seen[]
}

type LinkEvidence = Pick<CampaignEvidence, 'linkDomainFreshSenders' | 'linkDomainWeight'>

export interface LinkMemory {
  recall(sighting: Sighting): LinkEvidence
  record(sighting: Sighting, toSeen: (link: SightedLink) => Seen): void
}

export const linkCapacity = 2 ** 18

/** More domains than this in one message say no more of a campaign than these. */
export const maxLinksRecalled = 8

/** Known to three senders for two weeks, or a habit of two: not sudden, however many use it today. */
const establishedMs = 14 * day
const establishedSenders = 3
const habitualSenders = 2

const noLink: LinkEvidence = { linkDomainFreshSenders: 0, linkDomainWeight: 0 }

export function createLinkMemory(table: Pick<Table<LinkRecord>, 'get' | 'put'>): LinkMemory {
  const slots = createSlots({ table, capacity: linkCapacity, keptUntil })
  const find = (domain: string) => slots.find(compactHash(domain), (record) => record.domain === domain)
  return {
    /** The domain that most says so. */
    recall(sighting) {
      let most = noLink
      for (const { domain, use } of sighting.links.slice(0, maxLinksRecalled)) {
        if (use !== 'fresh') continue
        const found = find(domain)
        const one = found === undefined ? noLink : evidenceOf(found.value, sighting)
        if (one.linkDomainWeight > most.linkDomainWeight) most = one
      }
      return most
    },
    record(sighting, toSeen) {
      for (const link of sighting.links.slice(0, maxLinksRecalled)) {
        const found = find(link.domain)
        const next = toSeen(link)
        const before = found?.value ?? { domain: link.domain, lastAt: sighting.at, seen: [] }
        if (isKnown(before.seen, next)) continue
        slots.put(found?.place ?? slots.claim(compactHash(link.domain)), {
          ...before,
          lastAt: Math.max(before.lastAt, sighting.at),
          seen: withSeen(before.seen, next)
        })
      }
    }
  }
}

function keptUntil({ lastAt, seen }: LinkRecord): number {
  return lastAt + (seen.length > 1 ? 45 : 14) * day
}

function evidenceOf({ seen }: LinkRecord, { sender, circle, at, toStrangers }: Sighting): LinkEvidence {
  if (isEstablished(seen, at)) return noLink
  const fresh = seen.filter(
    (one) =>
      one[0] !== sender &&
      !isRelated(one, circle) &&
      (one[4] & seenFlag.freshLink) !== 0 &&
      weightAt(at, one) > 0
  )
  const weight = fresh.reduce((sum, one) => {
    const bothToStrangers = toStrangers && (one[4] & seenFlag.toStrangers) !== 0
    return sum + weightAt(at, one) * (bothToStrangers ? 1 : 0.5)
  }, 0)
  return { linkDomainFreshSenders: fresh.length, linkDomainWeight: weight }
}

function isEstablished(seen: readonly Seen[], at: number): boolean {
  const early = seen.filter((one) => at - one[2] >= establishedMs && (one[4] & seenFlag.stopped) === 0)
  const habitual = seen.filter((one) => (one[4] & seenFlag.habitual) !== 0)
  return early.length >= establishedSenders || habitual.length >= habitualSenders
}
