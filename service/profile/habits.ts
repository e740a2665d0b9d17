import { attributeNames, type AttributeName, type Observation } from '../observation/observation.ts'

/** Two attributes together: a value that is usual, but not with this other one, is news too. */
export const pairs = {
  clientWithKind: ['clientFamily', 'kind'],
  clientWithNetwork: ['clientFamily', 'network16'],
  clientWithZone: ['clientFamily', 'zone'],
  mimeWithKind: ['mimeShape', 'kind'],
  recipientsWithKind: ['recipientsBucket', 'kind']
} as const satisfies Record<string, readonly [AttributeName, AttributeName]>

export type PairName = keyof typeof pairs
export type HabitName = AttributeName | PairName

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a closed literal
export const pairNames = Object.keys(pairs) as readonly PairName[]

/** Attributes that the first packed profiles knew. */
const firstAttributes = 27

/** Packed profiles keep habits by their place in this list: what is new stands at its end. */
export const habitNames: readonly HabitName[] = [
  ...attributeNames.slice(0, firstAttributes),
  ...pairNames,
  ...attributeNames.slice(firstAttributes)
]

/** Values that carry the installation's key: they mean nothing to another installation, so bundled counts know nothing of them. */
export const keyedHabits: ReadonlySet<HabitName> = new Set<HabitName>([
  'network24',
  'network16',
  'heloDomain',
  'messageIdDomain',
  'signature',
  'fromName',
  'fromAddress',
  'clientWithNetwork'
])

/** Addresses come and go faster than programs (MODELS.md: 60 messages against 200). */
const shortLived: ReadonlySet<HabitName> = new Set<HabitName>([
  'network24',
  'heloDomain',
  'heloShape',
  'clientWithNetwork'
])

/** In messages of the sender. */
export function habitHalfLife(name: HabitName): number {
  return shortLived.has(name) ? 60 : 200
}

/** All habit values of one observation. '' where it shows none; a pair with an absent half is absent. */
export function habitValues(attributes: Observation['attributes']): Record<HabitName, string> {
  const joined = (name: PairName): string => {
    const [first, second] = pairs[name]
    return attributes[first] === '' || attributes[second] === ''
      ? ''
      : `${attributes[first]}|${attributes[second]}`
  }
  return {
    ...attributes,
    clientWithKind: joined('clientWithKind'),
    clientWithNetwork: joined('clientWithNetwork'),
    clientWithZone: joined('clientWithZone'),
    mimeWithKind: joined('mimeWithKind'),
    recipientsWithKind: joined('recipientsWithKind')
  }
}
