import { behaviourGroups } from '../../features/behaviour.ts'
import type { GroupContribution } from '../../verdict/reasons/explain-reasons.ts'

/** The group of the reason `SENDER_UNKNOWN`. */
export const newcomerGroup = 'newcomer'

/**
 * A sender without history breaks no habit, which lowers the risk in every group; but nothing is "as usual" yet. What speaks for such a
 * message is summed up as one contribution.
 */
export function withoutHabits(shares: readonly GroupContribution[]): readonly GroupContribution[] {
  const contribution = shares.filter(lowers).reduce((sum, share) => sum + share.contribution, 0)
  const others = shares.filter((share) => !lowers(share))
  return contribution === 0 ? others : [...others, { group: newcomerGroup, contribution }]
}

function lowers({ group, contribution }: GroupContribution): boolean {
  return contribution < 0 && group in behaviourGroups && group !== 'passages'
}
