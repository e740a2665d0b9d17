import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../../helpers/fixed-chance.ts'
import {
  createCountTable,
  openCountTable,
  type CountTable
} from '../../../service/senders/priors/count-table.ts'
import { seeded } from '../../profile/observations.ts'

const options = { maxSlots: 2 ** 13 }

function stored(table: CountTable): CountTable {
  return openCountTable(options, table.shape(), table.dirtyChunks())
}

test('counts are those of a map, through growth, falls to nothing and storing', () => {
  const change = fc.record({ key: fc.integer({ min: 1, max: 3_000 }), by: fc.constantFrom(1, 1, 1, -1) })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6_000, size: 'max' }), (changes) => {
      const table = createCountTable(options)
      const map = new Map<number, number>()
      for (const { key, by } of changes) {
        table.add(key, by)
        map.set(key, Math.max(0, (map.get(key) ?? 0) + by))
      }
      const again = stored(table)
      for (const [key, count] of map) assert.deepEqual([table.get(key), again.get(key)], [count, count])
    }),
    { numRuns: 15 }
  )
})

test('a full table forgets what counts least and says how much it covers', () => {
  const table = createCountTable({ maxSlots: 1_024 })
  const random = seeded(1)
  const common = Array.from({ length: 200 }, () => 1 + Math.floor(random() * 2 ** 32))
  for (let round = 0; round < 3; round += 1) for (const key of common) table.add(key, 1)

  const strangers = Array.from({ length: 5_000 }, () => 1 + Math.floor(random() * 2 ** 32))
  for (const key of strangers) table.add(key, 1)

  assert.equal(table.shape().slots, 1_024)
  const kept = strangers.filter((key) => table.get(key) > 0)
  assert.ok(table.coverage() > 0 && table.coverage() < 0.3, String(table.coverage()))
  assert.ok(kept.length / strangers.length > table.coverage() / 2, String(kept.length))
  assert.ok(common.every((key) => table.get(key) >= 3))
})

test('a chunk that was stored is stored again only after a change', () => {
  const table = createCountTable(options)
  table.add(7, 1)
  assert.equal(table.dirtyChunks().length, 1)
  table.settled()
  assert.equal(table.dirtyChunks().length, 0)
  table.add(7, -1)
  assert.equal(table.dirtyChunks().length, 1)
  assert.equal(stored(table).get(7), 0)
})
