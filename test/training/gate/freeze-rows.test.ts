import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { behaviourDigest } from '../../../service/features/digest.ts'
import {
  eraseFromFrozenSet,
  readFrozenHead,
  readFrozenRows,
  writeFrozenSet
} from '../../../service/models/frozen/frozen-set.ts'
import { createMemorySenderStore } from '../../../service/senders/memory-sender-store.ts'
import { freezeTakeover, frozenSenders } from '../../../training/gate/freeze-rows.ts'
import { asStored } from '../../../training/history/as-stored.ts'
import { collectSenders } from '../../../training/history/installation-senders.ts'
import { openLabelledRows } from '../../../training/history/labelled-rows.ts'
import { noProgress } from '../../../training/progress.ts'
import { buildRows } from '../../../training/takeover/build-rows.ts'
import { day, monday9, observation } from '../../profile/observations.ts'

const senders = createMemorySenderStore({ key: new Uint8Array(32).fill(1) })

test('an erased sender leaves a set that was frozen from history, whose rows name senders as history does', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-frozen-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const [ann, bob] = ['ann@example.org', 'bob@example.org'].map((name) => senders.keyOf(name))
  const rows = [ann, bob].flatMap((sender = '') =>
    [0, 1, 2].map((place) => {
      const id = `${sender} ${place}`
      const traits = { id, sender, habits: place, habitsMade: place + 1 }
      return asStored(observation({ messageId: id }), traits)
    })
  )
  const reader = {
    async *messages() {
      yield* rows
    },
    async *evidence() {}
  }
  const labelled = openLabelledRows({ reader, span: {}, now: monday9 + 9 * day })
  const { histories } = await collectSenders(labelled, null, 1)
  const built = buildRows({
    histories, badMail: [], seed: 1, attackRate: 0, keepFolds: false, progress: noProgress
  }) // prettier-ignore
  const head = {
    name: 'takeover',
    featureDigest: behaviourDigest,
    createdAt: '2026-11-22T00:00:00Z'
  } as const
  const frozen = freezeTakeover(built.rows, frozenSenders(histories))
  await writeFrozenSet(directory, { ...head, source: 'here' }, frozen)

  assert.equal(await eraseFromFrozenSet(directory, ann ?? ''), 3)
  const left = await readFrozenHead(directory)
  assert.ok(left !== null)
  const names = new Set<string>()
  for await (const { sender } of readFrozenRows(directory, 'takeover', left)) names.add(sender)
  assert.deepEqual([...names], [bob])
})
