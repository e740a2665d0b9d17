import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMergePriors } from '../../service/operations/merge-priors.ts'
import { sendersKey } from '../../service/profile/established.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { observation } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'

test('a round merges all that was learned and drops the notes; a start merges what the last end left', async (t) => {
  const storage = await openTemporary(t)
  const key = new Uint8Array(32).fill(5)
  const accept = <T>(act: () => T): Promise<T> => storage.transaction(act)
  const senders = createLmdbSenderStore({ storage, key })
  const learn = (from: number, to: number): Promise<void> =>
    accept(() => {
      for (let number = from; number < to; number += 1)
        senders.learn(senders.keyOf(`p${number}@x.example`), `m${number}`, observation())
    })
  const notes = storage.table('senders.priors.notes')
  const rounds = createMergePriors({ priors: senders.priors, accept, log: silentLogger })
  await learn(0, 900)

  await rounds.merge()

  assert.equal(senders.priors.counts.count('values', sendersKey), 900)
  assert.equal(notes.count(), 0)
  await rounds.close()

  await learn(900, 910)
  const { priors } = createLmdbSenderStore({ storage, key })
  assert.equal(priors.counts.count('values', sendersKey), 900)
  const next = createMergePriors({ priors, accept, log: silentLogger })
  await next.merge()
  assert.equal(priors.counts.count('values', sendersKey), 910)
  await next.close()
})
