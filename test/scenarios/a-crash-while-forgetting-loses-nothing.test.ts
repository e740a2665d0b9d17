import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { createQueue, type Queue } from '../../service/queue/queue.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { newMessage, start } from '../queue/messages.ts'
import { temporaryDirectory } from '../storage/open-temporary.ts'

const dayMs = 86_400_000
const ended = ['old-1', 'old-2', 'old-3', 'old-4']

test('kill -9 while finished messages are forgotten: all or none of them are gone, those that wait are not touched', async (t) => {
  const directory = await temporaryDirectory(t)
  await within(directory, start, async (queue, transaction) => {
    await transaction(() => [...ended, 'waiting'].map((id) => queue.enqueue(newMessage({ id }))))
    for (const id of ended) await queue.cancel(id, 'the test')
  })
  const later = start + 8 * dayMs
  await killedWhileForgetting(directory, later)
  await within(directory, later, async (queue) => {
    assert.deepEqual(
      ended.map((id) => queue.get(id)?.state),
      ['done', 'done', 'done', 'done']
    )
    assert.equal(await queue.forget(later, 100), ended.length)
    assert.equal(queue.get('waiting')?.state, 'queued')
    const waiting = queue.get('waiting')
    assert.ok(waiting !== undefined && (await queue.body(waiting)).length > 0)
    assert.deepEqual(Array.from(queue.ready(later), ({ id }) => id), ['waiting']) // prettier-ignore
  })
})

async function within(
  directory: string,
  now: number,
  act: (queue: Queue, transaction: (write: () => unknown) => Promise<unknown>) => Promise<void>
): Promise<void> {
  const storage = await openStorage({ directory })
  try {
    const queue = await createQueue({ storage, spoolDirectory: join(directory, 'spool'), clock: () => now })
    await act(queue, (write) => storage.transaction(write))
  } finally {
    await storage.close()
  }
}

async function killedWhileForgetting(directory: string, now: number): Promise<void> {
  const path = join(import.meta.dirname, 'forget-child.ts')
  const child = spawn(process.execPath, [path, directory, String(now), '2'], { stdio: 'inherit' })
  await once(child, 'exit')
  assert.equal(child.signalCode, 'SIGKILL')
}
