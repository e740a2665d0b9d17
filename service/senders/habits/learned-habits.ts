import { foldObservation, type HabitObservation } from '../../profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../profile/profile.ts'
import { createCheckpoints, type HabitTables } from './checkpoints.ts'
import { createForgetHabits, type ForgetHabits } from './forget-habits.ts'
import { createGrowingMessages } from './growing-messages.ts'
import { createLearnPast, type LearnPast } from './learn-past.ts'
import { createRelearnHabits, type RelearnHabits } from './relearn-habits.ts'
import { packObservation, unpackObservation } from './packed-observation.ts'
import { createSenderJournal, journalLifeMs, type NumberedRecord } from './sender-journal.ts'
import type { JournalEntry, LearnOptions, SenderKey } from '../sender-store.ts'

/** About a month of a busy person; beyond it the oldest go. */
export const maxJournalEntries = 2_000

/** So many messages of a busy sender leave the journal together: its base is rewritten once for all of them. */
const trimStride = 64

/**
 * What senders' messages taught, so kept that it can be forgotten: the profile as it stands, the journal of the messages since then,
 * and the base, the profile before the journal. At every moment the base with the journal folded in is the profile. An entry that
 * leaves the journal, by age or by number, is folded into the base; always the oldest first, as the order of messages matters.
 */
export interface LearnedHabits extends ForgetHabits, Pick<RelearnHabits, 'profileBefore'> {
  /** In place of what it taught before; null: it teaches nothing. See `SenderStore.relearn`. */
  relearn(sender: SenderKey, submissionId: string, observation: HabitObservation | null): void
  /** The profile as it stands, and the number of its last change. */
  standing(sender: SenderKey): { readonly profile: Profile; readonly habits: number }
  learn(sender: SenderKey, submissionId: string, observation: HabitObservation, options: LearnOptions): void
  readonly learnPast: LearnPast
  journal(sender: SenderKey): Iterable<JournalEntry>
  /** Moves at most `limit` entries that are past their time from the journal to the base. Gives how many. */
  settle(sender: SenderKey, now: number, limit: number): number
}

export function createLearnedHabits(tables: HabitTables): LearnedHabits {
  const { profiles } = tables
  const journal = createSenderJournal(tables)
  const checkpoint = createCheckpoints(tables, journal)
  const growing = createGrowingMessages()
  const onChanged = (sender: SenderKey): void => growing.forget(sender)
  const forgetting = createForgetHabits(tables, journal, checkpoint, onChanged)
  const learnPast = createLearnPast(tables, { journal, checkpoint, onChanged, maxJournalEntries })
  const relearning = createRelearnHabits(tables, journal, checkpoint, growing)

  function learn(
    sender: SenderKey,
    submissionId: string,
    observed: HabitObservation,
    { confirmed = false, mayGrow = false }: LearnOptions
  ): void {
    const { profile: before, last, revision } = checkpoint(sender)
    const number = last + 1
    const profile = foldObservation(before, observed, { confirmed })
    profiles.put(sender, { profile, last: number, revision })
    if (mayGrow) growing.put({ sender, submissionId, number, before, revision })
    const observation = packObservation(observed)
    journal.put(sender, { number, record: { submissionId, observation, ...(confirmed && { confirmed }) } })
    if (number % trimStride !== 0) return
    const first = number - maxJournalEntries + trimStride
    journal.moveToBase(sender, (entry) => entry.number <= first, maxJournalEntries)
  }

  return {
    ...forgetting,
    relearn(sender, submissionId, observed) {
      if (relearning.relearn(sender, submissionId, observed) || observed !== null) return
      forgetting.forget(sender, (record) => record.submissionId === submissionId)
    },
    profileBefore: (sender, submissionId) => relearning.profileBefore(sender, submissionId),
    standing(sender) {
      const { profile = newcomer, changes = 0 } = profiles.get(sender) ?? {}
      return { profile, habits: changes }
    },
    learn,
    learnPast,
    *journal(sender) {
      for (const { number, record } of journal.entries(sender)) {
        const { submissionId, observation, confirmed } = record
        yield {
          number,
          submissionId,
          observation: unpackObservation(observation),
          confirmed: confirmed === true
        }
      }
    },
    settle(sender, now, limit) {
      checkpoint(sender)
      return journal.moveToBase(sender, (entry) => isOver(entry, now), limit)
    }
  }
}

const newcomer = emptyProfile()

/** Written by a clock far ahead, an entry would stand before the others for years. */
function isOver({ record }: NumberedRecord, now: number): boolean {
  return Math.abs(now - record.observation.receivedAt) >= journalLifeMs
}
