import { createHash } from 'node:crypto'
import type { SenderStore } from '../senders/sender-store.ts'
import type { Case } from './settle.ts'

/** Messages that were held where the client has to keep them: it brings them again every few minutes. */
export interface RefusedHolds {
  /** Inside the transaction. Whether it is a new one, and not more than `most` of its sender's in a day. */
  note(known: Pick<Case, 'sender' | 'submission'>, most: number): boolean
}

/** Beside the idempotency keys, which are hashes of 43 characters. */
const key = 'refused-holds'

export function createRefusedHolds(
  senders: Pick<SenderStore, 'remembered' | 'remember'>,
  clock: () => number
): RefusedHolds {
  return {
    note({ sender, submission }, most) {
      const now = clock()
      const stored = senders.remembered(sender, key, now)
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this function writes under the key
      const known = (stored?.answer ?? []) as readonly string[]
      const digest = createHash('sha256').update(submission.raw).digest('base64url').slice(0, 16)
      if (known.includes(digest) || known.length >= most) return false
      senders.remember(sender, key, { digest: '', at: stored?.at ?? now, answer: [...known, digest] })
      return true
    }
  }
}
