import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { key, limits, openHouse, start, submission, verdictOf, type House } from './house.ts'

function failing(): never {
  throw new Error('spool')
}

interface DurableHouse extends House {
  close(): Promise<void>
}

async function openDurable(directory: string, messagesPerHour = 100): Promise<DurableHouse> {
  const storage = await openStorage({ directory })
  const senders: SenderStore = createLmdbSenderStore({ storage, key })
  const house = openHouse({
    senders,
    accept: (act) => storage.transaction(act),
    limits: { ...limits, messagesPerHour }
  })
  return { ...house, close: () => storage.close() }
}

async function temporaryDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-scoring-'))
  t.after(() => rm(directory, { recursive: true }))
  return directory
}

test('on disk too, fifty messages at once do not overrun the limit', async (t) => {
  const house = await openDurable(await temporaryDirectory(t), 10)

  const outcomes = await Promise.all(Array.from({ length: 50 }, () => house.score(submission())))
  const usage = house.senders.usage(house.senders.keyOf('alice@example.org'), start)
  await house.close()

  assert.equal(outcomes.filter((outcome) => verdictOf(outcome).verdict === 'allow').length, 10)
  assert.equal(usage.messagesLastHour, 10)
})

test('a repeated id right after the answer is a duplicate: what is answered is seen', async (t) => {
  const house = await openDurable(await temporaryDirectory(t))

  for (let count = 0; count < 20; count += 1) {
    const requestId = `r-${count}`
    await house.score(submission({ requestId }))
    assert.equal(verdictOf(await house.score(submission({ requestId }))).duplicate, true)
  }
  await house.close()
})

test('after a restart habits, limits, verdicts and ids are still there', async (t) => {
  const directory = await temporaryDirectory(t)
  const before = await openDurable(directory)
  const first = verdictOf(await before.score(submission({ requestId: 'r-1' })))
  await before.close()

  const after = await openDurable(directory)
  const sender = after.senders.keyOf('alice@example.org')
  const { profile, usage } = after.senders.snapshot(sender, start)
  const again = verdictOf(await after.score(submission({ requestId: 'r-1' })))
  const kept = after.senders.verdict(first.id)
  await after.close()

  assert.deepEqual([profile.messagesSeen, usage.messagesLastHour], [1, 1])
  assert.deepEqual([again.id, again.duplicate], [first.id, true])
  assert.equal(kept?.messageId, '<m1@example.org>')
})

test('a throw of the door inside the transaction leaves nothing behind', async (t) => {
  const house = await openDurable(await temporaryDirectory(t))
  await assert.rejects(house.score(submission({ requestId: 'r-1' }), failing), { message: 'spool' })
  const { profile, usage } = house.senders.snapshot(house.senders.keyOf('alice@example.org'), start)
  const again = verdictOf(await house.score(submission({ requestId: 'r-1' })))
  await house.close()

  assert.deepEqual([profile.messagesSeen, usage.messagesLastHour, again.duplicate], [0, 0, false])
})
