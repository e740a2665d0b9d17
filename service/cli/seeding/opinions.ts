import type { Chance } from '../../../datasets/synthetic-mail/chance.ts'
import type { SyntheticSubmission } from '../../../datasets/synthetic-mail/mail.ts'
import type { FeedbackLabel, FeedbackSource } from '../../senders/feedback-records.ts'

/** What somebody does about a message, and how long after it came. */
export type Opinion =
  | { readonly kind: 'decide'; readonly afterMs: number; readonly decision: 'released' | 'rejected' }
  | {
      readonly kind: 'say'
      readonly afterMs: number
      readonly label: FeedbackLabel
      readonly source: FeedbackSource
    }
  /** The account is its owner's again. */
  | { readonly kind: 'restore'; readonly afterMs: number }

type Fate = 'held' | 'allowed' | 'blocked'

/** How often people see what is true, and how often they are wrong: labels of a real installation are few and noisy. */
const shares = {
  heldHonest: { released: 0.8, rejected: 0.05 },
  heldBad: { rejected: 0.8, released: 0.06, takeover: 0.6 },
  missed: { complaint: 0.5, takeover: 0.5 },
  honest: { operator: 0.006, owner: 0.004, recipient: 0.002, complaint: { bulk: 0.02, other: 0.001 }, overruled: 0.4 }
} as const // prettier-ignore

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** What people will say of this message. `chance`: of this message alone. */
export function opinionsOf(mail: SyntheticSubmission, fate: Fate, chance: Chance): readonly Opinion[] {
  const isBad = mail.label === 'spam'
  if (fate === 'held') return isBad ? ofHeldBad(chance) : ofHeldHonest(chance)
  if (isBad) return fate === 'allowed' ? ofMissed(chance) : []
  return fate === 'allowed' ? ofHonest(mail, chance) : []
}

function ofHeldHonest(chance: Chance): readonly Opinion[] {
  const { released, rejected } = shares.heldHonest
  const which = chance.weighted([released, rejected, 1 - released - rejected])
  const afterMs = chance.int(10, 300) * minuteMs
  if (which === 2) return []
  return [{ kind: 'decide', afterMs, decision: which === 0 ? 'released' : 'rejected' }]
}

function ofHeldBad(chance: Chance): readonly Opinion[] {
  const { rejected, released, takeover } = shares.heldBad
  const which = chance.weighted([rejected, released, 1 - rejected - released])
  const afterMs = chance.int(10, 300) * minuteMs
  if (which === 2) return []
  if (which === 1) return [{ kind: 'decide', afterMs, decision: 'released' }]
  const decided = { kind: 'decide', afterMs, decision: 'rejected' } as const
  return chance.happens(takeover) ? [decided, ...takenOver(afterMs + minuteMs, chance)] : [decided]
}

function ofMissed(chance: Chance): readonly Opinion[] {
  const { complaint, takeover } = shares.missed
  const complained = chance.happens(complaint)
    ? [said('spam', chance.pick(['fbl', 'recipient'] as const), chance.int(1, 20) * hourMs)]
    : []
  const seen = chance.happens(takeover) ? takenOver(chance.int(2, 30) * hourMs, chance) : []
  return [...complained, ...seen]
}

function ofHonest({ family }: SyntheticSubmission, chance: Chance): readonly Opinion[] {
  const { operator, owner, recipient, complaint, overruled } = shares.honest
  const share = isBulk(family) ? complaint.bulk : complaint.other
  if (chance.happens(share)) {
    const complained = said('spam', 'fbl', chance.int(1, 48) * hourMs)
    return chance.happens(overruled)
      ? [complained, said('legitimate', 'operator', complained.afterMs + 2 * hourMs)]
      : [complained]
  }
  const afterMs = chance.int(1, 40) * hourMs
  if (chance.happens(operator)) return [said('legitimate', 'operator', afterMs)]
  if (chance.happens(owner)) return [said('legitimate', 'sender', afterMs)]
  return chance.happens(recipient) ? [said('spam', 'recipient', afterMs)] : []
}

function takenOver(afterMs: number, chance: Chance): readonly Opinion[] {
  return [
    said('takeover', 'operator', afterMs),
    { kind: 'restore', afterMs: afterMs + chance.int(3, 12) * hourMs }
  ]
}

function said(label: FeedbackLabel, source: FeedbackSource, afterMs: number) {
  return { kind: 'say', label, source, afterMs } as const
}

/** What many people get, and some don't want any more. */
function isBulk(family: string): boolean {
  return family === 'honest/newsletter' || family === 'honest/order'
}
