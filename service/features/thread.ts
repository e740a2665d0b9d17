import { compactHash } from '../profile/compact-hash.ts'
import { deviation } from './deviation.ts'
import { showsContent, type Comparison, type Family } from './family.ts'
import { habitFeatureNames, habitFeatureValues, type HabitFeature } from './habit-features.ts'

const habits: readonly HabitFeature[] = [{ name: 'kind', habit: 'kind' }]

const own = [
  'is_reply',
  'has_parents',
  'reply_without_parents',
  'answers_own',
  'parent_known',
  'parents_known_fraction',
  'participants_fraction',
  'subject_known',
  'quoted_fraction',
  'quoted_deviation'
] as const

/** Whether the message continues a conversation that this sender is part of. */
export const threadFamily: Family = {
  group: 'thread',
  names: [...own, ...habitFeatureNames(habits)],
  isShown: showsContent,
  measure(comparison) {
    const { observation, profile } = comparison
    const { thread, attributes, style } = observation
    const parents = [...new Set(thread.parents.map(compactHash))]
    const known = parents.filter((id) => profile.ownIds.includes(id) || profile.parentIds.includes(id))
    const isReply = attributes.kind === 'reply'
    const subjectKnown = thread.subject !== '' && profile.subjects.includes(compactHash(thread.subject))
    const values: Record<(typeof own)[number], number> = {
      is_reply: Number(isReply),
      has_parents: Number(parents.length > 0),
      reply_without_parents: Number(isReply && parents.length === 0),
      answers_own: Number(parents.some((id) => profile.ownIds.includes(id))),
      parent_known: Number(known.length > 0),
      parents_known_fraction: parents.length === 0 ? 0 : known.length / parents.length,
      participants_fraction: participantsFraction(comparison, parents),
      subject_known: Number(subjectKnown),
      quoted_fraction: style.quotedFraction,
      quoted_deviation: deviation(comparison, 'quotedFraction', style.quotedFraction)
    }
    return {
      values: [...own.map((name) => values[name]), ...habitFeatureValues(habits, comparison)],
      facts: { kind: attributes.kind || 'unknown', threadKnown: known.length > 0, subjectKnown }
    }
  }
}

/** Share of the recipients who took part in this thread's recent messages; a half where the thread is not known. */
function participantsFraction(comparison: Comparison, parents: readonly number[]): number {
  const { people } = comparison
  if (people.length === 0) return 0.5
  const participants = threadPeople(comparison, parents)
  if (participants.size === 0) return 0.5
  return people.filter((person) => participants.has(person)).length / people.length
}

function threadPeople(comparison: Comparison, parents: readonly number[]): ReadonlySet<number> {
  const { messageIds, roots, subjects } = comparison.profile.recent
  const subject = compactHash(comparison.observation.thread.subject)
  const participants = new Set<number>()
  for (const [index, set] of comparison.recentSets.entries()) {
    const sameThread =
      parents.includes(messageIds[index] ?? 0) ||
      parents.includes(roots[index] ?? 0) ||
      subjects[index] === subject
    if (sameThread) for (const person of set) participants.add(person)
  }
  return participants
}
