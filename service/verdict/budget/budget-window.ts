import { scoreTailOf, type RecentScores } from './estimate-threshold.ts'
import { probabilityOf } from '../fuse-risk.ts'
import type { HonestTail } from './honest-tail.ts'
import { logit } from '../log-odds.ts'
import { beginTrail, dayBefore, extendTrail, type Trail } from './rise-limit.ts'
import type { Thresholds } from './thresholds.ts'

/** When and how far the installation's own scores move the thresholds (`[policy.budgetWindow]`). */
export interface BudgetWindowOptions {
  /** With fewer messages or senders the manifest's thresholds hold. */
  readonly minMessages: number
  readonly minSenders: number
  /** No sender has more than this of the weight. */
  readonly maxSenderShare: number
  /** Log-odds that a threshold may lie above what it was a day before. */
  readonly maxRisePerDayLogit: number
}

/** Thresholds as they have moved. Plain numbers: stored as it is. */
export interface BudgetState {
  readonly budgetPer10k: number
  /** Of what it was computed: messages in the window, their senders, and how many were counted in all. */
  readonly messages: number
  readonly senders: number
  readonly counted: number
  /** Epoch ms. */
  readonly computedAt: number
  readonly isFilled: boolean
  readonly hold: MovedThreshold
  /** For ten budgets. */
  readonly suspicious: MovedThreshold
}

/** Log-odds of risk. */
export interface MovedThreshold {
  readonly value: number
  /** What the scores alone ask for. */
  readonly wanted: number
  /** The highest it may go. */
  readonly bound: number
  readonly trail: Trail
}

export interface MoveOptions extends BudgetWindowOptions {
  /** What the thresholds start from. */
  readonly manifest: Pick<Thresholds, 'hold' | 'suspicious'>
  readonly tail: HonestTail
  readonly budgetPer10k: number
}

/** The window as it is now. */
export interface WindowNow {
  readonly scores: RecentScores
  /** Scores ever counted, those that have left the window among them. */
  readonly counted: number
  /** Epoch ms. */
  readonly at: number
}

/** A threshold stays between those of a tenth of its budget and of ten, and may move at least this far (log-odds; decision 8). */
const leastRise = 2
const leastFall = 1
const reach = 10

/**
 * Moves the thresholds towards what the installation's own traffic asks for: the log-odds above which a budget of it lies. `previous`
 * of another budget is not gone on from.
 *
 * Guards (DESIGN.md section 4): below `minMessages` and `minSenders` the manifest's thresholds hold; one sender is a small part of all
 * and of what lies above; a rise takes its time, measured from a day before, and ends at the threshold of a tenth of the budget; a fall
 * is free, since it holds no more than the budget, but ends at the threshold of ten budgets.
 */
export function moveThresholds(
  { scores, counted, at }: WindowNow,
  options: MoveOptions,
  previous: BudgetState | undefined
): BudgetState {
  const { manifest, tail, budgetPer10k, maxSenderShare, minMessages, minSenders } = options
  const before = previous?.budgetPer10k === budgetPer10k ? previous : undefined
  const share = budgetPer10k / 10_000
  const suspiciousRange = rangeOf(tail, reach * share)
  const own = scoreTailOf(scores, tail, { maxSenderShare, from: suspiciousRange.floor })
  const isFilled = scores.logits.length >= minMessages && own.senders >= minSenders
  const move = (of: number, start: number, known: MovedThreshold | undefined): MovedThreshold =>
    moved(known?.trail ?? beginTrail(at, start), isFilled ? own.thresholdAt(of) : start, {
      ...rangeOf(tail, of),
      maxRise: options.maxRisePerDayLogit,
      at
    })
  return {
    budgetPer10k,
    messages: scores.logits.length,
    senders: own.senders,
    counted,
    computedAt: at,
    isFilled,
    hold: move(share, logit(manifest.hold), before?.hold),
    suspicious: move(reach * share, logit(manifest.suspicious), before?.suspicious)
  }
}

interface Range {
  readonly floor: number
  readonly bound: number
}

function rangeOf(tail: HonestTail, share: number): Range {
  const middle = tail.thresholdAt(share)
  return {
    floor: Math.min(tail.thresholdAt(share * reach), middle - leastFall),
    bound: Math.max(tail.thresholdAt(share / reach), middle + leastRise)
  }
}

function moved(
  trail: Trail,
  wanted: number,
  { floor, bound, maxRise, at }: Range & { readonly maxRise: number; readonly at: number }
): MovedThreshold {
  const highest = Math.min(bound, dayBefore(trail, at) + maxRise)
  const value = Math.max(floor, Math.min(wanted, highest))
  return { value, wanted, bound, trail: extendTrail(trail, at, value) }
}

/** The installation asks for more than the bound allows: more honest mail is held than the budget says. */
export function isOverBudget({ isFilled, hold }: BudgetState): boolean {
  return isFilled && hold.wanted > hold.bound
}

/** The manifest's thresholds, moved. Blocks follow nothing but that no threshold of holding may lie above theirs. */
export function movedThresholds(manifest: Thresholds, state: BudgetState | undefined): Thresholds {
  if (state === undefined || !state.isFilled) return manifest
  const hold = probabilityOf(state.hold.value)
  const suspicious = Math.min(hold, probabilityOf(state.suspicious.value))
  return { suspicious, hold, block: Math.max(hold, manifest.block) }
}
