import { isProven } from '../message/sender-identity.ts'
import type { CampaignMemory } from '../senders/campaigns/campaign-memory.ts'
import type { SenderStore, VerdictRecord } from '../senders/sender-store.ts'
import type { Decision } from '../verdict/decide.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { chargedAt } from './arrived.ts'
import type { Remember } from './asked-again/remembering.ts'
import type { CountScore } from './count-score.ts'
import { learnFrom } from './learn.ts'
import type { Concluded, Kept, Scored } from './scoring-ports.ts'
import type { Case, Settle, Settled, Standing } from './settle.ts'

/** What the caller does inside the transaction with the verdict: the pipeline keeps the message there. */
export type Alongside = ((scored: Scored) => Kept) | undefined

export interface CommitOptions {
  readonly senders: SenderStore
  readonly campaigns: Pick<CampaignMemory, 'record'>
  readonly settle: Settle
  readonly countScore: CountScore
  /** Who else remembers the verdict: called last, inside the transaction. */
  readonly onConcluded?: (concluded: Concluded) => void
}

/** What was concluded, and by what. */
export interface Committed extends Scored {
  readonly settled: Settled
  readonly standing: Standing
  /** Its risk moves the thresholds. */
  readonly isCounted: boolean
}

/**
 * Runs inside the transaction: the verdict by how the sender stands now (a concurrent message may just have been charged, or have told
 * against the sender), then every effect of the message. Synchronous.
 */
export function createCommit({ senders, campaigns, settle, countScore, onConcluded }: CommitOptions) {
  return function commit(
    known: Case,
    remember: Remember | null,
    alongside: Alongside,
    durationMs: number
  ): Committed {
    const { sender, headline, owed, earlier } = known
    const at = chargedAt(known)
    const standing = { usage: senders.usage(sender, at), containment: senders.containment(sender) }
    const settled = settle(known, standing, durationMs)
    const { verdict, decision, isCharged } = settled
    const kept = alongside?.({ verdict, headline, limited: settled.limited })
    const answer = { ...verdict, holdId: kept?.holdId ?? earlier?.answer.holdId ?? null }
    const isCounted = countScore(known, settled, standing)
    if (isCharged) senders.charge(sender, { at, ...owed })
    const isLearned = learnFrom(known, decision, senders)
    recordSighting(known, decision, campaigns)
    if (kept?.isRemembered !== false) remember?.({ known, settled, answer, isLearned, isCounted })
    const record = recordOf(known, answer, senders)
    senders.recordVerdict(record)
    onConcluded?.({ ...known, decision, isLearned, isCharged, record })
    return { verdict: answer, headline, limited: settled.limited, settled, standing, isCounted }
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

/** What an earlier question showed stays known. */
function recordOf(
  { submission, sender, headline, priors, outside, earlier }: Case,
  answer: Verdict,
  senders: Pick<SenderStore, 'verdict'>
): VerdictRecord {
  const before = earlier === null ? undefined : senders.verdict(answer.id)
  return {
    id: answer.id,
    submissionId: submission.id,
    sender,
    at: submission.receivedAt,
    messageId: headline?.messageId ?? before?.messageId ?? null,
    answer,
    fingerprint: outside.sighting?.fingerprint ?? before?.fingerprint ?? null,
    priors
  }
}
