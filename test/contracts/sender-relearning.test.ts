import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { minute, monday9, observation } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'
import { relearningSuite } from './sender-relearning-suite.ts'

const key = new Uint8Array(32).fill(5)

relearningSuite('LMDB', async (t) => {
  const storage = await openTemporary(t)
  return { store: createLmdbSenderStore({ storage, key }), write: (act) => storage.transaction(act) }
})

relearningSuite('memory', async () => {
  return { store: createMemorySenderStore({ key }), write: async (act) => act() }
})

test('LMDB: a failed transaction that learned a message anew leaves it, and those after it, as they were', async (t) => {
  const storage = await openTemporary(t)
  const store = createLmdbSenderStore({ storage, key })
  const ann = store.keyOf('ann@example.org')
  const mayGrow = { mayGrow: true } as const
  await storage.transaction(() => {
    store.learn(ann, 's1', message(1, 'bob'), mayGrow)
    store.learn(ann, 's2', message(2, 'carol'), mayGrow)
  })
  const before = store.snapshot(ann, monday9)

  const failing = storage.transaction(() => {
    store.relearn(ann, 's1', message(1, 'bob', 'dave'))
    throw new Error('disk')
  })
  await assert.rejects(failing, { message: 'disk' })
  assert.deepEqual(store.snapshot(ann, monday9), before)
  await storage.transaction(() => store.relearn(ann, 's2', message(2, 'carol', 'erin')))

  const { profile } = store.snapshot(ann, monday9)
  await storage.transaction(() => store.rebuild(ann))
  assert.deepEqual(store.snapshot(ann, monday9).profile, profile)
})

function message(index: number, ...to: string[]) {
  return observation({ receivedAt: monday9 + index * minute, to })
}
