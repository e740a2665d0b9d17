import type { Storage } from '../../storage/storage.ts'
import type { ScoreWindow } from './score-window.ts'
import { createTableScoreWindow } from './table-score-window.ts'

/** The score windows of one process. Writes are allowed inside `storage.transaction` only. */
export function createLmdbScoreWindow<State>(storage: Storage): ScoreWindow<State> {
  return createTableScoreWindow({
    heads: storage.table('senders.scores'),
    chunks: storage.table('senders.scores.chunks'),
    states: storage.table('senders.scores.states')
  })
}
