import { isProven } from '../message/sender-identity.ts'
import type { SenderStore, VerdictRecord } from '../senders/sender-store.ts'
import type { Decision } from '../verdict/decide.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { CampaignMemory } from '../senders/campaigns/campaign-memory.ts'
import type { CountScore } from './count-score.ts'
import type { Repeatable } from './idempotency.ts'
import { mayLearn } from './learn.ts'
import type { Concluded, Kept, Scored } from './scoring-ports.ts'
import type { Case, Settle } from './settle.ts'

/** What the caller does inside the transaction with the verdict: the pipeline keeps the message there. */
export type Alongside = ((scored: Scored) => Kept) | undefined

export interface CommitOptions {
  readonly senders: SenderStore
  readonly campaigns: Pick<CampaignMemory, 'record'>
  readonly settle: Settle
  readonly countScore: CountScore
  /** Epoch ms. */
  readonly clock: () => number
  /** Who else remembers the verdict: called last, inside the transaction. */
  readonly onConcluded?: (concluded: Concluded) => void
}

/**
 * Runs inside the transaction: the verdict by how the sender stands now (a concurrent message may just have been charged, or have told
 * against the sender), then every effect of the message. Synchronous.
 */
export function createCommit({ senders, campaigns, settle, countScore, clock, onConcluded }: CommitOptions) {
  return function commit(
    known: Case,
    repeatable: Repeatable | null,
    alongside: Alongside,
    durationMs: number
  ): Scored {
    const { submission, identity, sender, observed, cost } = known
    const at = submission.receivedAt
    const standing = { usage: senders.usage(sender, at), containment: senders.containment(sender) }
    const settled = settle(known, standing, durationMs)
    const { verdict, decision, isCharged } = settled
    const headline = observed.kind === 'observed' ? observed.headline : null
    const holdId = alongside?.({ verdict, headline }).holdId ?? null
    const answer = { ...verdict, holdId }
    const observation = observed.kind === 'observed' ? observed.observation : null
    countScore(known, settled, standing)
    if (isCharged) senders.charge(sender, { at, ...cost })
    if (observation !== null && mayLearn({ submission, identity, decision, observation })) {
      senders.learn(sender, submission.id, observation)
    }
    recordSighting(known, decision, campaigns)
    if (repeatable !== null) {
      senders.remember(sender, repeatable.key, { digest: repeatable.digest, at: clock(), answer })
    }
    const record = recordOf(known, answer)
    senders.recordVerdict(record)
    onConcluded?.({ submission, identity, decision, observation, record })
    return { verdict: answer, headline }
  }
}

/** An identity that only MAIL FROM claims could play twenty senders, and make a stranger's text or site look like a campaign. */
function recordSighting(
  { submission, identity, outside }: Case,
  { judged }: Decision,
  campaigns: CommitOptions['campaigns']
): void {
  if (outside.sighting === null || submission.learn === 'never' || !isProven(identity)) return
  campaigns.record(outside.sighting, judged !== 'allow')
}

function recordOf({ submission, sender, observed, priors, outside }: Case, answer: Verdict): VerdictRecord {
  return {
    id: answer.id,
    submissionId: submission.id,
    sender,
    at: submission.receivedAt,
    messageId: observed.kind === 'observed' ? observed.headline.messageId : null,
    answer,
    fingerprint: outside.sighting?.fingerprint ?? null,
    priors
  }
}
