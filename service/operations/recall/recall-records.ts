import type { ContainmentStep } from '../../senders/containment-ledger.ts'
import type { SenderKey } from '../../senders/sender-store.ts'
import type { Storage, Table } from '../../storage/storage.ts'

/** Whose queued mail is to be looked at again: on disk, so that a crash between the evidence and the look loses nothing. */
export interface RecallRecords {
  /** Inside the transaction that changes the containment. */
  note(step: ContainmentStep): void
  pending(limit: number): readonly PendingRecall[]
  /** Inside a transaction. What was noted after `at` stays. */
  done(recall: PendingRecall): void
  /** Is told of each note, before it is on disk. Gives the way to stop listening. */
  onNote(listener: () => void): () => void
}

export interface PendingRecall {
  readonly sender: SenderKey
  /** The verdict that it is about, or the operator. */
  readonly ref: string
  /** Epoch ms. */
  readonly at: number
}

const ranks = { normal: 0, watched: 1, restricted: 2, suspended: 3 } as const

export function createRecallRecords(storage: Pick<Storage, 'table'>): RecallRecords {
  const table: Table<Omit<PendingRecall, 'sender'>> = storage.table('operations.recalls')
  const listeners = new Set<() => void>()
  return { note, pending, done, onNote }

  function note({ sender, from, to, ref, at }: ContainmentStep): void {
    if (ranks[to] <= ranks[from]) return
    table.put(sender, { ref, at })
    for (const listener of listeners) listener()
  }

  function pending(limit: number): readonly PendingRecall[] {
    return Array.from(table.range({ limit }), ({ key, value }) => ({ sender: String(key), ...value }))
  }

  function done({ sender, at }: PendingRecall): void {
    if (table.get(sender)?.at === at) table.remove(sender)
  }

  function onNote(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
}
