import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  createLmdbOutcomeMemory,
  createMemoryOutcomeMemory,
  noOutcomes,
  type OutcomeMemory
} from '../../service/senders/outcome-memory.ts'
import { day, monday9 } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'

interface Tested {
  readonly memory: OutcomeMemory
  readonly write: <T>(act: () => T) => Promise<T>
}

function suite(name: string, open: (t: TestContext) => Promise<Tested>): void {
  test(`${name}: a sender of whom nothing is known has no outcomes`, async (t) => {
    const { memory } = await open(t)

    assert.deepEqual(memory.recall('ann', monday9), { day: noOutcomes, week: noOutcomes, usual: noOutcomes })
  })

  test(`${name}: outcomes add up and fade, each memory by its half-life`, async (t) => {
    const { memory, write } = await open(t)
    await write(() => memory.record('ann', monday9, { delivered: 6, unknown: 2 }))
    await write(() => memory.record('ann', monday9, { unknown: 2, refused: 1, complained: 1 }))

    const now = { delivered: 6, unknown: 4, refused: 1, complained: 1 }
    assert.deepEqual(memory.recall('ann', monday9).day, now)
    assert.deepEqual(memory.recall('ann', monday9 + day).day.unknown, 2)
    assert.deepEqual(memory.recall('ann', monday9 + 7 * day).week.unknown, 2)
    assert.deepEqual(memory.recall('bob', monday9).day, noOutcomes)
  })

  test(`${name}: a burst of today is not yet the usual, what was months ago is`, async (t) => {
    const { memory, write } = await open(t)
    await write(() => memory.record('ann', monday9, { unknown: 100 }))

    assert.equal(memory.recall('ann', monday9).usual.unknown, 0)
    assert.ok(memory.recall('ann', monday9 + 60 * day).usual.unknown > 45)
  })

  test(`${name}: a report of an earlier moment is not lost, and moves no clock back`, async (t) => {
    const { memory, write } = await open(t)
    await write(() => memory.record('ann', monday9, { delivered: 4 }))
    await write(() => memory.record('ann', monday9 - 40 * day, { delivered: 4 }))

    assert.equal(memory.recall('ann', monday9).day.delivered, 8)
    assert.equal(memory.recall('ann', monday9 - day).day.delivered, 8)
  })

  test(`${name}: a sender who is forgotten has no outcomes`, async (t) => {
    const { memory, write } = await open(t)
    await write(() => memory.record('ann', monday9, { delivered: 4 }))
    await write(() => memory.forget('ann'))

    assert.deepEqual(memory.recall('ann', monday9).day, noOutcomes)
  })
}

suite('LMDB', async (t) => {
  const storage = await openTemporary(t)
  return { memory: createLmdbOutcomeMemory(storage), write: (act) => storage.transaction(act) }
})

suite('memory', async () => ({ memory: createMemoryOutcomeMemory(), write: async (act) => act() }))
