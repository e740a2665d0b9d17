import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { SenderKey, SenderSnapshot, SenderStore } from '../senders/sender-store.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { brokenLimits, type Cost, type Limits } from '../verdict/limits.ts'
import type { Policy } from '../verdict/policy.ts'
import { leastHeld } from '../verdict/thresholds.ts'
import { costOf } from './cost.ts'
import { installationAround } from './judging/installation-around.ts'
import { nothingJudged, type Judge } from './judging/judge.ts'
import { gatherEvidence, noOutsideEvidence, type OutsideMemories } from './judging/outside-evidence.ts'
import type { Observer } from './scoring-ports.ts'
import type { Case } from './settle.ts'
import type { ThresholdsInForce } from './thresholds-in-force.ts'
import { sightingOf } from './judging/sighting.ts'

export interface InvestigateOptions {
  readonly observer: Observer
  readonly senders: SenderStore
  readonly judge: Judge
  readonly thresholds: Pick<ThresholdsInForce, 'now'>
  readonly policy: Policy
  /** What a sender may send. */
  readonly limitsOf: (sender: SenderKey) => Limits
  readonly metrics: Pick<Metrics, 'count'>
  readonly memories: OutsideMemories
}

/** A submission, and whose it is. */
export interface Arrived {
  readonly submission: Submission
  readonly identity: SenderIdentity
  readonly sender: SenderKey
}

/** observation → profile → features → models: all that is known of a submission. Changes nothing. */
export function createInvestigate(options: InvestigateOptions) {
  const { observer, senders, judge, limitsOf, metrics, memories, policy, thresholds: inForce } = options
  return async function investigate({ submission, identity, sender }: Arrived): Promise<Case> {
    const observed = await observer.observe(submission)
    // Taken after the wait: what was learned meanwhile counts
    const snapshot = senders.snapshot(sender, submission.receivedAt)
    const { profile } = snapshot
    const thresholds = inForce.now()
    const priors = senders.priors.counts.version()
    if (observed.kind === 'unreadable') {
      metrics.count('sluice_unreadable_total', { cause: observed.cause })
      const cost = costOf(submission, null, profile)
      const unjudged = { judgement: nothingJudged, outside: noOutsideEvidence }
      return { submission, identity, sender, observed, snapshot, thresholds, cost, priors, ...unjudged }
    }
    const cost = costOf(submission, observed.observation, profile)
    const wholeFrom =
      submission.explain || policyHolds(snapshot, cost, limitsOf(sender)) ? 0 : leastHeld(thresholds, policy)
    const installation = installationAround(senders, sender, profile)
    const { observation } = observed
    const sighting = sightingOf({ submission, sender, observation, profile, cost, installation })
    const outside = gatherEvidence(memories, sighting)
    const judgement = await judge(observation, profile, wholeFrom, installation, outside.terms)
    return { submission, identity, sender, observed, snapshot, thresholds, judgement, cost, priors, outside }
  }
}

/** It will be held or blocked whatever the models say, and whoever decides on it will want to know what they say. */
function policyHolds({ containment, usage }: SenderSnapshot, cost: Cost, limits: Limits): boolean {
  return (
    containment === 'restricted' ||
    containment === 'suspended' ||
    brokenLimits(limits, usage, cost).length > 0
  )
}
