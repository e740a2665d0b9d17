import type { BudgetThreshold } from '../../models/model-ports.ts'
import { logit } from '../log-odds.ts'
import { pointsOf } from './thresholds.ts'

/** How high honest mail scores, as the model's manifest measured it: the thresholds of all budgets, read as one curve. */
export interface HonestTail {
  /** The log-odds of risk above which this share of honest mail lies. */
  thresholdAt(share: number): number
  /** The share of honest mail above these log-odds. */
  shareAbove(riskLogit: number): number
}

interface Point {
  readonly lnShare: number
  readonly at: number
}

/** Where one budget was measured: an exponential tail of one log-odds an e-fold, about what all measured ones show. */
const usualSlope = 1
/** Where two budgets were measured to have one threshold, every share still has its own. */
const leastSlope = 0.05

/**
 * Straight lines through the measured thresholds in log-odds over the logarithm of the share: what an exponential tail is. The outer
 * lines go on beyond the measured budgets. `measured` ascends by budget.
 */
export function honestTailOf(measured: readonly BudgetThreshold[]): HonestTail {
  const line: Point[] = []
  for (const { budgetPer10k, hold } of pointsOf(measured)) {
    const lnShare = Math.log(budgetPer10k / 10_000)
    const before = line.at(-1)
    const most = before === undefined ? Infinity : before.at - leastSlope * (lnShare - before.lnShare)
    line.push({ lnShare, at: Math.min(logit(hold), most) })
  }
  return {
    thresholdAt(share) {
      const lnShare = Math.log(Math.min(1, Math.max(1e-9, share)))
      const [left, slope] = segment(line, (point) => point.lnShare >= lnShare)
      return left.at - slope * (lnShare - left.lnShare)
    },
    shareAbove(riskLogit) {
      const [left, slope] = segment(line, (point) => point.at <= riskLogit)
      return Math.min(1, Math.exp(left.lnShare - (riskLogit - left.at) / slope))
    }
  }
}

/** A point of the line that a place lies on, and how steeply the line falls there. `isBeyond`: the point lies right of the place. */
function segment(line: readonly Point[], isBeyond: (point: Point) => boolean): readonly [Point, number] {
  const found = line.findIndex(isBeyond)
  const last = line.length - 1
  const right = Math.max(1, found === -1 ? last : found)
  const [a, b] = [line[right - 1], line[right]]
  if (a === undefined || b === undefined) return [a ?? { lnShare: 0, at: 0 }, usualSlope]
  return [a, (a.at - b.at) / (b.lnShare - a.lnShare)]
}
