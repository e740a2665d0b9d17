import type { Envelope } from '../message/envelope.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Judgement } from './judging/judge.ts'
import type { Submission } from '../message/submission.ts'
import type { Observation, ObservedRecipient } from '../observation/observation.ts'
import type { UnreadableCause } from '../parse/parsed-message.ts'
import type { SenderSnapshot, VerdictRecord } from '../senders/sender-store.ts'
import type { Decision } from '../verdict/decide.ts'
import type { Verdict } from '../verdict/verdict.ts'

/** Bytes → observation, in a worker thread, bounded in time and memory. Never rejects because of the message. */
export interface Observer {
  /** An envelope without content is observed at once. */
  observe(submission: Submission): Promise<ObserveOutcome>
  /** The people of an envelope as observations name them. At once. */
  recipients(envelope: Envelope): readonly ObservedRecipient[]
  close(): Promise<void>
}

export type ObserveOutcome =
  | { readonly kind: 'observed'; readonly observation: Observation; readonly headline: Headline }
  | { readonly kind: 'unreadable'; readonly cause: UnreadableCause; readonly detail: string }

/** What people need to find a message again. Not stored in profiles or history. */
export interface Headline {
  readonly subject: string
  readonly messageId: string | null
  readonly fromAddress: string | null
  /** ISO 639 code of what it is written in, '' if unknown. */
  readonly language: string
}

export type ScoreOutcome =
  | { readonly kind: 'scored'; readonly verdict: Verdict; readonly headline: Headline | null }
  /** The same idempotency key came with other bytes or another envelope: HTTP 409 `ID_REUSED`. */
  | { readonly kind: 'id-reused'; readonly requestId: string }
  /** Too much work is waiting: HTTP 503 with Retry-After, SMTP 451 4.3.2. */
  | { readonly kind: 'overloaded'; readonly retryAfterMs: number }

/**
 * Scores one submission and commits all of its effects in one durable transaction. `alongside` is called inside that transaction
 * with the verdict (synchronous writes only): the pipeline stores the message there, so that message and charge commit together.
 * Returns after the commit.
 */
export type ScoreSubmission = (
  submission: Submission,
  alongside?: (scored: Scored) => Kept
) => Promise<ScoreOutcome>

export interface Scored {
  readonly verdict: Verdict
  readonly headline: Headline | null
  /** Nothing but limits holds it. `recoversAt`: epoch ms at which there is room again; null: it is larger than a limit. */
  readonly limited?: { readonly recoversAt: number | null } | null
}

/** What the door kept of the message: a hold id for the answer, or nothing. */
export interface Kept {
  readonly holdId: string | null
  /** false: the client brings it again under the same id, to be judged anew. */
  readonly isRemembered?: boolean
}

/**
 * A verdict with all that it followed from, for rooms that remember more of it than scoring does. A message that a mail server asks about
 * again, with more recipients or its content, is concluded again: under the same submission id, receivedAt and verdict id as the first time.
 */
export interface Concluded {
  /** Its envelope and bytes are those of this question. */
  readonly submission: Submission
  /** What was concluded before; null: it is the first time. */
  readonly earlier: EarlierVerdict | null
  readonly identity: SenderIdentity
  readonly decision: Decision
  /** null: the message could not be read. */
  readonly observation: Observation | null
  readonly judgement: Omit<Judgement, 'reasons'>
  /** The habits that it was judged by. */
  readonly snapshot: Pick<SenderSnapshot, 'habits'>
  readonly isLearned: boolean
  readonly isCharged: boolean
  readonly record: VerdictRecord
}

export interface EarlierVerdict {
  /** As it was answered. */
  readonly answer: Verdict
  /** What was judged; in shadow mode the answer is `allow` all the same. */
  readonly judged: Verdict['verdict']
  readonly hold: Decision['hold']
}
