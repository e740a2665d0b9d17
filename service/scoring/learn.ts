import { isProven, type SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { Claim } from '../observation/claims.ts'
import type { Observation } from '../observation/observation.ts'
import type { SenderStore } from '../senders/sender-store.ts'
import type { Decision } from '../verdict/decide.ts'
import type { Case } from './settle.ts'

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
  if (!showsOwnHabit(observation)) return false
  return isProven(identity)
}

/**
 * Inside the transaction: lets the message teach if it may, once, however often it is asked about: what it shows then takes the place of what it
 * showed before, or is taken back. Gives whether it is learned.
 */
export function learnFrom(known: Case, decision: Decision, senders: Learning): boolean {
  const { submission, identity, sender, observation, earlier } = known
  const may = observation !== null && mayLearn({ submission, identity, decision, observation })
  const showsLess = isLessThan(observation, earlier)
  if (earlier?.isLearned !== true) {
    if (!may || showsLess) return false
    senders.learn(sender, submission.id, observation, {
      mayGrow: known.question !== null,
      withVerdict: true
    })
    return true
  }
  if (!may || !showsLess) senders.relearn(sender, submission.id, may ? observation : null)
  return may
}

/** An envelope that comes after its content shows nothing more. */
function isLessThan(observation: Case['observation'], earlier: Case['earlier']): boolean {
  return observation?.shows === 'envelope' && earlier !== null && earlier.content !== null
}

type Learning = Pick<SenderStore, 'learn' | 'relearn'>

/** Whether the words and recipients of a message are its sender's own choice, as far as its claims go. */
export function showsOwnHabit({ claims }: Pick<Observation, 'claims'>): boolean {
  return claims.every((claim) => teaches[claim])
}

/**
 * Whether mail with this claim shows a habit of its sender. Without: somebody else chose its words or its recipients; learned, any
 * stranger could make himself a contact by writing to somebody on holiday. Whoever writes such a claim wins nothing by it: the message
 * is scored, charged and limited like every other.
 */
const teaches: Readonly<Record<Claim, boolean>> = {
  // Reports and answers have claims of their own; a program may hide its return path and still be itself
  'null-sender': true,
  'delivery-report': false,
  'read-receipt': false,
  'abuse-report': false,
  'automatic-reply': false,
  'automatic-message': true,
  redirected: false,
  'list-expansion': false,
  bulk: true
}
