import assert from 'node:assert/strict'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createQueue, type Queue } from '../../service/queue/queue.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { temporaryDirectory } from '../storage/open-temporary.ts'
import { newMessage, start, type MessageDraft } from './messages.ts'

const hour = 3_600_000
const large = Buffer.alloc(300 * 1024, 'x')

interface Opened {
  readonly storage: Storage
  readonly queue: Queue
  readonly spool: string
  /** Takes a message in, at a time of its own. */
  readonly add: (draft?: MessageDraft, at?: number) => Promise<string>
}

async function open(t: TestContext): Promise<Opened> {
  const directory = await temporaryDirectory(t)
  const spool = join(directory, 'spool')
  const storage = await openStorage({ directory })
  t.after(() => storage.close())
  let now = start
  const queue = await createQueue({ storage, spoolDirectory: spool, clock: () => now })
  return { storage, queue, spool, add }

  async function add(draft: MessageDraft = {}, at = start): Promise<string> {
    const message = newMessage(draft)
    await queue.prepareBody(message.id, message.raw)
    now = at
    await storage.transaction(() => queue.enqueue(message))
    now = start
    return message.id
  }
}

function readyAt(queue: Queue, now: number): readonly string[] {
  return Array.from(queue.ready(now), ({ id }) => id)
}

test('a message that a transaction rolls back was never there', async (t) => {
  const { storage, queue } = await open(t)
  const rolledBack = storage.transaction(() => {
    queue.enqueue(newMessage({ id: 'gone' }))
    throw new Error('the verdict could not be stored')
  })
  await assert.rejects(rolledBack, /verdict/u)
  assert.equal(queue.get('gone'), undefined)
  assert.deepEqual(readyAt(queue, start), [])
})

test('urgent mail overtakes, and what has waited long enough is not overtaken any more', async (t) => {
  const { queue, add } = await open(t)
  await add({ id: 'bulk-old', label: 'bulk' }, start - 6 * hour)
  await add({ id: 'bulk', label: 'bulk' })
  await add({ id: 'normal-old' }, start - 2 * hour)
  await add({ id: 'normal' }, start - 60_000)
  await add({ id: 'urgent', label: 'urgent' })
  await add({ id: 'later', label: 'urgent' }, start + 1)

  assert.deepEqual(readyAt(queue, start), ['bulk-old', 'normal-old', 'urgent', 'normal', 'bulk'])
  assert.equal(queue.nextDueAfter(start), start + 1)
})

test('a large body lies in a file, a small one in the store, and neither outlives its message', async (t) => {
  const { queue, spool, add } = await open(t)
  const ids = [await add({ raw: large }), await add({ raw: 'small' })]
  assert.deepEqual(await readdir(spool), [ids[0]])
  for (const id of ids) {
    const message = queue.get(id) ?? assert.fail()
    assert.equal((await queue.body(message)).length, message.sizeBytes)
    await queue.cancel(id, 'operator')
    await assert.rejects(queue.body(message), { code: 'QUEUE_BODY_MISSING' })
  }
  assert.deepEqual(await readdir(spool), [])
})

test('bodies that no message claims are swept when the queue is opened', async (t) => {
  const { storage, spool, add } = await open(t)
  const kept = await add({ raw: large })
  await writeFile(join(spool, 'orphan'), 'left by a crash')
  const again = await createQueue({ storage, spoolDirectory: spool, clock: () => start })
  assert.deepEqual(await readdir(spool), [kept])
  assert.equal(readyAt(again, start)[0], kept)
})

test('an id that is no file name is refused before it becomes a path', async (t) => {
  const { queue } = await open(t)
  await assert.rejects(queue.prepareBody('../../etc/passwd', large), { code: 'QUEUE_ID_INVALID' })
})

test('a spool that cannot be written accepts nothing', async (t) => {
  const { queue, spool } = await open(t)
  await mkdir(join(spool, 'taken'))
  await assert.rejects(queue.prepareBody('taken', large), { code: 'QUEUE_SPOOL_FAILED' })
})

test('an outcome settles its recipients and leaves the others for the next attempt', async (t) => {
  const { queue, add } = await open(t)
  const id = await add({ to: ['bob@example.net', 'carol@example.com'] })
  const attempt = {
    at: start,
    durationMs: 5,
    route: 'direct',
    mx: 'mx.example.net',
    recipients: 1,
    reply: '250 ok'
  }
  const answer = { reply: '250 ok', status: '2.0.0', mx: 'mx.example.net', at: start } as const

  const half = await queue.recordOutcome(id, {
    round: 1,
    recipients: [{ address: 'bob@example.net', state: 'delivered', ...answer }],
    attempt,
    nextAttemptAt: null
  })
  assert.equal(half?.state, 'queued')
  const waiting = await queue.recordOutcome(id, {
    round: 1,
    recipients: [{ address: 'carol@example.com', state: 'pending', ...answer }],
    attempt,
    nextAttemptAt: start + 60_000
  })
  assert.equal(waiting?.nextAttemptAt, start + 60_000)
  assert.deepEqual(readyAt(queue, start), [])
  const done = await queue.recordOutcome(id, {
    round: 2,
    recipients: [{ address: 'carol@example.com', state: 'delivered', ...answer }],
    attempt,
    nextAttemptAt: null
  })

  assert.equal(done?.state, 'done')
  assert.equal(done?.attempts, 2)
  assert.deepEqual(
    done?.recipients.map(({ state }) => state),
    ['delivered', 'delivered']
  )
  assert.deepEqual(readyAt(queue, start + hour), [])
})

