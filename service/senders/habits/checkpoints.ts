import { emptyProfile } from '../../profile/profile.ts'
import type { SenderJournal } from './sender-journal.ts'
import type { SenderKey } from '../sender-store.ts'
import type { Checkpoint, SenderTables } from '../sender-tables.ts'

export type HabitTables = Pick<SenderTables, 'profiles' | 'bases' | 'journal' | 'expiry'>

/** Reads a sender's profile and the number of its last journal entry. */
export type ReadCheckpoint = (
  sender: SenderKey
) => Required<Omit<Checkpoint, 'changes'>> & { readonly last: number }

/** Brings what an older version wrote to this one first: it writes, so it belongs inside a transaction. */
export function createCheckpoints({ profiles, bases }: HabitTables, journal: SenderJournal): ReadCheckpoint {
  const newcomer = emptyProfile()

  /**
   * A store of before there were bases: a journal that goes back to the first message needs none. Else what its messages taught can't
   * be told from what came before them: the profile as it stands becomes the base.
   */
  function adopt(sender: SenderKey, { profile }: Checkpoint): number {
    const last = profile.messagesSeen
    if (journal.count(sender) < last) {
      bases.put(sender, { profile, through: last })
      journal.drop(sender, Array.from(journal.entries(sender)), [])
    }
    profiles.put(sender, { profile, last })
    return last
  }

  return (sender) => {
    const stored = profiles.get(sender)
    if (stored === undefined) return { profile: newcomer, last: 0, revision: 0 }
    const { profile, revision = 0 } = stored
    return { profile, last: stored.last ?? adopt(sender, stored), revision }
  }
}
