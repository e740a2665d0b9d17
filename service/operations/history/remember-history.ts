import type { MessageFacts } from '../../history/rows/message-row.ts'
import type { Concluded } from '../../scoring/scoring-ports.ts'
import type { SenderStore } from '../../senders/sender-store.ts'
import { givenVerdict } from '../find-verdicts.ts'

export interface RememberHistoryOptions {
  /** Inside the transaction. */
  readonly record: (facts: MessageFacts) => void
  /** Keyed hash of a Message-ID; '' for none. */
  readonly hashOf: (messageId: string | null) => string
  /** Names and order of the features that messages are judged by. */
  readonly featureDigest: string
  /** Number of the last change of a sender's habits. */
  readonly habitsOf: SenderStore['habits']
  /** Epoch ms. */
  readonly clock: () => number
}

/** Inside the transaction of a verdict: leaves a row of history, which replaces that of an earlier question about the same message. */
export function createRememberHistory({
  record,
  hashOf,
  featureDigest,
  habitsOf,
  clock
}: RememberHistoryOptions) {
  return function rememberHistory(concluded: Concluded): void {
    const { submission, observation, judgement, decision, isLearned, isCharged, snapshot } = concluded
    const { id, sender, at, messageId, priors = 0 } = concluded.record
    record({
      submissionId: submission.id,
      sender,
      caller: submission.caller,
      receivedAt: at,
      decidedAt: clock(),
      messageIdHash: hashOf(messageId),
      shadow: submission.shadow === true,
      sizeBytes: submission.sizeBytes,
      observation,
      features: judgement.features,
      featureDigest,
      riskLogit: judgement.riskLogit,
      takeoverLogit: judgement.takeoverLogit,
      spamLogit: judgement.spamLogit,
      verdict: { ...givenVerdict(concluded.record), id },
      judged: decision.judged,
      learned: isLearned,
      charged: isCharged,
      priors,
      reading: judgement.reading,
      habits: snapshot.habits,
      habitsMade: isLearned ? habitsOf(sender) : 0
    })
  }
}
