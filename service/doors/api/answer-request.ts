import { hasScope, type Bearer } from '../../access/tokens.ts'
import type { VerdictAnswer } from '../../contracts/verdict-answer.ts'
import { toSubmission, type VerdictRequest } from '../../contracts/verdict-request.ts'
import type { IdentityHeader } from '../../message/identity-header.ts'
import type { ScoreOutcome, ScoreSubmission } from '../../scoring/scoring-ports.ts'
import { ProblemError } from './problem-error.ts'

export interface AnswerRequestOptions {
  readonly score: ScoreSubmission
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
  readonly identityHeader?: IdentityHeader | null
}

/** One request, by itself or out of a batch, by whoever sent it (null: nobody showed a token). Throws ProblemError. */
export type AnswerRequest = (asked: VerdictRequest, bearer: Bearer | null) => Promise<VerdictAnswer>

/** A clock may be ahead of ours by this much; a message from further in the future is a fault, and would spoil habits. */
const maxAheadMs = 300_000

/** Who asks decides what counts: only a token of scope `score` may teach, and may say when the message was received. */
export function createAnswerRequest({
  score,
  newId,
  clock,
  identityHeader = null
}: AnswerRequestOptions): AnswerRequest {
  return async function answerRequest(asked, bearer) {
    const now = clock()
    const trusted = bearer !== null && hasScope(bearer, 'score')
    if (trusted && (asked.receivedAt ?? now) > now + maxAheadMs) throw futureReceivedAt()
    const caller = bearer?.id ?? 'loopback'
    const by = { caller, trusted, submissionId: newId(), now, identityHeader }
    return toAnswer(await score(toSubmission(asked, by)))
  }
}

function toAnswer(outcome: ScoreOutcome): VerdictAnswer {
  switch (outcome.kind) {
    case 'scored':
      return outcome.verdict
    case 'id-reused':
      throw new ProblemError('ID_REUSED', { detail: 'The id came before with another message or envelope' })
    case 'overloaded':
      throw new ProblemError('OVERLOADED', {
        headers: { 'retry-after': String(Math.ceil(outcome.retryAfterMs / 1000)) }
      })
  }
}

function futureReceivedAt(): ProblemError {
  const message = 'must not lie in the future'
  return new ProblemError('REQUEST_INVALID', {
    detail: `receivedAt: ${message}`,
    errors: [{ path: 'receivedAt', message }]
  })
}
