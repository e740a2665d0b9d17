import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDurableBuffer, type DurableBuffer } from '../../service/storage/durable-buffer.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { openTemporary, temporaryDirectory } from './open-temporary.ts'

const seen = (buffer: Pick<DurableBuffer<string>, 'visit'>, from = 0, limit = 1_000) => {
  const entries: { readonly value: string; readonly number: number }[] = []
  buffer.visit(limit, from, (value, number) => void entries.push({ value, number }))
  return entries
}
const texts = (buffer: DurableBuffer<string>, from = 0): string[] =>
  seen(buffer, from).map(({ value }) => value)

test('entries come back in order until the follower has them', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 10 })
  await storage.transaction(() => ['a', 'b', 'c'].forEach((text) => buffer.append(text)))
  assert.deepEqual(texts(buffer), ['a', 'b', 'c'])
  const [, second] = seen(buffer, 0, 2)
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
    const [entry] = seen(buffer)
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
  assert.deepEqual(texts(buffer), [...Array.from({ length: 300 }, () => 'b'), 'a'])
})

test('a walk can go on where the last one ended', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 10 })
  await storage.transaction(() => ['a', 'b', 'c'].forEach((text) => buffer.append(text)))
  const [first] = seen(buffer)
  assert.deepEqual(texts(buffer, (first?.number ?? 0) + 1), ['b', 'c'])
})

test('what was claimed is known after a restart, until it is dropped', async (t) => {
  const directory = await temporaryDirectory(t)
  const first = await openStorage({ directory })
  const before = createDurableBuffer<string>({ storage: first, name: 'test', maxEntries: 10 })
  assert.equal(before.claimed(), null)
  await first.transaction(() => ['a', 'b', 'c'].forEach((text) => before.append(text)))
  await first.transaction(() => before.claim(2))
  await first.close()

  const storage = await openStorage({ directory })
  t.after(() => storage.close())
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 10 })
  assert.equal(buffer.claimed(), 2)
  await storage.transaction(() => buffer.drop(2))
  assert.equal(buffer.claimed(), null)
  assert.deepEqual(texts(buffer), ['c'])
})

test('what was dropped is gone at once, also after a restart, and its room comes back share by share', async (t) => {
  const directory = await temporaryDirectory(t)
  const first = await openStorage({ directory })
  const before = createDurableBuffer<string>({ storage: first, name: 'test', maxEntries: 1_000 })
  await first.transaction(() => Array.from({ length: 501 }, (_, at) => before.append(`${at}`)))
  await first.transaction(() => before.drop(500))
  assert.deepEqual([before.waiting(), texts(before)], [1, ['500']])
  await first.close()

  const storage = await openStorage({ directory })
  t.after(() => storage.close())
  const buffer = createDurableBuffer<string>({ storage, name: 'test', maxEntries: 1_000 })
  assert.deepEqual([buffer.waiting(), texts(buffer)], [1, ['500']])
  const kept = storage.table('buffer.test')
  const left: number[] = []
  for (let more = true; more;) {
    more = await storage.transaction(() => buffer.sweep())
    left.push(kept.count())
  }
  assert.deepEqual(left, [301, 101, 1])
})

test('bytes come back as they were put, whether a Buffer or another view', async (t) => {
  const storage = await openTemporary(t)
  const buffer = createDurableBuffer<{ readonly bytes: Uint8Array }>({
    storage,
    name: 'test',
    maxEntries: 10
  })
  const put = [Buffer.alloc(9_000, 3), new Uint8Array(9_000).fill(4), Buffer.alloc(0)]
  await storage.transaction(() => put.forEach((bytes) => buffer.append({ bytes })))
  const read: Buffer[] = []
  buffer.visit(10, 0, ({ bytes }) => void read.push(Buffer.from(bytes)))
  assert.deepEqual(
    read,
    put.map((bytes) => Buffer.from(bytes))
  )
})
