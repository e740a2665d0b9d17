import assert from 'node:assert/strict'
import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createQueue } from '../../service/queue/queue.ts'
import { openTemporary, temporaryDirectory } from '../storage/open-temporary.ts'
import { newMessage, start } from './messages.ts'

test('a record that lacks what every message has is told of once, and is for everybody else not there', async (t) => {
  const storage = await openTemporary(t)
  const told: string[] = []
  const queue = await createQueue({
    storage,
    spoolDirectory: await temporaryDirectory(t),
    clock: () => start,
    onUnreadable: (id) => told.push(id)
  })
  await storage.transaction(() => ['torn', 'whole'].map((id) => queue.enqueue(newMessage({ id }))))
  await storage.transaction(() => storage.table<object>('queue.messages').put('torn', { id: 'torn' }))
  assert.equal(queue.get('torn'), undefined)
  assert.equal(queue.get('torn'), undefined)
  assert.deepEqual(told, ['torn'])
  assert.equal(queue.get('whole')?.state, 'queued')
})

test('a body that is not what was accepted is refused, in the store and in a file', async (t) => {
  const storage = await openTemporary(t)
  const spoolDirectory = await temporaryDirectory(t)
  const queue = await createQueue({ storage, spoolDirectory, clock: () => start, maxInlineBytes: 1_000 })
  const small = newMessage({ id: 'small', raw: 'Subject: small\r\n\r\nhello\r\n' })
  const large = newMessage({ id: 'large', raw: 'x'.repeat(2_000) })
  await queue.prepareBody(large.id, large.raw)
  await storage.transaction(() => [small, large].map((message) => queue.enqueue(message)))
  await storage.transaction(() =>
    storage.table<Uint8Array>('queue.bodies').put('small', Buffer.from('Subject: small\r\n\r\nhellO\r\n'))
  )
  await truncate(join(spoolDirectory, 'large'), 1_500)
  for (const id of ['small', 'large']) {
    const message = queue.get(id)
    assert.ok(message)
    await assert.rejects(queue.body(message), { code: 'QUEUE_BODY_DAMAGED' })
  }
})
