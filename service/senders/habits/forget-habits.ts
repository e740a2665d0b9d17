import { emptyProfile } from '../../profile/profile.ts'
import type { HabitTables, ReadCheckpoint } from './checkpoints.ts'
import type { SenderJournal } from './sender-journal.ts'
import type { SenderKey } from '../sender-store.ts'
import type { JournalRecord } from '../sender-tables.ts'

/** The ways to change what was learned before. */
export interface ForgetHabits {
  /** Folds base and journal anew without the entries that `isDropped`. Gives how many those were. */
  forget(sender: SenderKey, isDropped: (record: JournalRecord) => boolean): number
  /** Folds them anew with these messages vouched for. Gives how many of them the journal held. */
  confirm(sender: SenderKey, submissionIds: ReadonlySet<string>): number
  rewindsTo(sender: SenderKey): number
  rebuild(sender: SenderKey): void
  /** Empties profile and base, removes at most `limit` journal entries, the profile itself with the last. Gives how many are left. */
  erase(sender: SenderKey, limit: number): number
}

export function createForgetHabits(
  { profiles, bases }: HabitTables,
  journal: SenderJournal,
  checkpoint: ReadCheckpoint,
  /** What was known of the journal beside it is wrong now. */
  onChanged: (sender: SenderKey) => void
): ForgetHabits {
  const newcomer = emptyProfile()

  function refold(sender: SenderKey): void {
    const { last } = checkpoint(sender)
    profiles.put(sender, { profile: journal.replayed(sender), last })
    onChanged(sender)
  }

  return {
    forget(sender, isDropped) {
      checkpoint(sender)
      const { dropped = [], kept = [] } = Object.groupBy(journal.entries(sender), ({ record }) =>
        isDropped(record) ? 'dropped' : 'kept'
      )
      if (dropped.length === 0) return 0
      journal.drop(sender, dropped, kept)
      refold(sender)
      return dropped.length
    },
    confirm(sender, submissionIds) {
      checkpoint(sender)
      const entries = Array.from(journal.entries(sender))
      const vouched = entries.filter(({ record }) => submissionIds.has(record.submissionId))
      const fresh = vouched.filter(({ record }) => record.confirmed !== true)
      for (const { number, record } of fresh)
        journal.put(sender, { number, record: { ...record, confirmed: true } })
      if (fresh.length > 0) refold(sender)
      return vouched.length
    },
    rewindsTo(sender) {
      const base = bases.get(sender)
      return base === undefined ? 0 : base.profile.lastAt + 1
    },
    rebuild(sender) {
      if (profiles.get(sender) !== undefined) refold(sender)
    },
    erase(sender, limit) {
      const stored = profiles.get(sender)
      onChanged(sender)
      if (stored === undefined) return 0
      bases.remove(sender)
      journal.drop(sender, Array.from(journal.entries(sender, limit)), [])
      const left = journal.count(sender)
      // Until the last entry is gone its number must not be given anew
      if (left === 0) profiles.remove(sender)
      else profiles.put(sender, { profile: newcomer, last: stored.last ?? stored.profile.messagesSeen })
      return left
    }
  }
}
