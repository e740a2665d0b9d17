import { setImmediate as breathe } from 'node:timers/promises'
import type { Storage, Table } from '../../storage/storage.ts'
import type { MessageShelf } from '../records/message-shelf.ts'

/** What the indexes of waiting messages look like: 2 has buckets, and the sender beside each due time. */
const layout = 2
/** Messages in one transaction: some ten milliseconds of work. */
const batchSize = 500

/**
 * Indexes the waiting messages of a queue that an earlier version wrote. What a crash cuts short begins anew at the next start: every write
 * of it may be made twice.
 */
export async function rebuildIndexes(storage: Storage, shelf: MessageShelf): Promise<void> {
  const layouts: Table<number> = storage.table('queue.layout')
  if (layouts.get('due') === layout) return
  let batch: string[] = []
  for (const { entry } of shelf.due.entries()) {
    batch.push(entry.id)
    if (batch.length < batchSize) continue
    await index(batch)
    batch = []
    await breathe()
  }
  await index(batch)
  await storage.transaction(() => layouts.put('due', layout))

  async function index(ids: readonly string[]): Promise<void> {
    await storage.transaction(() => {
      for (const id of ids) {
        const message = shelf.messages.get(id)
        if (message?.state !== 'queued') continue
        shelf.due.put(message)
        shelf.buckets.put(message)
      }
    })
  }
}
