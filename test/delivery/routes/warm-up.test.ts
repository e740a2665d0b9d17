import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWarmUps, dayMs, limitOn } from '../../../service/delivery/routes/warm-up.ts'
import { createMemoryTable } from '../../../service/storage/memory-table.ts'
import { routeTo } from '../../helpers/open-pipeline.ts'

const start = Date.UTC(2026, 10, 22, 8)
const warmUp = { startedAt: '2026-11-22', ladder: [2, 5] }
const route = routeTo(25, { name: 'fresh', kind: 'mx', warmUp })

test('each day has its step, before the first nothing is sent, after the last there is no limit', () => {
  const limits = [-1, 0, 1, 2].map((day) => limitOn(warmUp, start + day * dayMs))
  assert.deepEqual(limits, [0, 2, 5, null])
})

test('what is on its way counts as long as it is, what arrived for the day, each group for itself', () => {
  let now = start
  const table = createMemoryTable<number>()
  const ups = createWarmUps({ table, clock: () => now })
  ups.reserve(route, 'google.com')
  assert.equal(ups.room(route, 'google.com'), 1)
  ups.count(route, 'google.com')
  ups.release(route, 'google.com')
  assert.equal(ups.room(route, 'google.com'), 1)
  assert.equal(ups.room(route, 'outlook.com'), 2)
  ups.count(route, 'google.com')
  assert.equal(ups.room(route, 'google.com'), 0)
  assert.deepEqual(ups.today(route), { limit: 2, groups: [{ group: 'google.com', sent: 2 }] })

  now += dayMs
  assert.equal(ups.room(route, 'google.com'), 5)
  ups.count(route, 'outlook.com')
  assert.equal(table.count(), 1, 'yesterday is forgotten')
  now += dayMs
  assert.equal(ups.room(route, 'google.com'), Infinity)
})
