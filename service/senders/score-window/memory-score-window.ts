import { createMemoryTable } from '../../storage/memory-table.ts'
import type { ScoreWindow } from './score-window.ts'
import { createTableScoreWindow, type ScoreWindowOptions } from './table-score-window.ts'

/** Score windows that live as long as their process: for backtests and tests. Writes count at once, in a transaction or not. */
export function createMemoryScoreWindow<State>(options: ScoreWindowOptions = {}): ScoreWindow<State> {
  return createTableScoreWindow(
    { heads: createMemoryTable(), chunks: createMemoryTable(), states: createMemoryTable() },
    options
  )
}
