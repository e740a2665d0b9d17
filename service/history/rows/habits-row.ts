import type { HabitsChange } from '../../senders/sender-listeners.ts'
import type { HistoryEntry } from './history-entry.ts'
import { defineRow, text, texts, time, u64 } from './row-definition.ts'

interface HabitsFacts extends HabitsChange {
  /** Epoch ms. */
  readonly at: number
}

export function toHabitsEntry(change: HabitsFacts): HistoryEntry {
  return habitsRow.toEntry(change.sender, [change])
}

/** As migration 0008 names them. */
export const habitsRow = defineRow<HabitsFacts>('habits', {
  sender: text((change) => change.sender),
  number: u64((change) => change.number),
  at: time((change) => change.at),
  act: text((change) => change.act),
  submissions: texts((change) => change.submissionIds),
  now: time((change) => change.now),
  shown: text(({ shown }) => (shown === null ? '' : JSON.stringify(shown)))
})
