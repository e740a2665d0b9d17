import { createRandom } from '../../../service/verdict/budget/seeded-random.ts'
import { sheetOf, type HistoryScore } from '../../backtest/history/history-score.ts'
import { versionsOf, type TestedModels } from '../../backtest/history/tested-models.ts'
import {
  historyBins,
  isStopped,
  shareOf,
  summarise,
  type BacktestSummary,
  type Share
} from '../../backtest/summarise.ts'
import { attackFamilies, knowledges, labelOf, type AttackCell } from '../attack-cell.ts'

/** The share of attacks that were stopped at the thresholds in force. */
export interface CellRecall extends AttackCell {
  readonly stopped: Share
  /** Above the thresholds that let 0.1 % and 1 % of this very honest mail be held. */
  readonly above: readonly (number | null)[]
}

/** Of each attacked sender the share of attacks that were stopped: most are well off, some are not. */
export interface RecallSpread {
  readonly least: number
  readonly p5: number
  readonly p25: number
  readonly p50: number
}

export interface SimulationSummary {
  /** All attacks and honest messages together; labels are cells, and `honest`. */
  readonly summary: BacktestSummary
  readonly cells: readonly CellRecall[]
  readonly bySender: RecallSpread | null
  /** By what the sender had taught before: families, whatever the thief knew. */
  readonly byHistory: readonly {
    /** Messages learned, at least. */
    readonly from: number
    readonly families: readonly (Pick<AttackCell, 'family'> & { readonly stopped: Share })[]
  }[]
}

export function summariseSimulation(
  scores: readonly HistoryScore[],
  tested: TestedModels,
  seed: number
): SimulationSummary {
  const { takeover, content } = versionsOf(tested.models)
  const models = { takeover: takeover || null, content: content || null }
  const summary = summarise({ sheet: sheetOf(scores, tested), faults: [], models, seed })
  const byLabel = new Map(summary.labels.map((one) => [one.label, one]))
  return {
    summary,
    cells: attackFamilies.flatMap((family) =>
      knowledges.flatMap((knowledge) => {
        const found = byLabel.get(labelOf({ family, knowledge }))
        return found === undefined ? [] : [{ family, knowledge, stopped: found.stopped, above: found.above }]
      })
    ),
    bySender: spreadOf(scores.filter(({ truth }) => truth === 'bad')),
    byHistory: byHistory(scores, seed)
  }
}

function spreadOf(attacks: readonly HistoryScore[]): RecallSpread | null {
  const groups = [...Map.groupBy(attacks, ({ sender }) => sender).values()]
  const shares = groups.map((own) => own.filter(isStopped).length / own.length).toSorted((a, b) => a - b)
  const at = (share: number): number => shares[Math.ceil(share * shares.length) - 1] ?? shares[0] ?? Number.NaN
  return shares.length === 0 ? null : { least: at(0), p5: at(0.05), p25: at(0.25), p50: at(0.5) }
} // prettier-ignore

function byHistory(scores: readonly HistoryScore[], seed: number): SimulationSummary['byHistory'] {
  const random = createRandom(seed)
  return historyBins.flatMap((from, index) => {
    const before = historyBins[index + 1] ?? Infinity
    const own = scores.filter(({ truth, messagesSeen: seen }) => truth === 'bad' && seen >= from && seen < before)
    const families = attackFamilies.map((family) => {
      const attacks = own.filter(({ label }) => label?.startsWith(`${family}/`) === true)
      return { family, stopped: shareOf(attacks, isStopped, random) }
    })
    return own.length === 0 ? [] : [{ from, families }]
  })
} // prettier-ignore
