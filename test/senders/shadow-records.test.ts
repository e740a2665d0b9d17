import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createShadowRecords } from '../../service/senders/shadow-records.ts'
import { openTemporary } from '../storage/open-temporary.ts'

const day = 86_400_000

test('records of one mail server come oldest first, from a moment on, and a page goes on where the last ended', async (t) => {
  const storage = await openTemporary(t)
  const records = createShadowRecords(storage)
  await storage.transaction(() => {
    records.note('mx1', { verdictId: 'b', queueId: 'Q2', at: 2_000 })
    records.note('mx1', { verdictId: 'a', queueId: 'Q1', at: 1_000 })
    records.note('mx1', { verdictId: 'c', queueId: null, at: 2_000 })
    records.note('mx2', { verdictId: 'd', queueId: 'Q3', at: 2_000 })
  })
  const ids = (since: number, after: { at: number; verdictId: string } | null): string[] =>
    Array.from(records.of('mx1', since, after), ({ verdictId }) => verdictId)
  assert.deepEqual(ids(0, null), ['a', 'b', 'c'])
  assert.deepEqual(ids(1_500, null), ['b', 'c'])
  assert.deepEqual(ids(0, { at: 2_000, verdictId: 'b' }), ['c'])
  assert.deepEqual(ids(0, { at: 2_000, verdictId: 'c' }), [])
})

test('what is older than 30 days is dropped', async (t) => {
  const storage = await openTemporary(t)
  const records = createShadowRecords(storage)
  await storage.transaction(() => {
    records.note('mx1', { verdictId: 'old', queueId: 'Q1', at: 0 })
    records.note('mx1', { verdictId: 'new', queueId: 'Q2', at: 5 * day })
  })
  assert.equal(await storage.transaction(() => records.expire(31 * day)), 1)
  assert.deepEqual(
    Array.from(records.of('mx1', 0, null), ({ verdictId }) => verdictId),
    ['new']
  )
})
