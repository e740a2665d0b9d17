import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLmdbCampaignMemory } from '../../service/senders/campaigns/lmdb-campaign-memory.ts'
import { createMemoryCampaignMemory } from '../../service/senders/campaigns/memory-campaign-memory.ts'
import { openTemporary } from '../storage/open-temporary.ts'
import { campaignMemorySuite, sighting } from './campaign-memory-suite.ts'

campaignMemorySuite('LMDB', async (t) => {
  const storage = await openTemporary(t)
  return { memory: createLmdbCampaignMemory(storage), write: (act) => storage.transaction(act) }
})

campaignMemorySuite('memory', async () => {
  return { memory: createMemoryCampaignMemory(), write: async (act) => act() }
})

test('LMDB: a sighting outside a transaction throws, and one of a failed transaction never was', async (t) => {
  const storage = await openTemporary(t)
  const memory = createLmdbCampaignMemory(storage)

  assert.throws(() => memory.record(sighting('ann'), false), { code: 'STORAGE_OUTSIDE_TRANSACTION' })
  const failing = storage.transaction(() => {
    memory.record(sighting('ann'), false)
    throw new Error('the message could not be stored')
  })

  await assert.rejects(failing, /could not be stored/u)
  assert.equal(memory.recall(sighting('me')).sameBodySenders, 0)
})
