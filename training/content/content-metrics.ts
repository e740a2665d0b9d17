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

/** Measures per slice: everything, each source, and real phishing at the thresholds that honest training mail set. */
export function sliceMetrics({ examples, logits, phishingLogits, prior }: SliceInputs): Manifest['metrics'] {
  const scored = examples.map(({ isBad, source }, index) => ({ isBad, source, score: logits[index] ?? 0 }))
  const honest = scored.filter(({ isBad }) => !isBad).map(({ score }) => score)
  const thresholds = { tenth: thresholdAt(honest, 0.001), one: thresholdAt(honest, 0.01) }
  const shift = -Math.log(prior / (1 - prior))
  const balanced = scored.map(({ isBad, score }) => ({ isBad, score: score + shift }))
  const metrics: Record<string, Record<string, number | null>> = {
    all: {
      recallAt01Percent: shareAbove(badOf(scored), thresholds.tenth),
      recallAt1Percent: shareAbove(badOf(scored), thresholds.one),
      oneMinusAuc: 1 - areaUnderCurve(scored),
      averagePrecision: averagePrecision(scored),
      balancedCalibrationError: balancedCalibrationError(balanced),
      balancedLogLoss: balancedLogLoss(balanced)
    }
  }
  for (const source of new Set(examples.map((example) => example.source))) {
    const own = scored.filter((one) => one.source === source)
    metrics[source] = {
      recallAt01Percent: finite(shareAbove(badOf(own), thresholds.tenth)),
      recallAt1Percent: finite(shareAbove(badOf(own), thresholds.one)),
      falseAt01Percent: finite(shareAbove(honestOf(own), thresholds.tenth)),
      falseAt1Percent: finite(shareAbove(honestOf(own), thresholds.one))
    }
  }
  if (phishingLogits.length > 0) {
    metrics['phishing-pot'] = {
      recallAt01Percent: shareAbove(phishingLogits, thresholds.tenth),
      recallAt1Percent: shareAbove(phishingLogits, thresholds.one)
    }
  }
  return metrics
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

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
