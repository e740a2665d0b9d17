import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { ScoringModels } from '../models/model-ports.ts'
import type { DirectionOf } from '../senders/direction.ts'
import type { SenderKey, SenderSnapshot } from '../senders/sender-store.ts'
import { composeVerdict } from '../verdict/compose-verdict.ts'
import { decide, type Decision } from '../verdict/decide.ts'
import { probabilityOf } from '../verdict/fuse-risk.ts'
import { brokenLimits, remainingToday, type Cost, type Limits } from '../verdict/limits.ts'
import type { Policy } from '../verdict/policy.ts'
import { priorityOf } from '../verdict/priority.ts'
import { toReason } from '../verdict/reason.ts'
import type { Thresholds } from '../verdict/thresholds.ts'
import type { Priority, Verdict } from '../verdict/verdict.ts'
import type { Judgement } from './judging/judge.ts'
import type { OutsideEvidence } from './judging/outside-evidence.ts'
import { priorityFactsOf, unreadPriorityFacts } from './priority-facts.ts'
import type { ObserveOutcome } from './scoring-ports.ts'

/** Everything known of a submission before its verdict. */
export interface Case {
  readonly submission: Submission
  readonly identity: SenderIdentity
  readonly sender: SenderKey
  readonly observed: ObserveOutcome
  readonly snapshot: SenderSnapshot
  /** Those in force when it came: the verdict names them. */
  readonly thresholds: Thresholds
  readonly judgement: Judgement
  readonly cost: Cost
  readonly outside: OutsideEvidence
  /** Version of the installation's counts that it was judged by. */
  readonly priors: number
}

export interface SettleOptions {
  readonly models: ScoringModels
  readonly policy: Policy
  /** What a sender may send. */
  readonly limitsOf: (sender: SenderKey) => Limits
  readonly directionOf: DirectionOf
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

/** What may have changed while a message was judged: what its sender has used of the limits, and the sender's state. */
export type Standing = Pick<SenderSnapshot, 'usage' | 'containment'>

/** The verdict of a case by how its sender stands at this moment. Synchronous, so that it can run inside the transaction. */
export type Settle = (known: Case, standing: Standing, durationMs: number) => Settled

export function createSettle({ models, policy, limitsOf, directionOf, newId, clock }: SettleOptions): Settle {
  const versions = { takeover: models.takeover?.version ?? null, content: models.content?.version ?? null }
  return function settle(known, { usage, containment }, durationMs) {
    const { submission, identity, snapshot, thresholds, judgement, cost } = known
    const limits = limitsOf(known.sender)
    const broken = brokenLimits(limits, usage, cost)
    const decision = decide({
      riskLogit: judgement.riskLogit,
      spamLogit: judgement.spamLogit,
      thresholds,
      policy,
      containment,
      external: directionOf(identity, submission.envelope.rcptTo) === 'external',
      knownCampaign: known.outside.knownCampaign,
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
      containment,
      decision,
      reasons: [
        ...decision.reasons.map(({ code, evidence }) => toReason(code, 0, evidence)),
        ...judgement.reasons
      ],
      priority: priority(known, decision),
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

function priority({ observed, snapshot, thresholds, judgement, cost }: Case, decision: Decision): Priority {
  const risk = judgement.riskLogit === null ? 0 : probabilityOf(judgement.riskLogit)
  const facts =
    observed.kind === 'observed'
      ? priorityFactsOf(observed.observation, snapshot.profile, observed.headline, cost)
      : unreadPriorityFacts(cost)
  return priorityOf({ ...facts, suspicious: decision.judged !== 'allow' || risk >= thresholds.suspicious })
}
