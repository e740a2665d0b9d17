import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import type { HabitsChange } from '../../service/senders/sender-listeners.ts'
import { day, monday9, observation } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'

const key = new Uint8Array(32)

function openStore() {
  const changes: HabitsChange[] = []
  const senders = createMemorySenderStore({
    key,
    listeners: { onHabits: (change) => void changes.push(change) }
  })
  const sender = senders.keyOf('alice@example.org')
  const told = () => changes.map(({ number, act, submissionIds }) => [number, act, ...submissionIds])
  return { senders, sender, changes, told }
}

function at(days: number) {
  return observation({ receivedAt: monday9 + days * day, messageId: `id-${days}` })
}

test('each change of habits has the next number, and those that no verdict tells of are told', () => {
  const { senders, sender, told } = openStore()
  assert.equal(senders.habits(sender), 0)
  senders.learn(sender, 'm1', at(0), { withVerdict: true })
  senders.learn(sender, 'm2', at(1), { confirmed: true })
  senders.learn(sender, 'm3', at(2))
  senders.unlearn(sender, ['m1', 'unknown'])
  senders.unlearn(sender, ['m1'])
  senders.confirm(sender, ['m3'])
  senders.confirm(sender, ['m3'])
  senders.learnPast(sender, [{ submissionId: 'p1', observation: at(-5) }], monday9 + 3 * day)
  senders.rewind(sender, monday9 + 2 * day)

  assert.deepEqual(told(), [
    [2, 'vouched', 'm2'],
    [3, 'learned', 'm3'],
    [4, 'forgotten', 'm1'],
    [5, 'confirmed', 'm3'],
    [6, 'past', 'p1'],
    [7, 'forgotten', 'm3']
  ])
  assert.deepEqual([senders.habits(sender), senders.snapshot(sender, 0).habits], [7, 7])
})

test('what an envelope taught before its content came is told with what it showed, and without what only models read', () => {
  const { senders, sender, changes, told } = openStore()
  const envelope = { ...observation({}), shows: 'envelope' as const }
  senders.learn(sender, 'm1', envelope, { withVerdict: true, mayGrow: true })
  senders.relearn(sender, 'm1', observation({}))
  senders.relearn(sender, 'm1', null)

  assert.deepEqual(told(), [
    [1, 'learned', 'm1'],
    [2, 'relearned', 'm1'],
    [3, 'withdrawn', 'm1']
  ])
  const { content: _, ...habit } = envelope
  assert.deepEqual(
    changes.map(({ shown }) => shown),
    [habit, null, null]
  )
})

test('what was learned before changes were numbered counts as so many of them', async (t) => {
  const storage = await openTemporary(t)
  const senders = createLmdbSenderStore({ storage, key })
  const sender = senders.keyOf('alice@example.org')
  await storage.transaction(() => {
    for (const days of [0, 1, 2]) senders.learn(sender, `m${days}`, at(days))
  })
  const profiles = storage.table<object>('senders.profiles')
  await storage.transaction(() => {
    const { changes: _, ...older } = { changes: 0, ...profiles.get(sender) }
    profiles.put(sender, older)
  })
  assert.equal(senders.habits(sender), 3)
  await storage.transaction(() => senders.learn(sender, 'm3', at(3)))
  assert.equal(senders.habits(sender), 4)
})
