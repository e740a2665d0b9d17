import type { HabitObservation } from '../../profile/fold-observation.ts'
import type { HabitsChange, SenderListeners } from '../sender-listeners.ts'
import type { SenderKey } from '../sender-store.ts'

interface Change<Result> {
  readonly act: HabitsChange['act']
  readonly run: () => Result
  /** Asked afterwards. */
  readonly submissionIds: (result: Result) => readonly string[]
  readonly now?: number
  readonly shown?: HabitObservation | null
}

/** Runs a change of a sender's habits, and tells of it if there was one. */
export type TellChange = <Result>(sender: SenderKey, change: Change<Result>) => Result

export function createTellChange(
  numberOf: (sender: SenderKey) => number,
  onHabits: SenderListeners['onHabits']
): TellChange {
  if (onHabits === undefined) return (_, { run }) => run()
  return (sender, { act, run, submissionIds, now = 0, shown = null }) => {
    const before = numberOf(sender)
    const result = run()
    const number = numberOf(sender)
    if (number !== before)
      onHabits({ sender, number, act, submissionIds: submissionIds(result), now, shown: habitOf(shown) })
    return result
  }
}

/** An envelope, without what only content models read. */
function habitOf(shown: (HabitObservation & { readonly content?: unknown }) | null): HabitObservation | null {
  if (shown?.shows !== 'envelope') return null
  const { content: _, ...habit } = shown
  return habit
}
