import type { AlignmentForecast } from '../message/alignment.ts'
import type { MalwareFinding } from '../message/malware.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { ScoringModels } from '../models/model-ports.ts'
import type { Observation } from '../observation/observation.ts'
import type { DirectionOf } from '../senders/direction.ts'
import type { SenderKey, SenderSnapshot, SenderStore } from '../senders/sender-store.ts'
import { composeVerdict } from '../verdict/compose-verdict.ts'
import { decide, type Decision, type Findings } from '../verdict/decide.ts'
import type { ForeignIdentity } from '../verdict/foreign-identity.ts'
import { probabilityOf } from '../verdict/fuse-risk.ts'
import { remainingToday, type Cost, type Limits } from '../verdict/limits.ts'
import type { Policy } from '../verdict/policy.ts'
import { priorityOf } from '../verdict/priority.ts'
import { toReason } from '../verdict/reasons/reason.ts'
import type { Thresholds } from '../verdict/budget/thresholds.ts'
import type { Priority, Verdict } from '../verdict/verdict.ts'
import { chargedAt } from './arrived.ts'
import type { KnownMessage } from './asked-again/known-message.ts'
import type { Question } from './asked-again/question.ts'
import type { Judgement } from './judging/judge.ts'
import type { OutsideEvidence } from './judging/outside-evidence.ts'
import { limitsBroken } from './limits-broken.ts'
import { priorityFactsOf, unreadPriorityFacts } from './priority-facts.ts'
import type { Headline } from './scoring-ports.ts'

/** Everything known of a submission before its verdict. */
export interface Case {
  readonly submission: Submission
  readonly identity: SenderIdentity
  readonly sender: SenderKey
  readonly question: Question | null
  readonly earlier: KnownMessage | null
  /** null: it could not be read. */
  readonly observation: Observation | null
  readonly headline: Headline | null
  readonly unreadable: Findings['unreadable']
  readonly snapshot: SenderSnapshot
  /** Those in force when it came: the verdict names them. */
  readonly thresholds: Thresholds
  readonly judgement: Judgement
  /** Of the message with all of its recipients, and what of it is not charged yet. */
  readonly cost: Cost
  readonly owed: Cost
  readonly outside: OutsideEvidence
  /** What of it is worth telling. */
  readonly alignment: AlignmentForecast | null
  /** Whom it names that its sender may not write as. */
  readonly foreign: readonly ForeignIdentity[]
  /** null: clean, or not looked at. */
  readonly malware: MalwareFinding | null
  /** Version of the installation's counts that it was judged by. */
  readonly priors: number
}

export interface SettleOptions {
  readonly models: ScoringModels
  readonly policy: Policy
  /** What a sender may send. */
  readonly limitsOf: (sender: SenderKey) => Limits
  /** Says when there is room again. */
  readonly senders: Pick<SenderStore, 'freeAt'>
  readonly directionOf: DirectionOf
  readonly newId: () => string
  /** Epoch ms. */
  readonly clock: () => number
}

export interface Settled {
  readonly verdict: Verdict
  readonly decision: Decision
  /** Counts against the limits: all but what is refused, rerouted, or held by a limit (its release will be charged). */
  readonly isCharged: boolean
  /** Held, and its client is told to come again: it would be charged if it were kept. */
  readonly isRefused: boolean
  /** Nothing but limits holds it. `recoversAt`: epoch ms; null: it is larger than a limit. */
  readonly limited: { readonly recoversAt: number | null } | null
  /** Some recipient of the message is outside of the sender's own domain. */
  readonly external: boolean
}

/** What may have changed while a message was judged: what its sender has used of the limits, and the sender's state. */
export type Standing = Pick<SenderSnapshot, 'usage' | 'containment'>

/** The verdict of a case by how its sender stands at this moment. Synchronous, so that it can run inside the transaction. */
export type Settle = (known: Case, standing: Standing, durationMs: number) => Settled

export function createSettle(options: SettleOptions): Settle {
  const { models, policy, limitsOf, senders, directionOf, newId, clock } = options
  const versions = { takeover: models.takeover?.version ?? null, content: models.content?.version ?? null }
  return function settle(known, standing, durationMs) {
    const { submission, identity, sender, snapshot, thresholds, judgement, owed, earlier } = known
    const limits = limitsOf(sender)
    const { broken, recoversAt } = limitsBroken(
      { limits, usage: standing.usage, owed, sender, at: chargedAt(known) },
      senders
    )
    const external =
      earlier?.external === true || directionOf(identity, submission.envelope.rcptTo) === 'external'
    const decision = decide(findingsOf(known, standing, { policy, external, brokenLimits: broken }))
    const limited = decision.isLimited && decision.verdict === 'hold' ? { recoversAt } : null
    const { isCharged, isRefused } = fateOf(submission, decision, broken.length > 0)
    const verdict = composeVerdict({
      id: earlier?.answer.id ?? newId(),
      requestId: submission.requestId,
      decidedAt: clock(),
      identity,
      messagesSeen: snapshot.profile.messagesSeen,
      containment: standing.containment,
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
      remainingToday: remainingToday(limits, standing.usage, isCharged ? (owed.messages ?? 1) : 0),
      durationMs
    })
    return { verdict, decision, isCharged, isRefused, limited, external }
  }
}

function findingsOf(
  { submission, snapshot, thresholds, judgement, cost, earlier, outside, ...known }: Case,
  { containment }: Standing,
  more: Pick<Findings, 'policy' | 'external' | 'brokenLimits'>
): Findings {
  return {
    ...more,
    riskLogit: judgement.riskLogit,
    spamLogit: judgement.spamLogit,
    thresholds,
    containment,
    knownCampaign: outside.knownCampaign,
    unreadable: known.unreadable,
    messagesSeen: snapshot.profile.messagesSeen,
    newRecipients: cost.newRecipients,
    contentUnseen: known.observation?.shows === 'envelope',
    shadow: submission.shadow === true,
    heldBefore: submission.heldBefore,
    alignment: known.alignment,
    foreign: known.foreign,
    malware: known.malware,
    earlier
  }
}

function fateOf(
  { onHold = 'kept' }: Submission,
  { verdict }: Decision,
  isLimited: boolean
): Pick<Settled, 'isCharged' | 'isRefused'> {
  const isHeld = verdict === 'hold' && !isLimited
  return {
    isCharged: verdict === 'allow' || (isHeld && onHold === 'kept'),
    isRefused: isHeld && onHold === 'refused'
  }
}

function priority(
  { observation, headline, snapshot, thresholds, judgement, cost }: Case,
  decision: Decision
): Priority {
  const risk = judgement.riskLogit === null ? 0 : probabilityOf(judgement.riskLogit)
  const facts =
    observation !== null && headline !== null
      ? priorityFactsOf(observation, snapshot.profile, headline, cost)
      : unreadPriorityFacts(cost)
  return priorityOf({ ...facts, suspicious: decision.judged !== 'allow' || risk >= thresholds.suspicious })
}
