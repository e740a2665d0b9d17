import type { SenderIdentity } from '../message/sender-identity.ts'
import type { Submission } from '../message/submission.ts'
import type { SenderKey, SenderSnapshot, SenderStore } from '../senders/sender-store.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { brokenLimits, type Cost, type Limits } from '../verdict/limits.ts'
import { costOf } from './cost.ts'
import { nothingJudged, type Judge } from './judge.ts'
import type { Observer } from './scoring-ports.ts'
import type { Case } from './settle.ts'

export interface InvestigateOptions {
  readonly observer: Observer
  readonly senders: SenderStore
  readonly judge: Judge
  readonly limits: Limits
  readonly metrics: Pick<Metrics, 'count'>
}

/** A submission, and whose it is. */
export interface Arrived {
  readonly submission: Submission
  readonly identity: SenderIdentity
  readonly sender: SenderKey
}

/** observation → profile → features → models: all that is known of a submission. Changes nothing. */
export function createInvestigate({ observer, senders, judge, limits, metrics }: InvestigateOptions) {
  return async function investigate({ submission, identity, sender }: Arrived): Promise<Case> {
    const observed = await observer.observe(submission)
    // Taken after the wait: what was learned meanwhile counts
    const snapshot = senders.snapshot(sender, submission.receivedAt)
    const { profile } = snapshot
    if (observed.kind === 'unreadable') {
      metrics.count('sluice_unreadable_total', { cause: observed.cause })
      const cost = costOf(submission, null, profile)
      return { submission, identity, sender, observed, snapshot, judgement: nothingJudged, cost }
    }
    const cost = costOf(submission, observed.observation, profile)
    const wholly = submission.explain || policyHolds(snapshot, cost, limits)
    const judgement = await judge(observed.observation, profile, wholly)
    return { submission, identity, sender, observed, snapshot, judgement, cost }
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
