import type { Submission } from '../../message/submission.ts'
import { unionOf } from '../../observation/with-recipients.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import type { Arrived } from '../arrived.ts'
import type { Observer, ScoreOutcome } from '../scoring-ports.ts'
import { createAnswerQuestions, type AnswerQuestions } from './answer-questions.ts'
import { createIdempotency, repeatableOf, type Idempotency } from './idempotency.ts'
import { maxKnownRecipients, type KnownMessage } from './known-message.ts'
import { questionOf, type Question } from './question.ts'
import type { Done, Remembering } from './remembering.ts'

/** A message is scored once, however often it is asked about (DESIGN.md section 3, docs/decisions/0013). */
export interface AskedAgain {
  /** Answers what was answered before; else runs `score`, once, whoever else asks the same meanwhile. */
  once(arriving: Arriving, score: ScoreArrived): Promise<ScoreOutcome>
}

export type Arriving = Omit<Arrived, 'question' | 'earlier'>
export type ScoreArrived = (arrived: Arrived, remembering: Remembering) => Promise<ScoreOutcome>

export interface AskedAgainOptions {
  readonly senders: SenderStore
  readonly observer: Pick<Observer, 'recipients'>
  /** Epoch ms. */
  readonly clock: () => number
}

export function createAskedAgain(options: AskedAgainOptions): AskedAgain {
  const idempotency = createIdempotency(options.senders, options.clock)
  const questions = createAnswerQuestions(options.senders)
  return {
    once(arriving, score) {
      const { submission, sender } = arriving
      const question = questionOf(submission, sender, options)
      return question === null
        ? onceById(arriving, score, idempotency)
        : onceByQuestion(question, arriving, score, questions)
    }
  }
}

/** By the caller's own id, which names one message for good; without one nothing is ever a repetition. */
function onceById(arriving: Arriving, score: ScoreArrived, idempotency: Idempotency): Promise<ScoreOutcome> {
  const { submission, sender } = arriving
  const repeatable = repeatableOf(submission, sender)
  const remembering = idempotency.remembering(repeatable)
  return idempotency.once(repeatable, submission, () =>
    score({ ...arriving, question: null, earlier: null }, remembering)
  )
}

function onceByQuestion(
  question: Question,
  arriving: Arriving,
  score: ScoreArrived,
  questions: AnswerQuestions
): Promise<ScoreOutcome> {
  const remembering: Remembering = {
    durable: (done) => questions.remember(question, toKnown(done, question)),
    untraced: (done) => questions.rememberUntraced(question, toKnown(done, question))
  }
  return questions.answer(question, arriving.submission, (earlier) =>
    score(
      { ...arriving, submission: asFirstAsked(arriving.submission, earlier), question, earlier },
      remembering
    )
  )
}

/** All effects of a message stand under the id and the time of the first question about it. */
function asFirstAsked(submission: Submission, earlier: KnownMessage | null): Submission {
  if (earlier === null) return submission
  return { ...submission, id: earlier.submissionId, receivedAt: earlier.receivedAt }
}

function toKnown({ known, settled, answer, ...did }: Done, question: Question): KnownMessage {
  const { submission, earlier } = known
  const { decision, isCharged, external } = settled
  const recipients = unionOf(earlier?.recipients ?? [], question.recipients).slice(0, maxKnownRecipients)
  return {
    ...did,
    submissionId: submission.id,
    receivedAt: submission.receivedAt,
    judgedAt: question.at,
    answer,
    judged: decision.judged,
    hold: decision.hold,
    content: question.content ?? earlier?.content ?? null,
    recipients,
    charged: isCharged ? recipients.length : (earlier?.charged ?? null),
    external,
    isShadow: question.isShadow
  }
}
