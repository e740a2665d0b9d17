import type { SenderListeners } from '../sender-listeners.ts'
import type { SenderStore } from '../sender-store.ts'
import type { LearnedHabits } from './learned-habits.ts'
import { createTellChange } from './told-changes.ts'

/** What of a sender store changes habits. */
export type HabitActs = Pick<
  SenderStore,
  'learn' | 'learnPast' | 'relearn' | 'unlearn' | 'confirm' | 'rewind'
>

/** The acts that change habits, each of them told of. */
export function createToldHabits(
  habits: LearnedHabits,
  numberOf: SenderStore['habits'],
  onHabits: SenderListeners['onHabits']
): HabitActs {
  const tell = createTellChange(numberOf, onHabits)

  function forget(
    sender: Parameters<HabitActs['unlearn']>[0],
    isForgotten: Parameters<LearnedHabits['forget']>[1]
  ): number {
    const forgotten: string[] = []
    return tell(sender, {
      act: 'forgotten',
      run: () =>
        habits.forget(sender, (record) => {
          const isOne = isForgotten(record)
          if (isOne) forgotten.push(record.submissionId)
          return isOne
        }),
      submissionIds: () => forgotten
    })
  }

  return {
    learn(sender, submissionId, observation, options = {}) {
      const run = (): void => habits.learn(sender, submissionId, observation, options)
      // The row of a message that may grow gives way to a later one
      if (options.withVerdict === true && options.mayGrow !== true) return run()
      const act = options.confirmed === true ? 'vouched' : 'learned'
      tell(sender, { act, run, submissionIds: () => [submissionId], shown: observation })
    },
    learnPast: (sender, messages, now) =>
      tell(sender, {
        act: 'past',
        now,
        run: () => habits.learnPast(sender, messages, now),
        submissionIds: (outcomes) =>
          messages.filter((_, index) => outcomes[index] === 'learned').map(({ submissionId }) => submissionId)
      }),
    relearn: (sender, submissionId, observation) =>
      tell(sender, {
        act: observation === null ? 'withdrawn' : 'relearned',
        shown: observation,
        run: () => habits.relearn(sender, submissionId, observation),
        submissionIds: () => [submissionId]
      }),
    unlearn(sender, submissionIds) {
      const bad = new Set(submissionIds)
      return forget(sender, ({ submissionId }) => bad.has(submissionId))
    },
    confirm: (sender, submissionIds) =>
      tell(sender, {
        act: 'confirmed',
        run: () => habits.confirm(sender, new Set(submissionIds)),
        submissionIds: () => submissionIds
      }),
    rewind: (sender, since) => forget(sender, ({ observation }) => observation.receivedAt >= since)
  }
}
