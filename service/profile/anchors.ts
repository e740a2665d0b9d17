import type { Observation } from '../observation/observation.ts'
import { compactHash } from './compact-hash.ts'
import { boundedValue, readHabit } from './habit.ts'
import { habitHalfLife } from './habits.ts'
import { wholeSeen } from './message-numbers.ts'
import type { Profile } from './profile.ts'
import type { Shown } from './shown.ts'

/** What of a message is established with its sender. null: neither shown nor to be expected. */
export interface Anchors {
  /** It comes from a network that the sender uses. */
  readonly place: boolean | null
  /** It was written with a program that the sender uses, or has its header fields in the same order. */
  readonly device: boolean | null
  /** It goes to people that the sender writes to. Who they are, and in which thread; 0 if it does not. */
  readonly company: number
}

export function anchorsOf(
  profile: Profile,
  { shows, attributes }: Pick<Observation, 'shows' | 'attributes'>,
  shown: Shown
): Anchors {
  return {
    place: placeOf(profile, attributes.network16),
    device: shows === 'envelope' ? hiddenDevice(profile) : deviceOf(profile, attributes),
    company: companyOf(profile, shown)
  }
}

/**
 * Two anchors make a message its sender's own: place, device and company are three, and an intruder brings at most one of them along.
 * Where an installation shows no addresses, or no programs, one is enough, as there are only two.
 */
export function isAnchored({ place, device, company }: Anchors): boolean {
  const hidden = Number(place === null) + Number(device === null)
  return Number(place === true) + Number(device === true) + Number(company !== 0) >= 2 - hidden
}

function isEstablished(profile: Profile, name: 'network16' | 'clientFull' | 'headerOrder', value: string) {
  return profile.habits[name].values.includes(boundedValue(value))
}

/** A sender whose messages always came from somewhere is not at home when one comes from nowhere. */
function placeOf(profile: Profile, network: string): boolean | null {
  if (network !== '') return isEstablished(profile, 'network16', network)
  const { habits, messagesSeen } = profile
  const total = (name: 'recipientsBucket' | 'network16'): number =>
    readHabit(habits[name], '', messagesSeen + 1, habitHalfLife(name)).total
  return total('recipientsBucket') - total('network16') >= 0.5 ? null : false
}

/** An envelope shows no program. Whoever sends whole messages for once shows only an envelope does not get by with one anchor less. */
function hiddenDevice(profile: Profile): false | null {
  return 2 * profile.envelopesSeen >= profile.messagesSeen ? null : false
}

function deviceOf(profile: Profile, { clientFull, headerOrder }: Observation['attributes']): boolean | null {
  if (clientFull === '' && headerOrder === '') return null
  if (profile.envelopesSeen > 0 && wholeSeen(profile) === 0) return null
  return (
    isEstablished(profile, 'clientFull', clientFull) || isEstablished(profile, 'headerOrder', headerOrder)
  )
}

/**
 * At least half of the recipients, in a thread of the sender's one of them: neither a contact among strangers nor a reference to a known
 * message, which whoever reads the mailbox can write, vouches for anything by itself.
 */
function companyOf({ people, ownIds, parentIds }: Profile, shown: Shown): number {
  const apart = shown.people.filter((person) => person !== shown.self)
  const others = apart.length === 0 ? shown.people : apart
  const known = others.filter((person) => people.keys.includes(person))
  const isKnownThread = shown.parents.some((id) => ownIds.includes(id) || parentIds.includes(id))
  if (known.length === 0 || (!isKnownThread && 2 * known.length < others.length)) return 0
  const thread = isKnownThread ? shown.parents[0] : 0
  return compactHash([...known.toSorted((one, other) => one - other), thread].join(' '))
}
