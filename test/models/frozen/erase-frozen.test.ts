import assert from 'node:assert/strict'
import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { createEraseFrozen } from '../../../service/models/frozen/erase-frozen.ts'
import { readFrozenHead, readFrozenRows, writeFrozenSet } from '../../../service/models/frozen/frozen-set.ts'
import { faultOf } from '../../../service/models/load-model.ts'
import { temporaryDirectory } from '../../storage/open-temporary.ts'

const head = {
  name: 'takeover',
  featureDigest: 'a'.repeat(64),
  createdAt: '2026-11-22T00:00:00Z',
  source: 'a test'
} as const

const rows = Array.from({ length: 200 }, (_, index) => ({
  id: String(index),
  sender: `s${index % 20}`,
  slice: 'mail',
  isBad: false,
  features: Float32Array.of(index),
  spamLogit: null
}))

test('senders who are erased at the same time have all left', async (t) => {
  const directory = await temporaryDirectory(t)
  await writeFrozenSet(directory, head, rows)
  const erase = createEraseFrozen([join(directory, 'none-here'), directory])
  const senders = ['s0', 's1', 's2', 's3', 's4']
  await Promise.all(senders.map((sender) => erase(sender)))

  const found = await readFrozenHead(directory)
  assert.ok(found)
  const left = new Set<string>()
  for await (const { sender } of readFrozenRows(directory, 'takeover', found)) left.add(sender)
  assert.equal(left.size, 15)
  assert.ok(senders.every((sender) => !left.has(sender)))
})

test('a damaged set is told by its file, and does not stand in the way of the next erasure', async (t) => {
  const directory = await temporaryDirectory(t)
  const { file } = await writeFrozenSet(directory, head, rows)
  await truncate(join(directory, file), 60)
  const erase = createEraseFrozen([directory])
  for (const sender of ['s1', 's2'])
    await assert.rejects(erase(sender), (error) => {
      assert.partialDeepStrictEqual(faultOf(error), { code: 'FROZEN_SET_CORRUPT', directory, file })
      return true
    })
})
