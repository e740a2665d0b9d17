import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBoundedTable } from '../../service/storage/bounded-table.ts'
import { openTemporary } from './open-temporary.ts'

const entries = (from: number, to: number) =>
  new Map(Array.from({ length: to - from }, (_, index) => [`key ${from + index}`, { at: from + index }]))

test('a bounded table gives back what was written, also under a new handle', async (t) => {
  const storage = await openTemporary(t)
  await createBoundedTable(storage, 'answers', 10).write(entries(0, 3))
  assert.deepEqual(createBoundedTable(storage, 'answers', 10).get('key 2'), { at: 2 })
  assert.equal(createBoundedTable(storage, 'answers', 10).get('key 9'), undefined)
})

test('beyond its bound the oldest entries go, whatever their keys are', async (t) => {
  const storage = await openTemporary(t)
  const table = createBoundedTable(storage, 'answers', 20)
  await table.write(entries(0, 20))
  await table.write(new Map([['a', { at: 100 }]]))
  const left = Array.from({ length: 20 }, (_, at) => table.get(`key ${at}`)).filter(
    (one) => one !== undefined
  )
  assert.deepEqual(left[0], { at: 3 })
  assert.equal(left.length, 17)
  assert.deepEqual(table.get('a'), { at: 100 })
})
