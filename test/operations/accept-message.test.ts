import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openPipeline } from '../helpers/open-pipeline.ts'
import { fixedScore } from '../helpers/fixed-score.ts'
import { message, start, submission } from '../scoring/house.ts'

const via = { protocol: 'ESMTP' } as const
const large = Buffer.concat([message({ to: ['bob@example.net'] }), Buffer.alloc(300 * 1024, 'x')])

test('a message and its charge are on disk together', async (t) => {
  const { acceptMessage, senders, queue } = await openPipeline(t, { clock: () => start })
  const outcome = await acceptMessage(submission({ id: 'one', to: ['bob@example.net'] }), via)
  assert.ok(outcome.kind === 'queued')
  const usage = senders.snapshot(senders.keyOf('alice@example.org'), start + 1).usage
  assert.equal(usage.messagesLastHour, 1)
  assert.equal(queue.get(outcome.message.id)?.verdictId, outcome.verdict.id)
  assert.equal(queue.byVerdict(outcome.verdict.id)?.id, outcome.message.id)
})

test('where the transaction fails, neither is, and a body that was written is gone', async (t) => {
  const pipeline = await openPipeline(t, {
    score: (storage) => async (_, alongside) => {
      const scored = await fixedScore('allow')(storage)(submission({ to: ['bob@example.net'] }))
      assert.ok(scored.kind === 'scored')
      return storage.transaction(() => {
        alongside?.(scored)
        throw new Error('the charge could not be written')
      })
    }
  })
  const outcome = await pipeline.acceptMessage(
    { ...submission({ id: 'one', to: ['bob@example.net'] }), raw: large, sizeBytes: large.length },
    via
  )
  assert.equal(outcome.kind, 'failed')
  assert.deepEqual(pipeline.queue.counts(), { queued: 0, held: 0 })
  assert.deepEqual(await readdir(join(pipeline.directory, 'spool')), [])
})

test('a large message that is refused leaves nothing in the spool', async (t) => {
  const { acceptMessage, directory } = await openPipeline(t, { score: fixedScore('block') })
  const outcome = await acceptMessage(
    { ...submission({ id: 'one', to: ['bob@example.net'] }), raw: large, sizeBytes: large.length },
    via
  )
  assert.equal(outcome.kind, 'blocked')
  assert.deepEqual(await readdir(join(directory, 'spool')), [])
})

for (const onHold of ['tempfail', 'reject'] as const) {
  test(`what its client has to keep is not charged however often it comes again: onHold ${onHold}`, async (t) => {
    const { acceptMessage, senders, score } = await openPipeline(t, { clock: () => start, onHold })
    for (let count = 0; count < 8; count += 1) await score(submission())
    const to = Array.from({ length: 5 }, (_, index) => `stranger${index}@example.com`)

    for (let tries = 0; tries < 3; tries += 1)
      assert.equal((await acceptMessage(submission({ to }), via)).kind, 'hold-refused')

    const usage = senders.usage(senders.keyOf('alice@example.org'), start)
    assert.deepEqual([usage.messagesLastHour, usage.recipientsLastHour], [8, 8])
  })
}

test('a message that was handed in twice under one id is sent once', async (t) => {
  const { acceptMessage, queue } = await openPipeline(t, { clock: () => start })
  const first = await acceptMessage(
    submission({ id: 'one', requestId: 'order-7', caller: 'shop', to: ['bob@example.net'] }),
    via
  )
  const second = await acceptMessage(
    submission({ id: 'two', requestId: 'order-7', caller: 'shop', to: ['bob@example.net'] }),
    via
  )
  assert.ok(first.kind === 'queued' && second.kind === 'queued')
  assert.equal(second.message.id, first.message.id)
  assert.equal(second.verdict.duplicate, true)
  assert.equal(queue.counts().queued, 1)
})

test('a message that has gone round and round is refused unscored', async (t) => {
  const { acceptMessage } = await openPipeline(t, { score: fixedScore('broken') })
  const raw = Buffer.from(`${'Received: by mx.test\r\n'.repeat(101)}Subject: again\r\n\r\n`)
  const outcome = await acceptMessage(
    { ...submission({ to: ['bob@example.net'] }), raw, sizeBytes: raw.length },
    via
  )
  assert.deepEqual(outcome, { kind: 'loop', hops: 101 })
})
