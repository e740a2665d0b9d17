import type { HonestTail } from './honest-tail.ts'
import { weighSenders } from './weigh-senders.ts'

/** Scores of recent mail in columns, one place a message. */
export interface RecentScores {
  /** A number that stands for the sender. */
  readonly senders: Uint32Array
  /** Log-odds of risk. */
  readonly logits: Float32Array
}

/** Scores ready to be asked for thresholds. */
export interface ScoreTail {
  readonly senders: number
  /**
   * The log-odds above which this share of honest mail is expected. `from` is the least answer: nothing below it is looked at.
   */
  thresholdAt(share: number): number
}

export interface ScoreTailOptions {
  /** Of all weight. */
  readonly maxSenderShare: number
  /** Log-odds: no threshold below it is wanted. */
  readonly from: number
}

/** One sender makes up at most this much of what lies above a threshold: it takes five to fill a budget. */
const maxShareOfBudget = 0.2
/** With fewer scores than this above a threshold their order says little, and the manifest's curve takes over. */
const leastAbove = 3

/**
 * The upper tail of the installation's scores, blended with the manifest's.
 *
 * The share above a threshold is a weighted mean of the two shares; the manifest counts as many messages as hold one at this budget, and
 * never more than half the scores. A sender counts for at most a fifth of the share: else one hijacked sender among 200 would outweigh a
 * budget of 0.1 % with his 0.5 % of the weight. Beyond the few highest scores the manifest's slope goes on from there. Chosen by
 * simulation against order statistics and fitted tails: docs/decisions/0008-budget-window.md.
 */
export function scoreTailOf(scores: RecentScores, tail: HonestTail, options: ScoreTailOptions): ScoreTail {
  const weights = weighSenders(scores.senders, options.maxSenderShare)
  const { effective } = weights
  const highest = highestOf(scores.logits, options.from)

  function thresholdAt(share: number): number {
    const ofManifest = Math.min(1 / share, effective / 2)
    const whole = effective + ofManifest
    const asked = Math.max(share, leastAbove / Math.max(whole, leastAbove))
    const beyond = tail.thresholdAt(share) - tail.thresholdAt(asked)
    const mixed = (above: number, at: number): number =>
      // n / (n + 1): the expected share above the highest of n is not nothing (Weibull plotting position)
      (effective * above * (effective / (effective + 1)) + ofManifest * tail.shareAbove(at)) / whole
    return Math.max(options.from, crossing(asked, mixed) + beyond)
  }

  /** Where the mixed share reaches `asked`, coming from above. */
  function crossing(asked: number, mixed: (above: number, at: number) => number): number {
    const most = Math.max(maxShareOfBudget * asked, 1 / effective)
    const ofSender = new Map<number, number>()
    let above = 0
    let before: { readonly at: number; readonly share: number } | null = null
    for (const place of highest) {
      const sender = scores.senders[place] ?? 0
      const at = scores.logits[place] ?? 0
      const had = ofSender.get(sender) ?? 0
      const has = Math.min(most, had + weights.weightOf(sender))
      ofSender.set(sender, has)
      above += has - had
      const share = mixed(above, at)
      if (share >= asked) return before === null ? beyondHighest(share, at) : between(before, { at, share })
      before = { at, share }
    }
    return options.from

    /** Above the highest score the manifest's curve is followed, as if it had told of that score as well. */
    function beyondHighest(share: number, at: number): number {
      return tail.thresholdAt((tail.shareAbove(at) * asked) / share)
    }

    /** An exponential between two scores. */
    function between(upper: typeof before & object, lower: typeof before & object): number {
      const part = Math.log(asked / upper.share) / Math.log(lower.share / upper.share)
      return upper.at + (lower.at - upper.at) * (Number.isFinite(part) ? part : 1)
    }
  }

  return { senders: weights.senders, thresholdAt }
}

/** The places of the scores above `from`, the highest first. */
function highestOf(logits: Float32Array, from: number): readonly number[] {
  const places: number[] = []
  for (let place = 0; place < logits.length; place += 1) if ((logits[place] ?? 0) > from) places.push(place)
  return places.toSorted((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0))
}
