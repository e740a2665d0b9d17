import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { openTemporary, temporaryDirectory } from './open-temporary.ts'

test('a throw inside a transaction leaves nothing of it, in any table, and passes to the caller', async (t) => {
  const storage = await openTemporary(t)
  const letters = storage.table<string>('letters')
  const numbers = storage.table<number>('numbers')
  await storage.transaction(() => letters.put('kept', 'before'))
  const mistake = new Error('the act failed')

  const failed = storage.transaction(() => {
    letters.put('kept', 'changed')
    letters.put('new', 'x')
    numbers.put(1, 1)
    throw mistake
  })

  await assert.rejects(failed, (error) => error === mistake)
  assert.equal(letters.get('kept'), 'before')
  assert.deepEqual([...letters.range()], [{ key: 'kept', value: 'before' }])
  assert.equal(numbers.count(), 0)
})

test('of transactions committed together only the one that throws is rolled back', async (t) => {
  const storage = await openTemporary(t)
  const table = storage.table<number>('t')

  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      storage.transaction(() => {
        table.put(index, index)
        if (index % 7 === 3) throw new Error(`act ${index}`)
        return index
      })
    )
  )

  const fulfilled = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  assert.equal(fulfilled.length, 43)
  assert.deepEqual(
    Array.from(table.range(), ({ key }) => key),
    fulfilled
  )
})

test('a transaction reads its own writes, and those of the ones before it', async (t) => {
  const storage = await openTemporary(t)
  const table = storage.table<number>('t')
  const add = (): Promise<number> =>
    storage.transaction(() => {
      table.put('sum', (table.get('sum') ?? 0) + 1)
      return table.get('sum') ?? 0
    })

  const sums = await Promise.all(Array.from({ length: 20 }, add))

  assert.deepEqual(
    sums,
    Array.from({ length: 20 }, (_, index) => index + 1)
  )
  assert.equal(table.get('sum'), 20)
})

test('a write outside a transaction throws, also after the act has ended', async (t) => {
  const storage = await openTemporary(t)
  const table = storage.table<number>('t')
  await storage.transaction(() => table.put('a', 1))

  assert.throws(() => table.put('b', 2), { code: 'STORAGE_OUTSIDE_TRANSACTION' })
  assert.throws(() => table.remove('a'), { code: 'STORAGE_OUTSIDE_TRANSACTION' })
  assert.equal(table.get('a'), 1)
})

test('an act that waits is refused and leaves nothing', async (t) => {
  const storage = await openTemporary(t)
  const table = storage.table<number>('t')

  const waiting = storage.transaction(async () => {
    table.put('a', 1)
    await Promise.resolve()
  })

  await assert.rejects(waiting, { code: 'STORAGE_ASYNCHRONOUS' })
  assert.equal(table.get('a'), undefined)
})

test('an act that swallows a failed write does not commit', async (t) => {
  const storage = await openTemporary(t)
  const table = storage.table<number>('t')

  const swallowing = storage.transaction(() => {
    table.put('a', 1)
    assert.throws(() => table.put('k'.repeat(5_000), 2), { code: 'STORAGE_FAILED' })
  })

  await assert.rejects(swallowing, { code: 'STORAGE_FAILED' })
  assert.equal(table.get('a'), undefined)
})

test('a transaction inside a transaction is refused', async (t) => {
  const storage = await openTemporary(t)
  const inner: Promise<unknown>[] = []

  await storage.transaction(() => {
    inner.push(
      assert.rejects(
        storage.transaction(() => 1),
        { code: 'STORAGE_NESTED' }
      )
    )
    assert.throws(() => storage.table('late'), { code: 'STORAGE_NESTED' })
  })

  await Promise.all(inner)
})

test('values come back as they were put: bytes, typed arrays, nested plain data', async (t) => {
  const storage = await openTemporary(t)
  const table = storage.table<unknown>('t')
  const value = {
    bytes: new Uint8Array([1, 2, 255]),
    weights: new Float32Array([0.1, 2 ** 20]),
    ids: new Uint32Array([0, 0xffffffff]),
    list: [{ at: 1_772_442_000_123, text: 'ä\u0000z', none: null }]
  }

  await storage.transaction(() => table.put('v', value))
  await storage.transaction(() => table.put('w', new Uint8Array(100)))
  const read = table.get('v')
  table.get('w')

  assert.deepEqual(structuredClone(read), value)
})

test('a range walks from start to before end, either way, and goes on where entries vanish', async (t) => {
  const storage = await openTemporary(t)
  const table = storage.table<number>('t')
  await storage.transaction(() => {
    for (let index = 0; index < 600; index++) table.put(['k', index], index)
  })
  const values = (options?: Parameters<typeof table.range>[0]): number[] =>
    Array.from(table.range(options), ({ value }) => value)

  assert.deepEqual(values({ start: ['k', 3], end: ['k', 6] }), [3, 4, 5])
  assert.deepEqual(values({ start: ['k', 3], reverse: true }), [3, 2, 1, 0])
  assert.deepEqual(values({ reverse: true, limit: 2 }), [599, 598])
  assert.equal(values({ limit: 300 }).length, 300)
  assert.equal(table.count({ start: ['k', 590] }), 10)
  await storage.transaction(() => {
    for (const { key } of table.range()) table.remove(key)
  })
  assert.equal(table.count(), 0)
})

test('close waits for running transactions and then refuses work', async (t) => {
  const directory = await temporaryDirectory(t)
  const storage = await openStorage({ directory })
  const table = storage.table<number>('t')
  const writing = Array.from({ length: 10 }, (_, index) => storage.transaction(() => table.put(index, index)))

  await storage.close()

  await Promise.all(writing)
  assert.throws(() => table.get(1), { code: 'STORAGE_CLOSED' })
  await assert.rejects(
    storage.transaction(() => 1),
    { code: 'STORAGE_CLOSED' }
  )
  const again = await openStorage({ directory })
  assert.equal(again.table<number>('t').count(), 10)
  await again.close()
})
