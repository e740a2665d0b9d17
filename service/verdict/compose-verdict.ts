import type { Containment } from '../message/containment.ts'
import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Decision } from './decide.ts'
import { probabilityOf } from './fuse-risk.ts'
import { logit } from './log-odds.ts'
import type { Policy } from './policy.ts'
import { blockScore, scoreOf } from './budget/score-scale.ts'
import type { Thresholds } from './budget/thresholds.ts'
import type { Hold, Priority, Reason, Verdict } from './verdict.ts'

/** Everything that an answer is made of. */
export interface VerdictParts {
  readonly id: string
  readonly requestId: string | null
  /** Epoch ms of the decision: holds end this much later. */
  readonly decidedAt: number
  readonly identity: SenderIdentity
  readonly messagesSeen: number
  readonly containment: Containment
  readonly decision: Decision
  readonly reasons: readonly Reason[]
  readonly priority: Priority
  readonly riskLogit: number | null
  readonly takeoverLogit: number | null
  readonly spamLogit: number | null
  readonly thresholds: Thresholds
  readonly policy: Policy
  readonly models: { readonly takeover: string | null; readonly content: string | null }
  /** Something that should have judged the message did not. */
  readonly degraded: boolean
  readonly remainingToday: number
  readonly durationMs: number
}

/** The answer of DESIGN.md section 7.1. Without a model's risk, what is stated is the prior: nothing is known. */
export function composeVerdict(parts: VerdictParts): Verdict {
  const { decision, policy, thresholds, identity, models } = parts
  const riskLogit = parts.riskLogit ?? logit(policy.badPrior)
  return {
    id: parts.id,
    verdict: decision.verdict,
    risk: probability(riskLogit),
    priority: parts.priority,
    scores: { takeover: probabilityOrNull(parts.takeoverLogit), spam: probabilityOrNull(parts.spamLogit) },
    score: scoreOf(riskLogit, thresholds, policy.badPrior, decision.verdict),
    requiredScore: blockScore,
    sender: {
      id: identity.id,
      strength: identity.strength,
      messagesSeen: parts.messagesSeen,
      containment: parts.containment
    },
    reasons: parts.reasons,
    models: { ...models, priority: null },
    thresholds: { hold: significant(thresholds.hold), block: significant(thresholds.block) },
    hold: decision.verdict === 'hold' ? holdOf(decision, parts.decidedAt, policy) : null,
    limits: { remainingToday: parts.remainingToday },
    submissionId: parts.requestId,
    holdId: null,
    duplicate: false,
    degraded: parts.degraded,
    durationMs: parts.durationMs
  }
}

/** A soft hold ends by itself; a hard one waits for a decision, until its time is over. */
function holdOf({ hold }: Decision, at: number, policy: Policy): Hold {
  if (hold === 'soft') {
    return { kind: 'soft', until: inMinutes(at, policy.softHoldMinutes), onTimeout: 'release' }
  }
  return { kind: 'hard', until: inMinutes(at, policy.holdHours * 60), onTimeout: policy.onHoldExpiry }
}

function inMinutes(at: number, minutes: number): string {
  return new Date(at + minutes * 60_000).toISOString()
}

function probabilityOrNull(logOdds: number | null): number | null {
  return logOdds === null ? null : probability(logOdds)
}

function probability(logOdds: number): number {
  return significant(probabilityOf(logOdds))
}

/** Six digits of the distance to the nearer end: the logit survives the rounding at both. */
function significant(p: number): number {
  return p < 0.5 ? Number(p.toPrecision(6)) : Number((1 - Number((1 - p).toPrecision(6))).toPrecision(15))
}