test('a delivery that happened overrides a cancellation', async (t) => {
  const { queue, add } = await open(t)
  const id = await add()
  const cancelled = await queue.cancel(id, 'operator')
  assert.equal(cancelled.kind === 'done' && cancelled.message.recipients[0]?.state, 'cancelled')
  const late = await queue.recordOutcome(id, {
    round: 1,
    recipients: [
      {
        address: 'bob@example.net',
        state: 'delivered',
        reply: '250 ok',
        status: '2.0.0',
        mx: 'mx',
        at: start
      }
    ],
    attempt: { at: start, durationMs: 5, route: 'direct', mx: 'mx', recipients: 1, reply: '250 ok' },
    nextAttemptAt: null
  })
  assert.equal(late?.recipients[0]?.state, 'delivered')
  assert.equal(late?.state, 'done')
})

test('a held message is decided once', async (t) => {
  const { storage, queue } = await open(t)
  const hold = { reasons: ['CLIENT_NETWORK_NEW'], risk: 0.8, deadline: start + hour }
  await storage.transaction(() => {
    for (const id of ['one', 'two', 'three']) queue.hold(newMessage({ id }), hold)
  })
  assert.deepEqual(queue.expiredHolds(start + hour - 1, 10), [])
  assert.equal(queue.expiredHolds(start + hour, 2).length, 2)

  const decision = { by: 'operator', at: start + 5, note: 'known to us' } as const
  const released = await storage.transaction(() => queue.decide('one', { ...decision, kind: 'released' }))
  const rejected = await storage.transaction(() => queue.decide('two', { ...decision, kind: 'rejected' }))
  const again = await storage.transaction(() => queue.decide('two', { ...decision, kind: 'released' }))

  assert.equal(released.kind === 'done' && released.message.state, 'queued')
  assert.deepEqual(released.kind === 'done' && released.message.hold?.decision, {
    ...decision,
    kind: 'released'
  })
  assert.equal(rejected.kind === 'done' && rejected.message.state, 'rejected')
  assert.equal(again.kind, 'not-held')
  assert.deepEqual(readyAt(queue, start + 5), ['one'])
  assert.deepEqual(queue.counts(), { queued: 1, held: 1 })
})

test('pages follow each other without a gap or a repetition, in every state', async (t) => {
  const { storage, queue, add } = await open(t)
  for (let at = 0; at < 5; at += 1)
    await add({ from: at % 2 === 0 ? 'alice@example.org' : 'eve@example.org' }, start + at)
  for (let at = 0; at < 5; at += 1) await queue.cancel(await add(), 'operator')
  await storage.transaction(() => {
    for (let at = 0; at < 5; at += 1)
      queue.hold(newMessage(), { reasons: [], risk: 0.5, deadline: start + at })
  })
  for (const [state, total] of [
    ['queued', 5],
    ['done', 5],
    ['held', 5],
    [undefined, 15]
  ] as const) {
    const seen: string[] = []
    for (let cursor: string | undefined, more = true; more;) {
      const page = queue.page({ state, cursor, limit: 2 })
      assert.ok(page.kind === 'page')
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
      more = cursor !== undefined
    }
    assert.equal(seen.length, total)
    assert.equal(new Set(seen).size, total)
  }
  const eves = queue.page({ state: 'queued', sender: 'eve@example.org', limit: 10 })
  assert.equal(eves.kind === 'page' && eves.items.length, 2)
  assert.equal(queue.page({ cursor: 'bm90IG91cnM', limit: 1 }).kind, 'bad-cursor')
})

test('a finished message is forgotten after its time, with all that led to it', async (t) => {
  const { storage, queue, add } = await open(t)
  const id = await add()
  await queue.cancel(id, 'operator')
  assert.equal(queue.byVerdict(`verdict-of-${id}`)?.id, id)
  assert.equal(await queue.forget(start + 6 * 24 * hour, 10), 0)
  assert.equal(await queue.forget(start + 8 * 24 * hour, 10), 1)
  assert.equal(queue.get(id), undefined)
  for (const table of [
    'queue.messages',
    'queue.bodies',
    'queue.due',
    'queue.held',
    'queue.finished',
    'queue.verdicts'
  ]) {
    assert.equal(storage.table(table).count(), 0, table)
  }
})
