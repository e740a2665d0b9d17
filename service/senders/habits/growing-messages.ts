import type { Profile } from '../../profile/profile.ts'
import type { SenderKey } from '../sender-store.ts'

/** A learned message of which more may come: its place in the journal, and the profile before it. */
export interface GrowingMessage {
  readonly sender: SenderKey
  readonly submissionId: string
  readonly number: number
  readonly before: Profile
  /** The checkpoint's when `before` was true: a transaction that was taken back leaves another one in the store. */
  readonly revision: number
}

/** In memory, the newest ones. */
export interface GrowingMessages {
  put(message: GrowingMessage): void
  find(sender: SenderKey, submissionId: string): GrowingMessage | undefined
  of(sender: SenderKey): readonly GrowingMessage[]
  /** The sender's journal was changed by others: what was before is not known any more. */
  forget(sender: SenderKey): void
}

/** Some 20 kB each. At 100 messages a second five seconds: longer than a mail server takes from RCPT to the end of an ordinary message. */
const maxGrowing = 512

export function createGrowingMessages(): GrowingMessages {
  const bySender = new Map<SenderKey, Map<string, GrowingMessage>>()
  const inOrder = new Set<GrowingMessage>()

  function put(message: GrowingMessage): void {
    const { sender, submissionId } = message
    remove(find(sender, submissionId))
    const own = bySender.get(sender) ?? new Map<string, GrowingMessage>()
    bySender.set(sender, own.set(submissionId, message))
    inOrder.add(message)
    if (inOrder.size > maxGrowing) for (const oldest of inOrder) return remove(oldest)
  }

  function find(sender: SenderKey, submissionId: string): GrowingMessage | undefined {
    return bySender.get(sender)?.get(submissionId)
  }

  function remove(message: GrowingMessage | undefined): void {
    if (message === undefined) return
    inOrder.delete(message)
    const own = bySender.get(message.sender)
    own?.delete(message.submissionId)
    if (own?.size === 0) bySender.delete(message.sender)
  }

  const of = (sender: SenderKey): readonly GrowingMessage[] => [...(bySender.get(sender)?.values() ?? [])]
  return { put, find, of, forget: (sender) => of(sender).forEach(remove) }
}
