import type { Evidence } from './verdict.ts'

/**
 * Evidence that stands beside the models: a log-likelihood ratio, added to the log-odds of risk (Bayes, taking it as independent of what
 * the models saw; the caps bound what that costs where it is not). Never below 0: that nobody else sends a text clears no one.
 */
export interface EvidenceTerm {
  readonly group: 'campaignBody' | 'campaignLinks' | 'outcomes'
  /** Natural log, above 0. */
  readonly logLikelihoodRatio: number
  readonly evidence: Evidence
}

/** What other senders sent lately. Weights: senders, decayed by time. */
export interface CampaignFindings {
  readonly bodyMark: 'none' | 'bad' | 'good'
  readonly sameBodySenders: number
  readonly sameBodyWeight: number
  readonly sameBodyStopped: number
  readonly linkDomainFreshSenders: number
  readonly linkDomainWeight: number
  /** 0 to 1: how well the installation's ordinary mail is known. */
  readonly familiarity: number
}

interface Outcomes {
  readonly delivered: number
  readonly unknown: number
  readonly refused: number
  readonly complained: number
}

/** Decayed counts of what became of the sender's recipients. */
export interface OutcomeFindings {
  readonly day: Outcomes
  readonly week: Outcomes
  readonly usual: Outcomes
}

/** From the first column's value on, the second: log-likelihood ratios, a straight line between; the last is the cap. Measured in docs/decisions/0009. */
type Steps = readonly (readonly [from: number, ratio: number])[]

const bySameBody: Steps = [[0, 0], [1, 1], [2, 2.5], [3, 3.5], [5, 5]] // prettier-ignore
const byStopped: Steps = [[0, 0], [1, 1], [2, 2], [4, 3]] // prettier-ignore
const byLinkDomain: Steps = [[0, 0], [1, 0.5], [2, 1.5], [4, 3], [8, 4]] // prettier-ignore
const mostOfBody = 6
const confirmedBody = 9

/** Nothing found, no term: the risk of ordinary mail stays as the models state it. */
export function campaignTerms(found: CampaignFindings): readonly EvidenceTerm[] {
  const { familiarity, bodyMark, sameBodySenders, sameBodyStopped, linkDomainFreshSenders } = found
  const body = familiarity * ratioAt(bySameBody, found.sameBodyWeight) + ratioAt(byStopped, sameBodyStopped)
  const isKnown = bodyMark === 'bad'
  return [
    term('campaignBody', isKnown ? confirmedBody : Math.min(mostOfBody, body), {
      senders: sameBodySenders,
      stopped: Math.ceil(sameBodyStopped),
      known: isKnown
    }),
    term('campaignLinks', familiarity * ratioAt(byLinkDomain, found.linkDomainWeight), {
      senders: linkDomainFreshSenders
    })
  ].flat()
}

/** Shares of honest senders' recipients, and how many recipients that knowledge weighs. */
const unknownShare = 0.01
const refusedShare = 0.005
const usualWeight = 50
const recentWeight = 20
/** Complaints that a newsletter has to expect, by recipient. */
const complaintShare = 0.002

const byShare: Steps = [[0, 0], [Math.log(2), 0], [Math.log(5), 1], [Math.log(20), 2.5], [Math.log(40), 3]] // prettier-ignore
const byComplaints: Steps = [[0, 0], [1, 1], [2, 1.8], [5, 3]] // prettier-ignore
const mostOfOutcomes = 4

/** How the sender's recent recipients took the mail, against the sender's usual. */
export function outcomeTerms(found: OutcomeFindings): readonly EvidenceTerm[] {
  const { day, week, usual } = found
  const unknown = shareRatio(found, 'unknown', unknownShare)
  const refused = shareRatio(found, 'refused', refusedShare)
  const expected = complaintShare * (week.delivered + usual.delivered)
  const complained = ratioAt(byComplaints, Math.max(0, week.complained - expected))
  const all = Math.min(mostOfOutcomes, unknown + refused + complained)
  const evidence = {
    recipients: Math.round(week.delivered + week.unknown + week.refused),
    recipientsToday: Math.round(day.delivered + day.unknown + day.refused),
    ...(unknown > 0 && { unknown: Math.round(week.unknown) }),
    ...(refused > 0 && { refused: Math.round(week.refused) }),
    ...(complained > 0 && { complaints: Math.round(week.complained) })
  }
  return term('outcomes', all, evidence)
}

/** The greater of what the day and the week say. The first failure is free: a typing error is no evidence. */
function shareRatio(
  { day, week, usual }: OutcomeFindings,
  which: 'unknown' | 'refused',
  honest: number
): number {
  const before = (usual[which] + honest * usualWeight) / (sum(usual) + usualWeight)
  const ratios = [day, week].map((recent) => {
    const failed = Math.max(0, recent[which] - 1)
    const now = (failed + before * recentWeight) / (sum(recent) + recentWeight)
    return failed === 0 ? 0 : ratioAt(byShare, Math.log(now / before))
  })
  return Math.max(...ratios)
}

function sum({ delivered, unknown, refused }: Outcomes): number {
  return delivered + unknown + refused
}

function term(
  group: EvidenceTerm['group'],
  logLikelihoodRatio: number,
  evidence: Evidence
): readonly EvidenceTerm[] {
  return logLikelihoodRatio > 0 ? [{ group, logLikelihoodRatio, evidence }] : []
}

function ratioAt(steps: Steps, value: number): number {
  const above = steps.findIndex(([from]) => from > value)
  const [left, right] = [steps.at(above === -1 ? -1 : above - 1), steps[above]]
  if (left === undefined || value <= 0) return 0
  if (right === undefined) return left[1]
  return left[1] + ((right[1] - left[1]) * (value - left[0])) / (right[0] - left[0])
}
