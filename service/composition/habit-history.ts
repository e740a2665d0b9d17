import type { History } from '../history/history.ts'
import { toHabitsEntry } from '../history/rows/habits-row.ts'
import { toPriorsEntry } from '../history/rows/priors-row.ts'
import { createRememberPriors, type RememberPriors } from '../operations/history/remember-priors.ts'
import type { SenderListeners } from '../senders/sender-listeners.ts'
import type { Storage } from '../storage/storage.ts'
import { clock } from './house.ts'

/** What history keeps of habits and of what the installation counts: with it, training goes through everything again. */
export function habitHistoryIn(
  history: History | null,
  storage: Storage
): { readonly listeners: SenderListeners; readonly rememberPriors: RememberPriors | null } {
  if (history === null) return { listeners: {}, rememberPriors: null }
  const rememberPriors = createRememberPriors({
    record: (step) => history.record(toPriorsEntry(step)),
    told: storage.table('history.priors'),
    clock
  })
  return {
    rememberPriors,
    listeners: {
      onHabits: (change) => history.record(toHabitsEntry({ ...change, at: clock() })),
      onPriors: (step) => rememberPriors.onPriors(step)
    }
  }
}
