import type { QueuedMessage } from '../../queue/records/queued-message.ts'
import { costOf } from '../../scoring/cost.ts'
import { fitsLimits, type LimitsOf } from '../../scoring/fits-limits.ts'
import { limitsBroken } from '../../scoring/limits-broken.ts'
import type { SenderKey, SenderStore } from '../../senders/sender-store.ts'
import { isLimited } from './is-limited.ts'
import { toSubmission, type ObserveHeld } from './observe-held.ts'

/**
 * Inside the transaction that releases a message: charges what a limit had held back, now that it leaves. Other holds were charged when
 * they came. Before its profile learns from it, or nobody would be new to the sender any more.
 */
export function chargeHeld(
  message: QueuedMessage,
  observation: Awaited<ReturnType<ObserveHeld>>,
  senders: Pick<SenderStore, 'keyOf' | 'snapshot' | 'charge'>,
  at: number
): void {
  if (!isLimited(message)) return
  const sender = senders.keyOf(message.senderId)
  const { profile } = senders.snapshot(sender, at)
  senders.charge(sender, { at, ...costOfHeld(message, observation, profile) })
}

/**
 * Inside that transaction, before it: whether what a limit had held back may leave by itself. Judged again, a message is measured by the
 * limits of the day it came; it leaves today, perhaps with hundreds of its kind.
 */
export function hasRoom(
  message: QueuedMessage,
  observation: Awaited<ReturnType<ObserveHeld>>,
  { senders, limitsOf }: RoomOptions,
  at: number
): boolean {
  if (!isLimited(message)) return true
  const sender = senders.keyOf(message.senderId)
  const { profile, usage } = senders.snapshot(sender, at)
  return fitsLimits(limitsOf(sender), usage, costOfHeld(message, observation, profile))
}

/** When there may be room for it, if nothing else leaves before (epoch ms); null: it is larger than a limit. */
export function roomAt(
  message: QueuedMessage,
  { senders, limitsOf }: RoomOptions & { readonly senders: Pick<SenderStore, 'freeAt'> },
  at: number
): number | null {
  const sender = senders.keyOf(message.senderId)
  const { profile, usage } = senders.snapshot(sender, at)
  const owed = costOfHeld(message, null, profile)
  return limitsBroken({ limits: limitsOf(sender), usage, owed, sender, at }, senders).recoversAt
}

export interface RoomOptions {
  readonly senders: Pick<SenderStore, 'keyOf' | 'snapshot'>
  readonly limitsOf: LimitsOf<SenderKey>
}

function costOfHeld(
  message: QueuedMessage,
  observation: Awaited<ReturnType<ObserveHeld>>,
  profile: Parameters<typeof costOf>[2]
): ReturnType<typeof costOf> {
  return costOf(toSubmission(message, new Uint8Array()), observation, profile)
}
