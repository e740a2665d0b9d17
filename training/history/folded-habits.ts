import type { StoredChange } from '../../service/history/reader/replay-reader.ts'
import { foldObservation, type HabitObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import { createLearnedHabits } from '../../service/senders/habits/learned-habits.ts'
import { createMemoryTable } from '../../service/storage/memory-table.ts'

/** The habits of one sender, learned again. */
export interface FoldedHabits {
  profile(): Profile
  /** With its own verdict. */
  learn(submissionId: string, observation: HabitObservation): void
  /** False: what it needs is not known. */
  change(change: StoredChange, observationOf: (submissionId: string) => HabitObservation | undefined): boolean
  /** The habits without what this message, of which more came, has taught; undefined: it has taught nothing. */
  without(submissionId: string): Profile | undefined
}

/** Of a sender whose messages were only ever learned, one after another. */
export function foldPlainly(): FoldedHabits {
  let profile = emptyProfile()
  return {
    profile: () => profile,
    learn(_, observation) {
      profile = foldObservation(profile, observation)
    },
    change: () => false,
    without: () => undefined
  }
}

const sender = 'sender'

/** Of a sender some of whose messages were un-learned, vouched for or imported: by the service's own journal, in memory. */
export function foldWithJournal(): FoldedHabits {
  const habits = createLearnedHabits({
    profiles: createMemoryTable(),
    bases: createMemoryTable(),
    journal: createMemoryTable(),
    expiry: createMemoryTable()
  })

  function forget(submissionIds: readonly string[]): boolean {
    const gone = new Set(submissionIds)
    return habits.forget(sender, ({ submissionId }) => gone.has(submissionId)) === gone.size
  }

  return {
    profile: () => habits.standing(sender).profile,
    learn: (submissionId, observation) => habits.learn(sender, submissionId, observation, {}),
    change({ act, submissions, now }, observationOf) {
      if (act === 'forgotten') return forget(submissions)
      if (act === 'confirmed') return habits.confirm(sender, new Set(submissions)) > 0
      const messages = submissions.flatMap((submissionId) => {
        const observation = act === 'withdrawn' ? null : observationOf(submissionId)
        return observation === undefined ? [] : { submissionId, observation }
      })
      const known = messages.flatMap(({ submissionId, observation }) =>
        observation === null ? [] : { submissionId, observation }
      )
      if (act === 'past') habits.learnPast(sender, known, now)
      else if (act === 'relearned' || act === 'withdrawn')
        for (const one of messages) habits.relearn(sender, one.submissionId, one.observation)
      else
        for (const one of known)
          habits.learn(sender, one.submissionId, one.observation, {
            confirmed: act === 'vouched',
            mayGrow: true
          })
      return messages.length === submissions.length
    },
    without: (submissionId) => habits.profileBefore(sender, submissionId)
  }
}
