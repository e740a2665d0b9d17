import {
  feedbackAnswerSchema,
  feedbackSchema,
  type FeedbackAnswer,
  type FeedbackRequest
} from '../../../contracts/feedback.ts'
import type { Feedback, FeedbackOutcome, GiveFeedback } from '../../../operations/give-feedback.ts'
import type { ApiRoutes } from '../api-app.ts'
import { toTime } from '../message-answer.ts'
import { ProblemError } from '../problem-error.ts'
import { problemResponses } from '../problem-responses.ts'

const schema = {
  summary: 'Say what a message was',
  description:
    'By the id of its verdict, its Message-ID or its hold. Kept as a label, and acted on: `legitimate` of an operator or the sender ' +
    'teaches the sender’s habits; everything else makes them forget the message and counts against the sender; an operator’s ' +
    '`takeover` also forgets all that was learned since. The same said twice counts once.',
  tags: ['feedback'],
  security: [{ bearer: [] }],
  body: feedbackSchema,
  response: { 200: feedbackAnswerSchema, ...problemResponses }
}

/** `POST /v1/feedback`. */
export function feedbackRoutes({ giveFeedback }: { readonly giveFeedback: GiveFeedback }): ApiRoutes {
  return (app) => {
    app.post('/v1/feedback', { schema, config: { scope: 'feedback' } }, async (request) =>
      toAnswer(await giveFeedback(toFeedback(request.body, request.bearer?.id ?? 'unknown')))
    )
  }
}

function toFeedback(body: FeedbackRequest, by: string): Feedback {
  const { label, source, note } = body
  return { subject: subjectOf(body), label, source, note: note ?? null, by }
}

function subjectOf({ verdictId, messageId, holdId = '' }: FeedbackRequest): Feedback['subject'] {
  if (verdictId !== undefined) return { verdictId }
  return messageId === undefined ? { holdId } : { messageId }
}

function toAnswer(outcome: FeedbackOutcome): FeedbackAnswer {
  switch (outcome.kind) {
    case 'taken': {
      const { id, verdictId, label, source, at, stands } = outcome.record
      const { repeated, effects } = outcome
      return { id, verdictId, label, source, at: toTime(at), stands, repeated, effects: [...effects] }
    }
    case 'unknown':
      throw new ProblemError('NOT_FOUND', { detail: 'No verdict of the last 30 days is meant by it' })
    case 'ambiguous':
      throw new ProblemError('CONFLICT', {
        detail: `Several senders used this Message-ID; give one of these as verdictId: ${outcome.verdictIds.join(', ')}`
      })
    case 'too-many':
      throw new ProblemError('CONFLICT', { detail: 'Too much was said of this message already' })
  }
}
