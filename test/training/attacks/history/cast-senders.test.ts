import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SenderCount } from '../../../../service/history/reader/span-reader.ts'
import { castSenders } from '../../../../training/attacks/history/cast-senders.ts'

const readerOf = (counts: readonly SenderCount[]) => ({
  async *senders() {
    yield* counts
  }
})
const many = (count: number, messages = 9): readonly SenderCount[] =>
  Array.from({ length: count }, (_, number) => ({ sender: `s${String(number).padStart(4, '0')}`, messages }))
const cast = (counts: readonly SenderCount[], victims = 100, senders?: readonly string[]) =>
  castSenders(readerOf(counts), senders === undefined ? {} : { senders }, { seed: 1, victims })

test('three of four are attacked and the others lend, drawn alike whoever else is there', async () => {
  const { victims, lenders, leftOut } = await cast(many(40))
  assert.deepEqual([victims.length, lenders.length, leftOut], [30, 10, 0])
  assert.deepEqual(new Set([...victims, ...lenders].map(({ sender }) => sender)).size, 40)
  const some = await cast(many(5_000), 20)
  assert.deepEqual([some.victims.length, some.lenders.length, some.leftOut], [20, 7, 4_973])
  assert.deepEqual(await cast(many(5_000).toReversed(), 20), some)
})

test('named senders are attacked, and of the others a bounded number lends', async () => {
  const { victims, lenders } = await cast(many(500), 100, ['s0001', 's0002'])
  assert.deepEqual(
    victims.map(({ sender }) => sender),
    ['s0001', 's0002']
  )
  assert.equal(lenders.length, 40)
  assert.ok(lenders.every(({ sender }) => sender !== 's0001'))
})

test('senders with one message are counted and left out', async () => {
  const { tooShort, victims, lenders } = await cast([...many(8), { sender: 'x', messages: 1 }])
  assert.deepEqual([tooShort, victims.length + lenders.length], [1, 8])
})

test('no sender, one sender, and senders of one message each say what is missing', async () => {
  await assert.rejects(cast([]), { code: 'HISTORY_EMPTY' })
  await assert.rejects(cast(many(1)), { code: 'HISTORY_ONE_SENDER' })
  await assert.rejects(cast(many(7, 1)), { code: 'HISTORY_TOO_SHORT' })
  await assert.rejects(cast(many(7), 100, ['nobody']), { code: 'HISTORY_EMPTY' })
})
