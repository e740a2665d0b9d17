import { foldObservation, type HabitObservation } from '../../profile/fold-observation.ts'
import type { Profile } from '../../profile/profile.ts'
import type { SenderKey } from '../sender-store.ts'
import type { HabitTables, ReadCheckpoint } from './checkpoints.ts'
import type { GrowingMessage, GrowingMessages } from './growing-messages.ts'
import { packObservation } from './packed-observation.ts'
import { refolded, type NumberedRecord, type SenderJournal } from './sender-journal.ts'

/** Messages that were learned and of which more has come since. */
export interface RelearnHabits {
  /** Learns it anew, or with null forgets it, in place. False: the habits before it are not at hand, and nothing was done. */
  relearn(sender: SenderKey, submissionId: string, observed: HabitObservation | null): boolean
  profileBefore(sender: SenderKey, submissionId: string): Profile | undefined
}

/** Messages of the sender that came in between and are folded again, at 0.1 ms each. */
const maxBetween = 64

export function createRelearnHabits(
  { profiles }: HabitTables,
  journal: SenderJournal,
  checkpoint: ReadCheckpoint,
  growing: GrowingMessages
): RelearnHabits {
  let revisions = 0

  function known(sender: SenderKey, submissionId: string): GrowingMessage | undefined {
    const message = growing.find(sender, submissionId)
    if (message === undefined || message.revision !== (profiles.get(sender)?.revision ?? 0)) return undefined
    return message
  }

  function relearn(sender: SenderKey, submissionId: string, observed: HabitObservation | null): boolean {
    const message = known(sender, submissionId)
    if (message === undefined) return false
    const { last } = checkpoint(sender)
    if (last - message.number > maxBetween) return false
    const [own, ...later] = journal.since(sender, message.number)
    if (own?.record.submissionId !== submissionId) return false

    const befores = new Map<string, Profile>()
    let profile = replaced(sender, own, message.before, observed, later)
    for (const entry of later) {
      befores.set(entry.record.submissionId, profile)
      profile = refolded(profile, entry)
    }
    revisions += 1
    const revision = revisions
    profiles.put(sender, { profile, last, revision })
    for (const one of growing.of(sender))
      growing.put({ ...one, before: befores.get(one.submissionId) ?? one.before, revision })
    return true
  }

  /** The profile after the entry as it is now. */
  function replaced(
    sender: SenderKey,
    own: NumberedRecord,
    before: Profile,
    observed: HabitObservation | null,
    later: readonly NumberedRecord[]
  ): Profile {
    if (observed === null) {
      const earlier = journal.before(sender, own.number)
      journal.drop(sender, [own], earlier === undefined ? later : [earlier, ...later])
      return before
    }
    const record = { ...own.record, observation: packObservation(observed) }
    journal.put(sender, { number: own.number, record })
    return foldObservation(before, observed, { confirmed: record.confirmed === true })
  }

  return { relearn, profileBefore: (sender, submissionId) => known(sender, submissionId)?.before }
}
