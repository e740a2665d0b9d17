import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createQueue } from '../../service/queue/queue.ts'
import type { Storage, Table } from '../../service/storage/storage.ts'
import { openTemporary, temporaryDirectory } from '../storage/open-temporary.ts'
import { newMessage, start, type MessageDraft } from './messages.ts'

const hour = 3_600_000

async function openQueue(t: TestContext, storage: Storage, clock = () => start) {
  return createQueue({ storage, spoolDirectory: join(await temporaryDirectory(t), 'spool'), clock })
}

async function openFilled(t: TestContext, drafts: readonly MessageDraft[]) {
  const storage = await openTemporary(t)
  const queue = await openQueue(t, storage)
  for (const draft of drafts) await storage.transaction(() => queue.enqueue(newMessage(draft)))
  return { storage, queue }
}

const idsIn = (entries: Iterable<{ readonly id: string }>): readonly string[] =>
  Array.from(entries, ({ id }) => id)

test('a message waits under each domain that is still open, and under its sender', async (t) => {
  const { queue } = await openFilled(t, [{ id: 'one', to: ['a@x.test', 'b@Y.test', 'c@x.test'] }])
  assert.deepEqual([...queue.waitingDomains()], ['x.test', 'y.test'])
  assert.deepEqual([...queue.waitingSenders()], ['alice@example.org'])
  await queue.recordOutcome('one', {
    round: 1,
    recipients: ['a@x.test', 'c@x.test'].map((address) => ({
      address,
      state: 'delivered',
      reply: '250 ok',
      status: '2.0.0',
      mx: 'mx.x.test',
      at: start
    })),
    attempt: { at: start, durationMs: 1, route: 'r', mx: null, recipients: 2, reply: '250 ok' },
    nextAttemptAt: null
  })
  assert.deepEqual([...queue.waitingDomains()], ['y.test'])
  await queue.cancel('one', 'test')
  assert.deepEqual([[...queue.waitingDomains()], [...queue.waitingSenders()]], [[], []])
})

test('a bucket is read by turn, and only what is due', async (t) => {
  const { storage, queue } = await openFilled(t, [])
  const later = await openQueue(t, storage, () => start + 2 * hour)
  const put = (from: typeof queue, draft: MessageDraft) =>
    storage.transaction(() => from.enqueue(newMessage({ to: ['a@x.test'], ...draft })))
  await put(queue, { id: 'old-normal' })
  await put(queue, { id: 'elsewhere', to: ['a@y.test'] })
  await put(queue, { id: 'old-bulk', label: 'bulk' })
  await put(later, { id: 'urgent', label: 'urgent' })
  const at = start + 2 * hour
  assert.deepEqual(idsIn(queue.readyIn({ domain: 'x.test' }, at)), ['old-normal', 'urgent', 'old-bulk'])
  assert.deepEqual(idsIn(queue.readyIn({ domain: 'x.test' }, start)), ['old-normal', 'old-bulk'])
  assert.equal(queue.countIn({ domain: 'x.test' }, 2), 2)
})

test('a queue that an earlier version wrote is indexed when it is opened', async (t) => {
  const { storage } = await openFilled(t, [
    { id: 'one', to: ['a@x.test'] },
    { id: 'two', to: ['b@y.test'] }
  ])
  const buckets: Table<string> = storage.table('queue.buckets')
  const layouts: Table<number> = storage.table('queue.layout')
  await storage.transaction(() => {
    for (const { key } of buckets.range()) buckets.remove(key)
    layouts.remove('due')
  })
  const queue = await openQueue(t, storage)
  assert.deepEqual([...queue.waitingDomains()], ['x.test', 'y.test'])
  assert.deepEqual([...queue.waitingOf('alice@example.org')], ['one', 'two'])
})

test('a recalled message is held, and one that was delivered meanwhile is done', async (t) => {
  const { storage, queue } = await openFilled(t, [{ id: 'one', to: ['a@x.test'] }])
  const hold = { reasons: ['SENDER_RESTRICTED'], risk: 0.5, deadline: start + hour }
  const recalled = await storage.transaction(() => queue.recall('one', hold))
  assert.equal(recalled.kind, 'done')
  assert.deepEqual([queue.counts(), [...queue.waitingDomains()]], [{ queued: 0, held: 1 }, []])
  assert.equal((await storage.transaction(() => queue.recall('one', hold))).kind, 'not-queued')
  await queue.recordOutcome('one', {
    round: 1,
    recipients: [
      { address: 'a@x.test', state: 'delivered', reply: '250', status: '2.0.0', mx: null, at: start }
    ],
    attempt: { at: start, durationMs: 1, route: 'r', mx: null, recipients: 1, reply: '250' },
    nextAttemptAt: null
  })
  assert.deepEqual([queue.get('one')?.state, queue.counts()], ['done', { queued: 0, held: 0 }])
})

test('an order to many counts first, and changes only those that are meant', async (t) => {
  const { queue } = await openFilled(t, [
    ...Array.from({ length: 600 }, (_, at) => ({ id: `x${at}`, to: ['a@x.test'] })),
    { id: 'urgent', to: ['a@x.test'], label: 'urgent' },
    { id: 'y', to: ['a@y.test'] }
  ])
  const filter = { domain: 'x.test', label: 'normal' } as const
  const all = async (order: 'count' | 'cancel') => {
    let [matched, changed] = [0, 0]
    for (let cursor: string | undefined, more = true; more;) {
      const step = await queue.orderAll({ order, filter, by: 'test', cursor })
      if (step.kind !== 'done') return assert.fail()
      matched += step.matched
      changed += step.changed
      cursor = step.nextCursor ?? undefined
      more = cursor !== undefined
    }
    return [matched, changed]
  }
  assert.deepEqual(await all('count'), [600, 0])
  assert.deepEqual(await all('cancel'), [600, 600])
  assert.deepEqual([queue.counts().queued, queue.get('urgent')?.state], [2, 'queued'])
})

test('a message that a clock set back had timed beyond all schedules is tried now', async (t) => {
  const storage = await openTemporary(t)
  const ahead = await openQueue(t, storage, () => start + 1_000 * hour)
  await storage.transaction(() => ahead.enqueue(newMessage({ id: 'one' })))
  const queue = await openQueue(t, storage)
  assert.equal(await queue.pullForward(start + 2_000 * hour, 10), 0)
  assert.equal(await queue.pullForward(start + 168 * hour, 10), 1)
  assert.equal(queue.get('one')?.nextAttemptAt, start)
})

test('an attempt that ended in a future which the clock has left again is not made at once again', async (t) => {
  const { queue } = await openFilled(t, [{ id: 'one', to: ['a@x.test'] }])
  const end = start + hour
  await queue.recordOutcome('one', {
    round: 1,
    recipients: [],
    attempt: { at: end - 10, durationMs: 10, route: 'r', mx: null, recipients: 1, reply: '450' },
    nextAttemptAt: end + 300_000
  })
  assert.equal(queue.get('one')?.nextAttemptAt, end + 300_000)
})
