import { canonicalAddress } from '../message/address.ts'
import type { Submission } from '../message/submission.ts'
import type { Observation } from '../observation/observation.ts'
import { knowsRecipient, type Profile } from '../profile/profile.ts'
import type { Cost } from '../verdict/limits.ts'
import type { Arrived } from './arrived.ts'

/** What a submission costs of its sender's limits: people, not spellings. What could not be read has no known newcomers. */
export function costOf({ envelope }: Submission, observation: Observation | null, profile: Profile): Cost {
  const people = new Set(observation?.recipients.map(({ person }) => person))
  const recipients = observation === null ? new Set(envelope.rcptTo.map(canonicalAddress)).size : people.size
  return { recipients, newRecipients: newcomersAmong(people, profile) }
}

/** What the message costs with all of its recipients, and what of that is not charged yet. */
export interface Costs {
  readonly cost: Cost
  readonly owed: Cost
}

const nothing: Cost = { messages: 0, recipients: 0, newRecipients: 0 }

export function costsOf(
  { submission, question, earlier }: Pick<Arrived, 'submission' | 'question' | 'earlier'>,
  observation: Observation | null,
  profile: Profile
): Costs {
  const cost = costOf(submission, observation, profile)
  if (submission.isCharged === true) return { cost, owed: nothing }
  if (earlier === null || earlier.charged === null) return { cost, owed: cost }
  const charged = new Set(earlier.recipients.slice(0, earlier.charged).map(({ person }) => person))
  const people = new Set((observation ?? question)?.recipients.map(({ person }) => person))
  const fresh = [...people].filter((person) => !charged.has(person))
  const newRecipients = observation === null ? 0 : newcomersAmong(fresh, profile)
  return { cost, owed: { messages: 0, recipients: fresh.length, newRecipients } }
}

function newcomersAmong(people: Iterable<string>, profile: Profile): number {
  return [...people].filter((person) => !knowsRecipient(profile, person)).length
}
