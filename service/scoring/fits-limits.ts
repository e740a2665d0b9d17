import { brokenLimits, type Cost, type Limits, type Usage } from '../verdict/limits.ts'

/** What a sender may send. */
export type LimitsOf<Sender> = (sender: Sender) => Limits

/** Whether a message of this cost is within the limits of a sender who has used this much of them. */
export function fitsLimits(limits: Limits, usage: Usage, cost: Cost): boolean {
  return brokenLimits(limits, usage, cost).length === 0
}
