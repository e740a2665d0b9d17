import { envelopeAttributes } from '../observation/observation.ts'
import type { HabitName } from './habits.ts'
import type { Profile } from './profile.ts'

type Counted = Pick<Profile, 'messagesSeen' | 'envelopesSeen'>

/** How many messages of the sender were shown with their content. */
export function wholeSeen({ messagesSeen, envelopesSeen }: Counted): number {
  return messagesSeen - envelopesSeen
}

/**
 * The number of the sender's next message, as a habit counts: habits of content neither fade nor grow old by messages whose content nobody
 * showed.
 */
export function nextNumber(profile: Counted, name: HabitName): number {
  return 1 + (ofEnvelope.has(name) ? profile.messagesSeen : wholeSeen(profile))
}

const ofEnvelope: ReadonlySet<string> = new Set(envelopeAttributes)
