import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { openTemporary } from '../storage/open-temporary.ts'
import { suiteOfLimits } from './sender-limits-suite.ts'

const key = new Uint8Array(32).fill(5)

suiteOfLimits('LMDB', async (t) => {
  const storage = await openTemporary(t)
  return { store: createLmdbSenderStore({ storage, key }), write: (act) => storage.transaction(act) }
})

suiteOfLimits('memory', async () => {
  return { store: createMemorySenderStore({ key }), write: async (act) => act() }
})
