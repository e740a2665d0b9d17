import { createRandom, type Random } from '../../service/verdict/budget/seeded-random.ts'
import { bootstrapShare, poissonInterval, type Interval } from '../measure/intervals.ts'
import { areaUnderCurve, shareAbove, thresholdAt } from '../measure/ranking.ts'
import type { FaultCount } from './fault-log.ts'
import type { Truth } from './label.ts'
import { quantilesOf, type Quantiles } from './quantiles.ts'
import type { Score, ScoreSheet } from './score-sheet.ts'

/** A share of messages, with its 95 % interval by bootstrap over senders. null: there are no such messages. */
export interface Share {
  readonly hits: number
  readonly messages: number
  readonly senders: number
  readonly share: number | null
  readonly interval: Interval | null
}

export interface LabelSummary {
  readonly label: string | null
  readonly truth: Truth
  /** Held or blocked. */
  readonly stopped: Share
  readonly blocked: number
  readonly risk: Quantiles | null
  /** The share stopped, of each sender. */
  readonly bySender: Quantiles | null
  /** The shares above the optimistic thresholds, in their order. */
  readonly above: readonly (number | null)[]
}

export interface BacktestSummary {
  readonly lines: {
    readonly scored: number
    readonly skipped: number
    readonly observed: number
    readonly probed: number
    readonly unlabelled: number
    /** Something that should have judged them did not. */
    readonly degraded: number
  }
  readonly faults: readonly FaultCount[]
  readonly models: { readonly takeover: string | null; readonly content: string | null }
  readonly thresholds: ReturnType<ScoreSheet['thresholds']>
  /** Bad messages that were held or blocked at the thresholds in force. */
  readonly recall: Share
  readonly falseHolds: {
    readonly stopped: Share
    readonly blocked: number
    readonly per10k: number | null
    /** 95 %, Poisson. */
    readonly per10kInterval: Interval | null
    /** Per 10,000 messages of each sender. */
    readonly per10kBySender: Quantiles | null
    readonly sendersWithOne: number
  }
  readonly labels: readonly LabelSummary[]
  /** By what the profile had learned before the message. */
  readonly byHistory: readonly { readonly from: number; readonly falseHolds: Share; readonly recall: Share }[]
  /** At thresholds taken from the honest lines of this very file: what a budget kept by measuring could reach at best. */
  readonly optimistic: readonly {
    readonly heldPer10k: number
    readonly threshold: number | null
    readonly recall: Share
  }[]
  readonly areaUnderCurve: number | null
}

export interface SummariseOptions {
  readonly sheet: Pick<ScoreSheet, 'scores' | 'thresholds'>
  readonly faults: readonly FaultCount[]
  readonly models: BacktestSummary['models']
  readonly seed: number
}

/** Honest messages per 10,000 that the optimistic thresholds let be held. */
const optimisticBudgets = [10, 100] as const

/** Messages learned, at least: the bins of `byHistory`. */
export const historyBins = [0, 5, 20, 50, 150] as const

export function summarise({ sheet, faults, models, seed }: SummariseOptions): BacktestSummary {
  const { scores } = sheet
  const random = createRandom(seed)
  const honest = scores.filter(({ truth }) => truth === 'honest')
  const bad = scores.filter(({ truth }) => truth === 'bad')
  const count = (is: (score: Score) => boolean): number => scores.filter(is).length
  const thresholds = optimisticBudgets.map((heldPer10k) =>
    thresholdAt(
      honest.map(({ risk }) => risk),
      heldPer10k / 10_000
    )
  )
  return {
    lines: {
      scored: scores.length,
      skipped: faults.filter(({ isSkipped }) => isSkipped).reduce((sum, fault) => sum + fault.count, 0),
      observed: count(({ role }) => role === 'observe'),
      probed: count(({ role }) => role === 'probe'),
      unlabelled: count(({ truth }) => truth === 'unlabelled'),
      degraded: count(({ isDegraded }) => isDegraded)
    },
    faults,
    models,
    thresholds: sheet.thresholds(),
    recall: shareOf(bad, isStopped, random),
    falseHolds: falseHoldsOf(honest, random),
    labels: groupBy(scores, ({ label, truth }) => `${truth} ${label ?? ''}`).map((group) =>
      labelOf(group, thresholds, random)
    ),
    byHistory: historyBins.map((from, index) => {
      const before = historyBins[index + 1] ?? Infinity
      const within = ({ messagesSeen }: Score): boolean => messagesSeen >= from && messagesSeen < before
      return {
        from,
        falseHolds: shareOf(honest.filter(within), isStopped, random),
        recall: shareOf(bad.filter(within), isStopped, random)
      }
    }),
    optimistic: thresholds.map((threshold, index) => ({
      heldPer10k: optimisticBudgets[index] ?? 0,
      threshold: honest.length === 0 ? null : threshold,
      recall: shareOf(honest.length === 0 ? [] : bad, ({ risk }) => risk > threshold, random)
    })),
    areaUnderCurve:
      honest.length === 0 || bad.length === 0
        ? null
        : areaUnderCurve(
            [...honest, ...bad].map(({ risk, truth }) => ({ score: risk, isBad: truth === 'bad' }))
          )
  }
}

export const isStopped = ({ verdict }: Score): boolean => verdict !== 'allow'

export function shareOf(scores: readonly Score[], is: (score: Score) => boolean, random: Random): Share {
  const groups = groupBy(scores, ({ sender }) => sender).map((own) => ({
    hits: own.filter(is).length,
    trials: own.length
  }))
  const hits = groups.reduce((sum, group) => sum + group.hits, 0)
  const messages = scores.length
  return {
    hits,
    messages,
    senders: groups.length,
    share: messages === 0 ? null : hits / messages,
    interval: messages === 0 ? null : bootstrapShare(groups, random)
  }
}

function falseHoldsOf(honest: readonly Score[], random: Random): BacktestSummary['falseHolds'] {
  const stopped = shareOf(honest, isStopped, random)
  const shares = groupBy(honest, ({ sender }) => sender).map(shareStopped)
  const { low, high } = poissonInterval(stopped.hits)
  const per10k = (value: number): number => (10_000 * value) / honest.length
  return {
    stopped,
    blocked: honest.filter(({ verdict }) => verdict === 'block').length,
    per10k: honest.length === 0 ? null : per10k(stopped.hits),
    per10kInterval: honest.length === 0 ? null : { low: per10k(low), high: per10k(high) },
    per10kBySender: quantilesOf(shares.map((share) => 10_000 * share)),
    sendersWithOne: shares.filter((share) => share > 0).length
  }
}

function labelOf(scores: readonly Score[], thresholds: readonly number[], random: Random): LabelSummary {
  const risks = scores.map(({ risk }) => risk)
  return {
    label: scores[0]?.label ?? null,
    truth: scores[0]?.truth ?? 'unlabelled',
    stopped: shareOf(scores, isStopped, random),
    blocked: scores.filter(({ verdict }) => verdict === 'block').length,
    risk: quantilesOf(risks),
    bySender: quantilesOf(groupBy(scores, ({ sender }) => sender).map(shareStopped)),
    above: thresholds.map((threshold) => (Number.isFinite(threshold) ? shareAbove(risks, threshold) : null))
  }
}

function shareStopped(scores: readonly Score[]): number {
  return scores.filter(isStopped).length / scores.length
}

/** In the order in which the groups first appear. */
function groupBy(scores: readonly Score[], keyOf: (score: Score) => string): readonly (readonly Score[])[] {
  return Array.from(Map.groupBy(scores, keyOf).values())
}
