import { StorageError } from '../../storage/storage-error.ts'
import type { Table } from '../../storage/storage.ts'
import type { QueuedMessage } from './queued-message.ts'

/** Is told of a record that the disk has damaged, once while the service runs. */
export type OnUnreadable = (id: string, error: unknown) => void

export interface ReadableMessages extends Table<QueuedMessage> {
  /** Whether there is a record which cannot be read. Its body is left alone: an operator may still want it. */
  isUnreadable(id: string): boolean
}

/** So many are remembered as told of; who has more damaged records than that hears of some again. */
const maxRemembered = 10_000

/** One damaged record must not stop the others: it is told of, and for everybody else as if it were not there. */
export function readableMessages(
  messages: Table<QueuedMessage>,
  onUnreadable: OnUnreadable
): ReadableMessages {
  const unreadable = new Set<string>()
  return { ...messages, get, isUnreadable }

  function get(key: Parameters<typeof messages.get>[0]): QueuedMessage | undefined {
    try {
      const message = messages.get(key)
      if (message === undefined || isWhole(message, key)) return message
      setAside(String(key), new Error('the record lacks what every message has'))
    } catch (error) {
      // What the store itself says is no matter of this record
      if (error instanceof StorageError) throw error
      setAside(String(key), error)
    }
    return undefined
  }

  function isUnreadable(id: string): boolean {
    return get(id) === undefined && unreadable.has(id)
  }

  function setAside(id: string, error: unknown): void {
    if (unreadable.has(id)) return
    if (unreadable.size >= maxRemembered) unreadable.clear()
    unreadable.add(id)
    onUnreadable(id, error)
  }
}

/** Bytes that changed on the disk may still decode. What everybody relies on is looked at. */
function isWhole(
  { id, state, recipients, envelope, attemptLog }: Partial<QueuedMessage>,
  key: unknown
): boolean {
  return (
    id === key &&
    typeof state === 'string' &&
    Array.isArray(recipients) &&
    Array.isArray(envelope?.rcptTo) &&
    Array.isArray(attemptLog)
  )
}
