import type { Submission } from '../../message/submission.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import { repeated } from './repeated.ts'
import type { ScoreOutcome } from '../scoring-ports.ts'
import { relationOf, type KnownMessage } from './known-message.ts'
import type { Question } from './question.ts'

/** The questions of mail servers about messages that they name by a queue id (docs/decisions/0013). */
export interface AnswerQuestions {
  /**
   * Answers what was answered before; else runs `score` with what is known of the message, one question about it after the other. A
   * rejected one leaves the next to try.
   */
  answer(question: Question, submission: Submission, score: ScoreKnown): Promise<ScoreOutcome>
  /** Inside the transaction. */
  remember(question: Question, message: KnownMessage): void
  /** For callers whose questions leave no trace in the store: in memory, the newest ones. */
  rememberUntraced(question: Question, message: KnownMessage): void
}

/** `known`: null for a message that was not asked about before. */
export type ScoreKnown = (known: KnownMessage | null) => Promise<ScoreOutcome>

interface Remembered {
  readonly digest: string
  readonly message: KnownMessage
}

const maxUntraced = 2_000

export function createAnswerQuestions(
  senders: Pick<SenderStore, 'remembered' | 'remember'>
): AnswerQuestions {
  const running = new Map<string, Promise<ScoreOutcome>>()
  const untraced = new Map<string, Remembered>()

  async function answer(
    question: Question,
    submission: Submission,
    score: ScoreKnown
  ): Promise<ScoreOutcome> {
    // A trial run is not the message itself
    const place = `${submission.learn} ${question.key}`
    const before = running.get(place)
    const turn = before === undefined ? inTurn() : before.then(inTurn, inTurn)
    running.set(place, turn)
    try {
      return await turn
    } finally {
      if (running.get(place) === turn) running.delete(place)
    }

    function inTurn(): Promise<ScoreOutcome> {
      const remembered = find(question, submission)
      if (remembered === undefined) return score(null)
      const { digest, message } = remembered
      const relation = relationOf(message, question)
      const isSame = relation === 'same' || (relation === 'more' && digest === question.digest)
      if (isSame) return Promise.resolve(repeated(message.answer))
      return score(relation === 'more' ? message : null)
    }
  }

  function find({ sender, key, at }: Question, { learn }: Submission): Remembered | undefined {
    const durable = senders.remembered(sender, key, at)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `remember` writes under these keys
    if (durable !== undefined) return { digest: durable.digest, message: durable.answer as KnownMessage }
    return learn === 'never' ? untraced.get(key) : undefined
  }

  return {
    answer,
    remember({ sender, key, digest, at }, message) {
      senders.remember(sender, key, { digest, at, answer: message })
    },
    rememberUntraced({ key, digest }, message) {
      untraced.delete(key)
      untraced.set(key, { digest, message })
      const [oldest] = untraced.keys()
      if (untraced.size > maxUntraced && oldest !== undefined) untraced.delete(oldest)
    }
  }
}
