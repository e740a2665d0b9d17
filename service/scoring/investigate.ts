import type { AlignmentForecast } from '../message/alignment.ts'
import type { Submission } from '../message/submission.ts'
import { withRecipients } from '../observation/with-recipients.ts'
import type { SenderKey, SenderSnapshot, SenderStore } from '../senders/sender-store.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { brokenLimits, type Cost, type Limits } from '../verdict/limits.ts'
import type { Policy } from '../verdict/policy.ts'
import { leastHeld } from '../verdict/budget/thresholds.ts'
import { chargedAt, type Arrived } from './arrived.ts'
import { costsOf } from './cost.ts'
import { installationAround } from './judging/installation-around.ts'
import { nothingJudged, type Judge } from './judging/judge.ts'
import {
  gatherEvidence,
  gatherOutcomes,
  noOutsideEvidence,
  type OutsideMemories
} from './judging/outside-evidence.ts'
import type { Observer } from './scoring-ports.ts'
import type { Case } from './settle.ts'
import type { ThresholdsInForce } from './thresholds-in-force.ts'
import type { FindForeign } from './foreign-identities.ts'
import type { ScanMalware } from './malware/scan-malware.ts'
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
  /** Without one nothing is scanned. */
  readonly scanMalware?: ScanMalware
  readonly forecastAlignment?: ForecastAlignment
  /** Without one nobody's mail names anybody foreign. */
  readonly findForeign?: FindForeign
}

/** What receivers will see of a message that leaves through us (DMARC). Never rejects, and takes no longer than a look into a cache. */
export type ForecastAlignment = (submission: Submission) => Promise<AlignmentForecast>

/** observation → profile → features → models: all that is known of a submission. Changes nothing. */
export function createInvestigate(options: InvestigateOptions) {
  const { observer, senders, judge, limitsOf, metrics, memories, policy, thresholds: inForce } = options
  return async function investigate(arrived: Arrived): Promise<Case> {
    const { submission, identity, sender, earlier } = arrived
    const [observed, malware, alignment] = await Promise.all([
      observer.observe(submission),
      options.scanMalware?.(submission) ?? null,
      alignmentOf(submission, options.forecastAlignment)
    ])
    // Taken after the wait: what was learned meanwhile counts
    const snapshot = snapshotFor(arrived, senders)
    const { profile } = snapshot
    const common = {
      ...arrived,
      snapshot,
      thresholds: inForce.now(),
      malware,
      alignment,
      foreign: options.findForeign?.(submission, identity) ?? [],
      priors: senders.priors.counts.version()
    }
    if (observed.kind === 'unreadable') {
      metrics.count('sluice_unreadable_total', { cause: observed.cause })
      const unread = { observation: null, headline: null, unreadable: observed }
      const unjudged = { judgement: nothingJudged, outside: noOutsideEvidence }
      return { ...common, ...unread, ...unjudged, ...costsOf(arrived, null, profile) }
    }
    const { headline } = observed
    const observation = withRecipients(observed.observation, earlier?.recipients ?? [])
    const costs = costsOf(arrived, observation, profile)
    const isHeldAnyway = policyHolds(snapshot, costs.owed, limitsOf(sender))
    const wholeFrom = submission.explain || isHeldAnyway ? 0 : leastHeld(common.thresholds, policy)
    const installation = installationAround(senders, sender, profile)
    const seen = { submission, sender, observation, profile, cost: costs.cost, installation }
    const outside =
      observation.shows === 'envelope'
        ? gatherOutcomes(memories, { sender, at: submission.receivedAt })
        : gatherEvidence(memories, sightingOf(seen))
    const judgement = await judge(observation, profile, wholeFrom, installation, outside.terms)
    return { ...common, observation, headline, unreadable: null, judgement, outside, ...costs }
  }
}

/** What is well is told to those who ask for explanations. */
async function alignmentOf(
  submission: Submission,
  forecast: ForecastAlignment | undefined
): Promise<AlignmentForecast | null> {
  if (forecast === undefined || submission.isSentByUs !== true) return null
  const alignment = await forecast(submission)
  const isWell = alignment.kind === 'aligned' || alignment.kind === 'unpublished'
  return isWell && !submission.explain ? null : alignment
}

/** What the message itself has taught since it was asked about first must not speak for it. */
function snapshotFor(arrived: Arrived, senders: SenderStore): SenderSnapshot {
  const { submission, sender, earlier } = arrived
  const snapshot = senders.snapshot(sender, chargedAt(arrived))
  if (earlier?.isLearned !== true) return snapshot
  return { ...snapshot, profile: senders.profileBefore(sender, submission.id) ?? snapshot.profile }
}

/** It will be held or blocked whatever the models say, and whoever decides on it will want to know what they say. */
function policyHolds({ containment, usage }: SenderSnapshot, cost: Cost, limits: Limits): boolean {
  return (
    containment === 'restricted' ||
    containment === 'suspended' ||
    brokenLimits(limits, usage, cost).length > 0
  )
}
