import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { Observation } from '../observation/observation.ts'
import type { Decision } from '../verdict/decide.ts'

/** What learning is decided by. */
export interface LearningCase {
  readonly submission: Submission
  readonly identity: SenderIdentity
  readonly decision: Decision
  readonly observation: Observation
}

/**
 * A profile learns only from what would have been allowed (in shadow mode too: what is judged counts, not what is answered), only where
 * the caller lets it (doors set `never` for callers that they do not trust), and only from an identity that somebody vouches for:
 * MAIL FROM alone can be written by anyone, and habits learned from it could be taught by the attacker.
 */
export function mayLearn({ submission, identity, decision, observation }: LearningCase): boolean {
  if (submission.learn === 'never' || decision.judged !== 'allow') return false
  if (isAutomaticResponse(observation)) return false
  return identity.strength === 'authenticated' || identity.strength === 'asserted'
}

/**
 * RFC 3834 section 3.1: an automatic response says `Auto-Submitted` and what it answers. Its recipients chose themselves: learned, any
 * stranger could make himself a contact by writing to somebody on holiday. Notifications of programs answer nothing, and are learned.
 */
function isAutomaticResponse({ attributes, thread }: Observation): boolean {
  return attributes.kind === 'auto' && thread.parents.length > 0
}
