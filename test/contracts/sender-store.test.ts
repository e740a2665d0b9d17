import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { monday9, observation } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'
import { sendersStoreSuite } from './sender-store-suite.ts'

const key = new Uint8Array(32).fill(5)

sendersStoreSuite('LMDB', async (t) => {
  const storage = await openTemporary(t)
  return { store: createLmdbSenderStore({ storage, key }), write: (act) => storage.transaction(act) }
})

sendersStoreSuite('memory', async () => {
  return { store: createMemorySenderStore({ key }), write: async (act) => act() }
})

test('LMDB: learning and charging outside a transaction throw', async (t) => {
  const storage = await openTemporary(t)
  const store = createLmdbSenderStore({ storage, key })
  const refused = { code: 'STORAGE_OUTSIDE_TRANSACTION' }

  assert.throws(() => store.learn('s', 'id', observation()), refused)
  assert.throws(() => store.charge('s', { at: monday9, recipients: 1, newRecipients: 0 }), refused)
})

test('LMDB: what a failed transaction learned and charged is as if it never was', async (t) => {
  const storage = await openTemporary(t)
  const store = createLmdbSenderStore({ storage, key })
  const ann = store.keyOf('ann@example.org')
  const before = store.snapshot(ann, monday9)

  const failing = storage.transaction(() => {
    store.learn(ann, 's1', observation())
    store.charge(ann, { at: monday9, recipients: 1, newRecipients: 1 })
    throw new Error('the message could not be stored')
  })

  await assert.rejects(failing, /could not be stored/u)
  assert.deepEqual(store.snapshot(ann, monday9), before)
  assert.deepEqual(Array.from(store.journal(ann)), [])
})
