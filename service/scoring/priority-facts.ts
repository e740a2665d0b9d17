import { structureNames, type Observation, type StructureName } from '../observation/observation.ts'
import { compactHash } from '../profile/compact-hash.ts'
import type { Profile } from '../profile/profile.ts'
import type { Cost } from '../verdict/limits.ts'
import type { PriorityFacts } from '../verdict/priority.ts'
import type { Headline } from './scoring-ports.ts'

/** What the priority rules ask for, read off the observation and the profile. */
export function priorityFactsOf(
  observation: Observation,
  profile: Profile,
  headline: Headline,
  cost: Cost
): Omit<PriorityFacts, 'suspicious'> {
  return {
    recipients: cost.recipients,
    kind: observation.attributes.kind,
    hasUnsubscribe: structure(observation, 'unsubscribe') > 0,
    newsletterShape: isNewsletterShaped(observation),
    knownThread: observation.thread.parents.some((parent) => takesPart(profile, parent)),
    allRecipientsKnown: cost.recipients > 0 && cost.newRecipients === 0,
    authoredWords: observation.style.authoredWords,
    subject: headline.subject
  }
}

/** For a message that could not be read. */
export function unreadPriorityFacts({ recipients }: Cost): Omit<PriorityFacts, 'suspicious'> {
  return {
    recipients,
    kind: 'new',
    hasUnsubscribe: false,
    newsletterShape: false,
    knownThread: false,
    allRecipientsKnown: false,
    authoredWords: 0,
    subject: ''
  }
}

function takesPart(profile: Profile, parent: string): boolean {
  const id = compactHash(parent)
  return profile.ownIds.includes(id) || profile.parentIds.includes(id)
}

/** HTML with two images and five links or more. */
function isNewsletterShaped(observation: Observation): boolean {
  return (
    structure(observation, 'hasHtml') > 0 &&
    structure(observation, 'imageCountLog') >= Math.log1p(2) &&
    structure(observation, 'linkCountLog') >= Math.log1p(5)
  )
}

function structure({ content }: Observation, name: StructureName): number {
  return content.structure[placeOf.get(name) ?? -1] ?? 0
}

const placeOf: ReadonlyMap<StructureName, number> = new Map(
  structureNames.map((name, index) => [name, index])
)
