import type { SenderStore } from '../senders/sender-store.ts'
import type { Repeatable } from './idempotency.ts'
import { mayLearn } from './learn.ts'
import type { Kept, Scored } from './scoring-ports.ts'
import type { Case, Settle } from './settle.ts'

/** What the caller does inside the transaction with the verdict: the pipeline keeps the message there. */
export type Alongside = ((scored: Scored) => Kept) | undefined

export interface CommitOptions {
  readonly senders: SenderStore
  readonly settle: Settle
  /** Epoch ms. */
  readonly clock: () => number
}

/**
 * Runs inside the transaction: the verdict by the limits as they stand now (a concurrent message may just have been charged), then every
 * effect of the message. Synchronous.
 */
export function createCommit({ senders, settle, clock }: CommitOptions) {
  return function commit(
    known: Case,
    repeatable: Repeatable | null,
    alongside: Alongside,
    durationMs: number
  ): Scored {
    const { submission, identity, sender, observed, cost } = known
    const at = submission.receivedAt
    const { verdict, decision, isCharged } = settle(known, senders.usage(sender, at), durationMs)
    const headline = observed.kind === 'observed' ? observed.headline : null
    const holdId = alongside?.({ verdict, headline }).holdId ?? null
    const answer = { ...verdict, holdId }
    const observation = observed.kind === 'observed' ? observed.observation : null
    if (isCharged) senders.charge(sender, { at, ...cost })
    if (observation !== null && mayLearn({ submission, identity, decision, observation })) {
      senders.learn(sender, submission.id, observation)
    }
    if (repeatable !== null) {
      senders.remember(repeatable.key, { digest: repeatable.digest, at: clock(), answer })
    }
    senders.recordVerdict({ id: answer.id, sender, at, messageId: headline?.messageId ?? null, answer })
    return { verdict: answer, headline }
  }
}
