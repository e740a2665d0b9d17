import { foldObservation } from '../../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../../service/profile/profile.ts'
import type { Replayed } from '../../history/replay-sender.ts'

/**
 * Mail that was imported was never judged, and was learned in one go: history has it beside the habits of before its import. To be judged
 * at all it stands here beside what its sender had sent before it, of what was imported.
 */
export function createImportedPast(): (replayed: Replayed) => Replayed {
  let sender = ''
  let past: Profile = emptyProfile()
  return function standIn(replayed) {
    const { row, observation, profile } = replayed
    if (row.sender !== sender) {
      sender = row.sender
      past = emptyProfile()
    }
    if (row.caller !== 'import') return replayed
    const before = profile.messagesSeen > past.messagesSeen ? profile : past
    past = foldObservation(before, observation)
    return { ...replayed, profile: before }
  }
}
