import { areaUnderCurve, shareAbove, thresholdAt } from '../measure/ranking.ts'
import { percent, textTable } from '../text-table.ts'
import { weighExamples, type ContentExample, type SourceShares } from './content-example.ts'
import type { Learner } from './out-of-fold.ts'

export interface TransferResult {
  readonly source: string
  readonly honest: number
  readonly bad: number
  /** At thresholds that the left-out source's own honest mail sets: what ranking survives the change of source. */
  readonly recallAt01Percent: number
  readonly recallAt1Percent: number
  readonly oneMinusAuc: number
}

/** Each source with both classes, judged by a learner that saw every source but this one: the nearest thing to mail from elsewhere. */
export function leaveSourcesOut(
  examples: readonly ContentExample[],
  learn: Learner,
  shares: SourceShares
): TransferResult[] {
  const sources = [...new Set(examples.map(({ source }) => source))]
  return sources
    .filter(
      (source) =>
        new Set(examples.filter((one) => one.source === source).map(({ isBad }) => isBad)).size === 2
    )
    .map((source) => judge(examples, source, learn, shares))
}

function judge(
  examples: readonly ContentExample[],
  left: string,
  learn: Learner,
  shares: SourceShares
): TransferResult {
  const own = examples.filter(({ source }) => source === left)
  // Carriers hold lines of every source's bad mail: they stay out altogether.
  const others = examples.filter(({ source }) => source !== left && source !== 'carriers')
  const weights = weighExamples(
    others,
    Int32Array.from(others, (_, index) => index),
    shares
  )
  const logits = learn(others, weights)(own)
  const scored = own.map(({ isBad }, index) => ({ isBad, score: logits[index] ?? 0 }))
  const scoresOf = (wanted: boolean): number[] =>
    scored.filter(({ isBad }) => isBad === wanted).map(({ score }) => score)
  const [honest, bad] = [scoresOf(false), scoresOf(true)]
  return {
    source: left,
    honest: honest.length,
    bad: bad.length,
    recallAt01Percent: shareAbove(bad, thresholdAt(honest, 0.001)),
    recallAt1Percent: shareAbove(bad, thresholdAt(honest, 0.01)),
    oneMinusAuc: 1 - areaUnderCurve(scored)
  }
}

export function transferTable(results: readonly TransferResult[]): string {
  return textTable(
    ['left out', 'honest', 'bad', 'recall % at 0.1 %', 'recall % at 1 %', '1-AUC %'],
    results.map((one) => [
      one.source, String(one.honest), String(one.bad), percent(one.recallAt01Percent), percent(one.recallAt1Percent), percent(one.oneMinusAuc, 2)
    ])
  ) // prettier-ignore
}
