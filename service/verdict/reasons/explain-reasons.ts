import { reasonForGroup } from './group-reasons.ts'
import { toReason } from './reason.ts'
import type { Evidence, Reason } from '../verdict.ts'

/** What one feature group did to the risk, in signed log-odds. */
export interface GroupContribution {
  readonly group: string
  readonly contribution: number
}

/** What people can check of a group; asked only for the groups that get a reason. */
export type EvidenceOf = (group: string) => Evidence

/** Below this a group is not worth a sentence. */
const leastWorthSaying = 0.05
const topOfAllow = 5

/** All contributions as reasons, greatest first: with small ones summed up and the baseline, they sum to the logit of risk. */
export function wholeReasons(
  base: number,
  groups: readonly GroupContribution[],
  evidenceOf: EvidenceOf
): readonly Reason[] {
  const loud = groups.filter(isLoud).toSorted(byWeight)
  const quiet = groups.filter((group) => !isLoud(group) && group.contribution !== 0)
  const rest = quiet.reduce((sum, group) => sum + group.contribution, 0)
  const small = quiet.length === 0 ? [] : [toReason('OTHER_SIGNALS', rest, { count: quiet.length })]
  return [...loud.map((group) => toGroupReason(group, evidenceOf)), ...small, toReason('BASELINE', base, {})]
}

/** The loudest few: enough for an allow, where nobody has to justify anything. */
export function topReasons(groups: readonly GroupContribution[], evidenceOf: EvidenceOf): readonly Reason[] {
  return groups
    .filter(isLoud)
    .toSorted(byWeight)
    .slice(0, topOfAllow)
    .map((group) => toGroupReason(group, evidenceOf))
}

function isLoud({ contribution }: GroupContribution): boolean {
  return Math.abs(contribution) >= leastWorthSaying
}

function byWeight(a: GroupContribution, b: GroupContribution): number {
  return Math.abs(b.contribution) - Math.abs(a.contribution)
}

function toGroupReason({ group, contribution }: GroupContribution, evidenceOf: EvidenceOf): Reason {
  const evidence = evidenceOf(group)
  return toReason(reasonForGroup(group, contribution, evidence), contribution, evidence)
}
