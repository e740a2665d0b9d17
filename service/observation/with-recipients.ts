import { structureNames, type Observation, type ObservedRecipient } from './observation.ts'
import { recipientsBucket } from './observe-attributes.ts'

/** What the message would have shown, had all of these been among its recipients too. */
export function withRecipients(observation: Observation, more: readonly ObservedRecipient[]): Observation {
  if (more.length === 0) return observation
  const recipients = unionOf(observation.recipients, more)
  if (recipients.length === observation.recipients.length) return observation
  const { attributes, content } = observation
  return {
    ...observation,
    recipients,
    attributes: { ...attributes, recipientsBucket: recipientsBucket(recipients.length) },
    content: { ...content, structure: withCount(content.structure, recipients.length, observation) }
  }
}

/** Each person once, in the order of appearance. */
export function unionOf(
  some: readonly ObservedRecipient[],
  more: readonly ObservedRecipient[]
): readonly ObservedRecipient[] {
  const known = new Set(some.map(({ person }) => person))
  const fresh = more.filter(({ person }) => !known.has(person))
  return fresh.length === 0 ? some : [...some, ...fresh]
}

const countIndex = structureNames.indexOf('recipientCountLog')

function withCount(
  structure: readonly number[],
  count: number,
  { shows }: Pick<Observation, 'shows'>
): readonly number[] {
  return shows === 'envelope' ? structure : structure.with(countIndex, Math.log1p(count))
}
