import {
  eachChange,
  inDomain,
  sendersKey,
  totalKey,
  valueKey,
  type CountedKind
} from '../profile/established.ts'
import type { HabitName } from '../profile/habits.ts'
import { emptyProfile, type Profile } from '../profile/profile.ts'

/** How many senders of an installation show what: see profile/established.ts. */
export interface SenderCounts {
  readonly count: (kind: CountedKind, key: number) => number
  /** 0 to 1: how far a count of 0 can be trusted; below 1 where rare things had to be forgotten. */
  readonly coverage: (kind: CountedKind) => number
}

/** A sender whom the counts hold, and the number of the domain: 0 for none. */
export interface Resident {
  readonly profile: Profile
  readonly domain: number
}

/** What the senders around one sender do: the prior between the sender's own counts and those shipped with the model. */
export interface Installation extends SenderCounts {
  /** The sender's domain, 0 for none. */
  readonly domain: number
  /** Counted, but left out here: the sender in question; in a simulated takeover the intruder too. */
  readonly without: readonly Resident[]
}

/** Nobody is known yet: every prior is the shipped one, and nothing counts as rare. */
export const noInstallation: Installation = {
  count: () => 0,
  coverage: () => 1,
  domain: 0,
  without: []
}

/** Counts over these senders, as a running service would have them after learning these profiles. */
export function buildInstallation(residents: readonly Resident[]): SenderCounts {
  const counts = { links: new Map<number, number>(), people: new Map(), values: new Map() }
  const nothing = emptyProfile()
  for (const { profile, domain } of residents) {
    eachChange(nothing, profile, domain, (kind, key, by) => {
      counts[kind].set(key, (counts[kind].get(key) ?? 0) + by)
    })
  }
  return { count: (kind, key) => counts[kind].get(key) ?? 0, coverage: () => 1 }
}

/** Number of other senders. */
export function othersHere({ count, without }: Installation): number {
  return Math.max(0, count('values', sendersKey) - without.length)
}

/**
 * 0 to nearly 1: how much it says that nobody here knows something. A half with fifty other senders; less where the installation has
 * grown past what is kept of it.
 */
export function trustHere(installation: Installation, kind: CountedKind): number {
  const others = othersHere(installation)
  return (others / (others + 50)) * installation.coverage(kind)
}

/** Whether enough is known here to tell people that nobody else does something: some twenty other senders. */
export function isTelling(installation: Installation, kind: CountedKind): boolean {
  return trustHere(installation, kind) > 0.3
}

/** Number of other senders who link to this domain, or write to this person (hashed as profiles keep them). */
export function othersWith(installation: Installation, kind: 'links' | 'people', key: number): number {
  const count = installation.count(kind, key)
  if (count === 0) return 0
  const own = installation.without.filter(({ profile }) =>
    (kind === 'links' ? profile.linkDomains : profile.people).keys.includes(key)
  )
  return Math.max(0, count - own.length)
}

/** 1 for what no other sender here knows, 0 for what all do, on a logarithmic scale; 0 while nobody is known. */
export function rarityHere(installation: Installation, kind: 'links' | 'people', key: number): number {
  const others = othersHere(installation)
  if (others === 0) return 0
  const share = Math.log1p(othersWith(installation, kind, key)) / Math.log1p(others)
  return trustHere(installation, kind) * Math.max(0, 1 - share)
}

/**
 * Probability of a habit's value: the sender's domain, backed by the installation, backed by `shipped`. Each level counts pairs of a
 * sender and a value. `value` as the habit keeps it.
 */
export function priorHere(
  installation: Installation,
  name: HabitName,
  value: string,
  shipped: number
): number {
  const { count, domain, without } = installation
  const total = count('values', totalKey(name))
  if (total === 0) return shipped
  const key = valueKey(name, value)
  const here = { count: count('values', key), total }
  const prior = backedBy(shipped, withoutThem(here, without, name, value), installationPairs)
  if (domain === 0) return prior
  const near = {
    count: count('values', inDomain(key, domain)),
    total: count('values', inDomain(totalKey(name), domain))
  }
  const neighbours = without.filter((one) => one.domain === domain)
  return backedBy(prior, withoutThem(near, neighbours, name, value), domainPairs)
}

/** Pairs that the level above stands for: how many it takes to outweigh it. */
const installationPairs = 20
const domainPairs = 5

/** And at least this share of a level's pairs, so that surprise does not grow without end with the installation. */
const leastDoubt = 1 / 25

interface Pairs {
  readonly count: number
  readonly total: number
}

function withoutThem(
  { count, total }: Pairs,
  without: readonly Resident[],
  name: HabitName,
  value: string
): Pairs {
  let left = count
  let all = total
  for (const { profile } of without) {
    const { values } = profile.habits[name]
    all -= values.length
    if (left > 0 && values.includes(value)) left -= 1
  }
  return { count: left, total: Math.max(0, all, left) }
}

function backedBy(prior: number, { count, total }: Pairs, pairs: number): number {
  if (total === 0) return prior
  const doubt = pairs + leastDoubt * total
  return (count + doubt * prior) / (total + doubt)
}
