import { canonicalAddress } from '../message/address.ts'
import type { Submission } from '../message/submission.ts'
import type { Observation } from '../observation/observation.ts'
import { knowsRecipient, type Profile } from '../profile/profile.ts'
import type { Cost } from '../verdict/limits.ts'

/** What a submission costs of its sender's limits: people, not spellings. What could not be read has no known newcomers. */
export function costOf({ envelope }: Submission, observation: Observation | null, profile: Profile): Cost {
  const recipients = new Set(envelope.rcptTo.map(canonicalAddress)).size
  const people = new Set(observation?.recipients.map(({ person }) => person))
  const newRecipients = [...people].filter((person) => !knowsRecipient(profile, person)).length
  return { recipients, newRecipients }
}
