import { attributeNames, type AttributeName, type Observation } from '../observation/observation.ts'
import { compactHash } from './compact-hash.ts'
import { boundedValue } from './habit.ts'
import { habitValues } from './habits.ts'
import { provisionalHabits, type ProvisionalKind, type ProvisionalValue } from './probation.ts'
import type { Profile } from './profile.ts'

type Showing = Pick<Observation, 'attributes' | 'recipients' | 'links'>

/** Of a message to hundreds of strangers, as many as are worth a place. */
const maxPeople = 12
const maxLinks = 6

/** What of a message can be on probation. */
export function provisionalValues({ attributes, recipients, links }: Showing): readonly ProvisionalValue[] {
  const habits = habitValues(attributes)
  return [
    ...provisionalHabits.flatMap((kind) => (habits[kind] === '' ? [] : [{ kind, value: habits[kind] }])),
    ...recipients.slice(0, maxPeople).map(({ person }) => ({ kind: 'person' as const, value: person })),
    ...links.slice(0, maxLinks).map(({ domain }) => ({ kind: 'linkDomain' as const, value: domain }))
  ]
}

/** Those that the profile does not know. */
export function newValues(profile: Profile, observation: Showing): readonly ProvisionalValue[] {
  return provisionalValues(observation).filter((value) => !isKnown(profile, value))
}

function isKnown({ habits, people, linkDomains }: Profile, { kind, value }: ProvisionalValue): boolean {
  if (kind === 'person') return people.keys.includes(compactHash(value))
  if (kind === 'linkDomain') return linkDomains.keys.includes(compactHash(value))
  return habits[kind].values.includes(boundedValue(value))
}

/** By what a message's place and device are known. */
const anchoring: ReadonlySet<string> = new Set(['network16', 'clientFull', 'headerOrder'])

export function isAnchoring({ kind }: ProvisionalValue): boolean {
  return anchoring.has(kind)
}

const attributes: ReadonlySet<string> = new Set<string>(attributeNames)

/** A pair of attributes is absent where one of them is. */
export function isAttribute(kind: ProvisionalKind): kind is ProvisionalKind & AttributeName {
  return attributes.has(kind)
}
