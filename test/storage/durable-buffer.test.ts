import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDurableBuffer } from '../../service/storage/durable-buffer.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { openTemporary, temporaryDirectory } from './open-temporary.ts'

const texts = (buffer: { peek(limit: number): readonly { value: string }[] }): string[] =>
  buffer.peek(10).map(({ value }) => value)

test('entries come back in order until the follower has them', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 10 })
  await storage.transaction(() => ['a', 'b', 'c'].forEach((text) => buffer.append(text)))
  assert.deepEqual(texts(buffer), ['a', 'b', 'c'])
  const [, second] = buffer.peek(2)
  await storage.transaction(() => buffer.drop(second?.number ?? 0))
  assert.deepEqual(texts(buffer), ['c'])
  assert.equal(buffer.waiting(), 1)
})

test('beyond its bound the oldest are lost, and said to be', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 2 })
  const lost = await storage.transaction(() => ['a', 'b', 'c', 'd'].map((text) => buffer.append(text)))
  assert.deepEqual(lost, [0, 0, 1, 1])
  assert.deepEqual(texts(buffer), ['c', 'd'])
})

test('a number is never used twice, also where everything was drained before a restart', async (t) => {
  const directory = await temporaryDirectory(t)
  const numbers: number[] = []
  for (let start = 0; start < 3; start++) {
    const storage = await openStorage({ directory })
    const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 10 })
    await storage.transaction(() => buffer.append('x'))
    const [entry] = buffer.peek(1)
    numbers.push(entry?.number ?? 0)
    await storage.transaction(() => buffer.drop(entry?.number ?? 0))
    await storage.close()
  }
  assert.deepEqual(numbers, [1, 2, 3])
})

test('what a transaction that failed appended is not there, and what follows is', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 10 })
  const failed = storage.transaction(() => {
    buffer.append('lost')
    throw new Error('rolled back')
  })
  await assert.rejects(failed)
  await storage.transaction(() => buffer.append('kept'))
  assert.deepEqual(texts(buffer), ['kept'])
})

test('one sender’s entries can be taken out of the middle, share by share, and not those that came later', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 1_000 })
  await storage.transaction(() =>
    Array.from({ length: 300 }, () => ['a', 'b'].map((one) => buffer.append(one)))
  )
  const before = buffer.next()
  await storage.transaction(() => buffer.append('a'))
  let shares = 0
  for (let from: number | null = 0; from !== null; shares++) {
    const start: number = from
    from = await storage.transaction(() => buffer.remove((text) => text === 'a', start, before))
  }
  assert.equal(shares, 4)
  const left = buffer.peek(1_000).map(({ value }) => value)
  assert.deepEqual(left, [...Array.from({ length: 300 }, () => 'b'), 'a'])
})

test('a walk can go on where the last one ended', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 10 })
  await storage.transaction(() => ['a', 'b', 'c'].forEach((text) => buffer.append(text)))
  const [first] = buffer.peek(1)
  assert.deepEqual(
    buffer.peek(10, (first?.number ?? 0) + 1).map(({ value }) => value),
    ['b', 'c']
  )
})
