import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { SenderKey } from '../senders/sender-store.ts'
import type { KnownMessage } from './asked-again/known-message.ts'
import type { Question } from './asked-again/question.ts'

/** A submission, and whose it is. */
export interface Arrived {
  readonly submission: Submission
  readonly identity: SenderIdentity
  readonly sender: SenderKey
  /** A mail server's, by its queue id; null: any other submission. */
  readonly question: Question | null
  /** What is known of the message from an earlier question about it; null: it is the first one. */
  readonly earlier: KnownMessage | null
}

/** When it counts against the limits (epoch ms): a question about a message of yesterday costs today, and so does what waited for room. */
export function chargedAt({ submission, question }: Pick<Arrived, 'submission' | 'question'>): number {
  return question?.at ?? submission.measuredAt ?? submission.receivedAt
}
