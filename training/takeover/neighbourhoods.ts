import { buildInstallation, type Installation, type Resident } from '../../service/features/installation.ts'
import { compactHash } from '../../service/profile/compact-hash.ts'
import type { Profile } from '../../service/profile/profile.ts'
import type { Random } from '../../service/verdict/budget/seeded-random.ts'
import { bucketOf } from '../split/assign-folds.ts'
import type { SenderHistory } from './corpus/sender-history.ts'

/** The senders of one invented installation, and what they show together. */
export interface Neighbourhood {
  readonly counts: Pick<Installation, 'count' | 'coverage'>
  readonly residents: readonly Resident[]
}

/** Where a sender lives; null for one who is alone with Sluice. */
export interface Home {
  readonly resident: Resident
  readonly neighbourhood: Neighbourhood | null
}

/**
 * Each source's senders as one large, one middling and one small installation, and some with none: the model must not expect the size of
 * its training set. `profiles` are the final ones, beside `histories`.
 */
export function settleSenders(
  histories: readonly SenderHistory[],
  profiles: readonly Profile[],
  seed: number
): readonly Home[] {
  const places = histories.map(({ source, sender }) => {
    const town = towns[bucketOf(sender, towns.length, seed + 5)] ?? null
    return town === null ? null : `${source} ${town}`
  })
  const residents = profiles.map((profile, index): Resident => {
    const domain = histories[index]?.sender.split('@')[1] ?? ''
    return { profile, domain: domain === '' ? 0 : compactHash(domain) }
  })
  const neighbourhoods = new Map<string, Neighbourhood>()
  for (const place of new Set(places.filter((one) => one !== null))) {
    const own = residents.filter((_, index) => places[index] === place)
    neighbourhoods.set(place, { counts: buildInstallation(own), residents: own })
  }
  return residents.map((resident, index) => ({
    resident,
    neighbourhood: neighbourhoods.get(places[index] ?? '') ?? null
  }))
}

/** Of eight senders, who lives where. */
const towns = ['large', 'large', 'large', 'large', 'middling', 'middling', 'small', null] as const

/** Left out of every row, honest or not: how many are missing must not tell an attack. */
const leftOut = 4

/**
 * What the sender's neighbours show, without the sender and without `others` whose traits an attack wears; filled up with neighbours drawn
 * by chance.
 */
export function installationOf(
  home: Home,
  others: readonly Home[],
  random: Random
): Installation | undefined {
  const { neighbourhood, resident } = home
  if (neighbourhood === null) return undefined
  const { residents, counts } = neighbourhood
  const without = new Set([resident])
  for (const other of others) if (other.neighbourhood === neighbourhood) without.add(other.resident)
  for (let draw = 0; draw < 40 && without.size < Math.min(leftOut, residents.length); draw += 1) {
    const drawn = residents[Math.floor(random() * residents.length)]
    if (drawn !== undefined) without.add(drawn)
  }
  return { ...counts, domain: resident.domain, without: [...without] }
}
