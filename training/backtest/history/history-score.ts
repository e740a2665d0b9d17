import type { Score, ScoreSheet } from '../score-sheet.ts'
import type { TestedModels } from './tested-models.ts'

/** All that summaries need of a replayed message, or of an attack put before one. */
export interface HistoryScore extends Score {
  /** Epoch ms. */
  readonly at: number
  /** Log-odds of its risk. */
  readonly logit: number
}

/** As summaries take them: the same thresholds from the first message to the last. */
export function sheetOf(
  scores: readonly Score[],
  { thresholds: { hold, block } }: Pick<TestedModels, 'thresholds'>
): Pick<ScoreSheet, 'scores' | 'thresholds'> {
  const used = { hold, block }
  return { scores, thresholds: () => (scores.length === 0 ? null : { first: used, last: used }) }
}
