import type { Manifest } from '../../../service/models/manifest.ts'
import { fuseRisk } from '../../../service/verdict/fuse-risk.ts'
import { balancedCalibrationError, balancedLogLoss } from '../../measure/calibration-error.ts'
import { areaUnderCurve, thresholdAt } from '../../measure/ranking.ts'
import type { BehaviourRow } from '../behaviour-rows.ts'
import { attackFamilies, knowledges, sourceNames } from '../corpus/sender-history.ts'

/** A row with calibrated log-odds: of the takeover model alone, and fused with the content model's. */
export interface ScoredRow {
  readonly row: BehaviourRow
  readonly takeover: number
  readonly risk: number
  /** Rows of one fold were scored by the same model; thresholds for a fold come from the others. */
  readonly fold: number
}

export function toScoredRow(row: BehaviourRow, takeover: number, fold: number): ScoredRow {
  return { row, takeover, fold, risk: fuseRisk(takeover, row.spamLogit) }
}

/** Which log-odds is held against the budget. */
export type Lens = 'takeover' | 'risk'

export interface HoldRates {
  readonly tenth: number
  readonly one: number
}

/** Shares of honest mail that may be held: 0.1 % and 1 %. */
export const holdRates: HoldRates = { tenth: 0.001, one: 0.01 }

/** For each fold the thresholds that the honest rows of the other folds set. One fold alone (`of` given) takes all of `of`. */
export function thresholdsByFold(
  scored: readonly ScoredRow[],
  lens: Lens,
  of?: readonly ScoredRow[]
): ReadonlyMap<number, HoldRates> {
  const names = new Set(scored.map(({ fold }) => fold))
  return new Map(
    Array.from(names, (name) => {
      const honest = (of ?? scored.filter(({ fold }) => fold !== name))
        .filter(countsAsHonest)
        .map((one) => one[lens])
      return [name, { tenth: thresholdAt(honest, holdRates.tenth), one: thresholdAt(honest, holdRates.one) }]
    })
  )
}

/** Repeated walks help to learn; they are no further mail. */
export function countsAsHonest({ row }: ScoredRow): boolean {
  return row.family === 'honest' && !row.repeated
}

/** How many of these would be held, at both rates. */
export function countHeld(
  scored: readonly ScoredRow[],
  lens: Lens,
  thresholds: ReadonlyMap<number, HoldRates>
) {
  const above = (rate: keyof HoldRates): number =>
    scored.filter((one) => one[lens] > (thresholds.get(one.fold)?.[rate] ?? Infinity)).length
  return { messages: scored.length, tenth: above('tenth'), one: above('one') }
}

/** Log-odds at even classes, for calibration measures. */
export function balanced(scored: readonly ScoredRow[], prior: number) {
  const shift = -Math.log(prior / (1 - prior))
  return scored
    .filter(({ row }) => !row.repeated)
    .map(({ row, takeover }) => ({ isBad: row.family !== 'honest', score: takeover + shift }))
}

/** Whether the scores tell anything: a constant reaches a log-loss of ln 2 at even classes, and must not pass. */
export function beatsConstant(scored: readonly ScoredRow[], prior: number): boolean {
  return balancedLogLoss(balanced(scored, prior)) < Math.LN2 - 0.05
}

/** Slice → measure → value, for the manifest. */
export function takeoverMetrics(scored: readonly ScoredRow[], prior: number): Manifest['metrics'] {
  const fused = thresholdsByFold(scored, 'risk')
  const alone = thresholdsByFold(scored, 'takeover')
  const calibrated = balanced(scored, prior)
  const metrics: Record<string, Record<string, number | null>> = {
    all: {
      oneMinusAuc: finite(1 - areaUnderCurve(calibrated)),
      balancedCalibrationError: balancedCalibrationError(calibrated),
      balancedLogLoss: balancedLogLoss(calibrated)
    }
  }
  for (const source of sourceNames) {
    const honest = scored.filter((one) => countsAsHonest(one) && one.row.source === source)
    if (honest.length > 0) metrics[`honest/${source}`] = falseHolds(honest, fused, alone)
  }
  const newcomers = scored.filter((one) => countsAsHonest(one) && one.row.seen < 5)
  if (newcomers.length > 0) metrics['honest/newcomers'] = falseHolds(newcomers, fused, alone)
  for (const family of attackFamilies) {
    for (const knowledge of knowledges) {
      const own = scored.filter(
        ({ row }) => row.family === family && row.knowledge === knowledge && !row.repeated
      )
      if (own.length > 0) metrics[`${family}/${knowledge}`] = recalls(own, fused, alone)
    }
  }
  return metrics
}

type ByFold = ReadonlyMap<number, HoldRates>

function falseHolds(honest: readonly ScoredRow[], fused: ByFold, alone: ByFold): Record<string, number> {
  const risk = countHeld(honest, 'risk', fused)
  const takeover = countHeld(honest, 'takeover', alone)
  const per10k = (held: number): number => round((10_000 * held) / honest.length)
  return {
    messages: honest.length,
    falsePer10kAt01Percent: per10k(risk.tenth),
    falsePer10kAt1Percent: per10k(risk.one),
    takeoverFalsePer10kAt01Percent: per10k(takeover.tenth),
    takeoverFalsePer10kAt1Percent: per10k(takeover.one)
  }
}

function recalls(attacks: readonly ScoredRow[], fused: ByFold, alone: ByFold): Record<string, number> {
  const risk = countHeld(attacks, 'risk', fused)
  const takeover = countHeld(attacks, 'takeover', alone)
  return {
    messages: attacks.length,
    recallAt01Percent: round(risk.tenth / attacks.length),
    recallAt1Percent: round(risk.one / attacks.length),
    takeoverRecallAt01Percent: round(takeover.tenth / attacks.length),
    takeoverRecallAt1Percent: round(takeover.one / attacks.length)
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
