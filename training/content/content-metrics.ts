import type { Manifest } from '../../service/models/manifest.ts'
import { balancedCalibrationError, balancedLogLoss } from '../measure/calibration-error.ts'
import { areaUnderCurve, averagePrecision, shareAbove, thresholdAt } from '../measure/ranking.ts'
import type { ContentExample } from './content-example.ts'

export interface SliceInputs {
  readonly examples: readonly ContentExample[]
  /** Calibrated, out of fold, beside `examples`. */
  readonly logits: readonly number[]
  /** Calibrated, of the final model on mail that it never saw. */
  readonly phishingLogits: readonly number[]
  readonly prior: number
}

/** Invented mail: half of its template families are unknown to each fold, which no installation's mail is. */
const generated = 'synthetic'

/**
 * Measures per slice: everything, each source, and real phishing. At thresholds that 0.1 % and 1 % of all honest training mail exceed, out of
 * fold; those named `OfReal` are set by the honest mail of real people alone.
 */
export function sliceMetrics({ examples, logits, phishingLogits, prior }: SliceInputs): Manifest['metrics'] {
  const scored = examples.map(({ isBad, source }, index) => ({ isBad, source, score: logits[index] ?? 0 }))
  const thresholds = thresholdsOf(scored)
  const metrics: Record<string, Record<string, number | null>> = {
    all: { ...recalls(badOf(scored), thresholds), ...overall(scored, prior) }
  }
  for (const source of new Set(examples.map((example) => example.source))) {
    const own = scored.filter((one) => one.source === source)
    metrics[source] = {
      ...recalls(badOf(own), thresholds),
      falseAt01Percent: shareOrNull(honestOf(own), thresholds.tenth),
      falseAt1Percent: shareOrNull(honestOf(own), thresholds.one)
    }
  }
  return phishingLogits.length === 0
    ? metrics
    : { ...metrics, 'phishing-pot': recalls(phishingLogits, thresholds) }
}

function thresholdsOf(scored: readonly (Labelled & { readonly source: string })[]) {
  const all = honestOf(scored)
  const real = honestOf(scored.filter(({ source }) => source !== generated))
  return {
    tenth: thresholdAt(all, 0.001),
    one: thresholdAt(all, 0.01),
    tenthOfReal: thresholdAt(real, 0.001),
    oneOfReal: thresholdAt(real, 0.01)
  }
}

function recalls(
  bad: readonly number[],
  { tenth, one, tenthOfReal, oneOfReal }: ReturnType<typeof thresholdsOf>
) {
  return {
    recallAt01Percent: shareOrNull(bad, tenth),
    recallAt1Percent: shareOrNull(bad, one),
    recallAt01PercentOfReal: shareOrNull(bad, tenthOfReal),
    recallAt1PercentOfReal: shareOrNull(bad, oneOfReal)
  }
}

function overall(scored: readonly Labelled[], prior: number) {
  const shift = -Math.log(prior / (1 - prior))
  const balanced = scored.map(({ isBad, score }) => ({ isBad, score: score + shift }))
  return {
    oneMinusAuc: 1 - areaUnderCurve(scored),
    averagePrecision: averagePrecision(scored),
    balancedCalibrationError: balancedCalibrationError(balanced),
    balancedLogLoss: balancedLogLoss(balanced)
  }
}

interface Labelled {
  readonly isBad: boolean
  readonly score: number
}

function badOf(scored: readonly Labelled[]): number[] {
  return scored.filter(({ isBad }) => isBad).map(({ score }) => score)
}

function honestOf(scored: readonly Labelled[]): number[] {
  return scored.filter(({ isBad }) => !isBad).map(({ score }) => score)
}

function shareOrNull(scores: readonly number[], threshold: number): number | null {
  return scores.length === 0 ? null : shareAbove(scores, threshold)
}
