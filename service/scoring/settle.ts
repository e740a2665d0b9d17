import { domainOf } from '../message/address.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { ScoringModels } from '../models/model-ports.ts'
import type { LimitUsage, SenderKey, SenderSnapshot } from '../senders/sender-store.ts'
import { composeVerdict } from '../verdict/compose-verdict.ts'
import { decide, type Decision } from '../verdict/decide.ts'
import { probabilityOf } from '../verdict/fuse-risk.ts'
import { brokenLimits, remainingToday, type Cost, type Limits } from '../verdict/limits.ts'
import type { Policy } from '../verdict/policy.ts'
import { priorityOf } from '../verdict/priority.ts'
import { toReason } from '../verdict/reason.ts'
import type { Thresholds } from '../verdict/thresholds.ts'
import type { Priority, Verdict } from '../verdict/verdict.ts'
import type { Judgement } from './judge.ts'
import { priorityFactsOf, unreadPriorityFacts } from './priority-facts.ts'
import type { ObserveOutcome } from './scoring-ports.ts'

/** Everything known of a submission before its verdict. */
export interface Case {
  readonly submission: Submission
  readonly identity: SenderIdentity
  readonly sender: SenderKey
  readonly observed: ObserveOutcome
  readonly snapshot: SenderSnapshot
  readonly judgement: Judgement
  readonly cost: Cost
}

export interface SettleOptions {
  readonly models: ScoringModels
  readonly policy: Policy
  readonly limits: Limits
  readonly thresholds: Thresholds
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
}

export interface Settled {
  readonly verdict: Verdict
  readonly decision: Decision
  /** Counts against the limits: all but what is refused, and what a limit holds (its release will be charged). */
  readonly isCharged: boolean
}

/** The verdict of a case by what the sender has used of its limits at this moment. Synchronous, so that it can run inside the transaction. */
export type Settle = (known: Case, usage: LimitUsage, durationMs: number) => Settled

export function createSettle({ models, policy, limits, thresholds, newId, clock }: SettleOptions): Settle {
  const versions = { takeover: models.takeover?.version ?? null, content: models.content?.version ?? null }
  return function settle(known, usage, durationMs) {
    const { submission, identity, snapshot, judgement, cost } = known
    const broken = brokenLimits(limits, usage, cost)
    const decision = decide({
      riskLogit: judgement.riskLogit,
      spamLogit: judgement.spamLogit,
      thresholds,
      policy,
      containment: snapshot.containment,
      external: isExternal(known),
      unreadable: known.observed.kind === 'unreadable' ? known.observed : null,
      brokenLimits: broken,
      messagesSeen: snapshot.profile.messagesSeen,
      newRecipients: cost.newRecipients
    })
    const isCharged = decision.verdict === 'allow' || (decision.verdict === 'hold' && broken.length === 0)
    const verdict = composeVerdict({
      id: newId(),
      requestId: submission.requestId,
      decidedAt: clock(),
      identity,
      messagesSeen: snapshot.profile.messagesSeen,
      containment: snapshot.containment,
      decision,
      reasons: [
        ...decision.reasons.map(({ code, evidence }) => toReason(code, 0, evidence)),
        ...judgement.reasons
      ],
      priority: priority(known, decision, thresholds),
      riskLogit: judgement.riskLogit,
      takeoverLogit: judgement.takeoverLogit,
      spamLogit: judgement.spamLogit,
      thresholds,
      policy,
      models: versions,
      degraded: judgement.failed || versions.takeover === null || versions.content === null,
      remainingToday: remainingToday(limits, usage, isCharged ? 1 : 0),
      durationMs
    })
    return { verdict, decision, isCharged }
  }
}

function priority(
  { observed, snapshot, judgement, cost }: Case,
  decision: Decision,
  thresholds: Thresholds
): Priority {
  const risk = judgement.riskLogit === null ? 0 : probabilityOf(judgement.riskLogit)
  const facts =
    observed.kind === 'observed'
      ? priorityFactsOf(observed.observation, snapshot.profile, observed.headline, cost)
      : unreadPriorityFacts(cost)
  return priorityOf({ ...facts, suspicious: decision.judged !== 'allow' || risk >= thresholds.suspicious })
}

/** Some recipient is outside of the sender's own domain; a sender without a domain has no inside. */
function isExternal({ identity, submission }: Case): boolean {
  const own = identity.id.slice(identity.id.lastIndexOf('@') + 1)
  return submission.envelope.rcptTo.some((address) => domainOf(address) !== own)
}
