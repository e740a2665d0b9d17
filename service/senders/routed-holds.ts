import type { Client } from '../message/submission.ts'
import type { Storage, Table } from '../storage/storage.ts'
import type { SenderKey } from './sender-store.ts'

/** A message that was held when a mail server asked, and that this mail server was told to hand to our SMTP door. */
export interface RoutedHold {
  readonly verdictId: string
  /** Who had handed it to the mail server: at our door it comes from the mail server itself. */
  readonly client: Client
  /** Its content was judged, too. What was held by its envelope alone is judged anew once it is read. */
  readonly sawContent: boolean
  /** Epoch ms. */
  readonly at: number
}

/**
 * Which messages are on their way from a mail server to us because they are held, by sender and queue id, so that they are held here too,
 * whatever they look like when they come. Kept five days, which is how long a mail server tries (RFC 5321 section 4.5.4.1). All writes
 * belong inside `Storage.transaction`.
 */
export interface RoutedHolds {
  note(sender: SenderKey, queueId: string, hold: RoutedHold): void
  /** undefined: no such message is on its way. */
  of(sender: SenderKey, queueId: string, now: number): RoutedHold | undefined
  /** Forgets a sender's, a bounded part with each call; gives how many. */
  erase(sender: SenderKey): number
  /** Drops what is past its time; bounded work, gives the number dropped. */
  expire(now: number): number
}

const lifeMs = 5 * 86_400_000
const maxAtOnce = 500

export function createRoutedHolds(storage: Pick<Storage, 'table'>): RoutedHolds {
  /** By [sender, queue id]. */
  const holds: Table<RoutedHold> = storage.table('senders.routed_holds')
  /** By [epoch ms of its end, sender, queue id]. */
  const expiry: Table<true> = storage.table('senders.routed_holds_expiry')

  function remove(sender: SenderKey, queueId: string, at: number): void {
    if (holds.get([sender, queueId])?.at === at) holds.remove([sender, queueId])
    expiry.remove([at + lifeMs, sender, queueId])
  }

  return {
    note(sender, queueId, hold) {
      holds.put([sender, queueId], hold)
      expiry.put([hold.at + lifeMs, sender, queueId], true)
    },
    of(sender, queueId, now) {
      const hold = holds.get([sender, queueId])
      return hold !== undefined && hold.at + lifeMs > now ? hold : undefined
    },
    erase(sender) {
      const own = { start: [sender], end: [sender, '\uffff'], limit: maxAtOnce }
      const found = Array.from(holds.range(own))
      for (const { key, value } of found)
        if (typeof key === 'object') remove(sender, String(key[1]), value.at)
      return found.length
    },
    expire(now) {
      const due = Array.from(expiry.range({ end: [now + 1], limit: maxAtOnce }), ({ key }) => key)
      for (const key of due)
        if (typeof key === 'object') remove(String(key[1]), String(key[2]), Number(key[0]) - lifeMs)
      return due.length
    }
  }
}
