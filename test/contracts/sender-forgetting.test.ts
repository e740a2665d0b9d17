import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { open } from 'lmdb'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { packProfile, type PackedProfile } from '../../service/profile/pack-profile.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { packObservation } from '../../service/senders/habits/packed-observation.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { day, monday9, seeded, variedObservation } from '../profile/observations.ts'
import { openTemporary, temporaryDirectory } from '../storage/open-temporary.ts'
import { forgettingSuite, leaveTraces } from './sender-forgetting-suite.ts'

const key = new Uint8Array(32).fill(5)

forgettingSuite('LMDB', async (t) => {
  const storage = await openTemporary(t)
  return { store: createLmdbSenderStore({ storage, key }), write: (act) => storage.transaction(act) }
})

forgettingSuite('memory', async () => {
  return { store: createMemorySenderStore({ key }), write: async (act) => act() }
})

test('LMDB: a profile that a failed transaction wrote, or took back, is not remembered', async (t) => {
  const storage = await openTemporary(t)
  const store = createLmdbSenderStore({ storage, key })
  const ann = store.keyOf('ann@example.org')
  await storage.transaction(() => store.learn(ann, 's0', history[0] ?? variedObservation(seeded(0), 0)))
  const before = store.snapshot(ann, monday9)

  const failing = storage.transaction(() => {
    for (const [index, message] of history.entries())
      store.learn(ann, `s${index + 1}`, message, { confirmed: true })
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 15)
    throw new Error('the message could not be stored')
  })

  await assert.rejects(failing, /could not be stored/u)
  assert.deepEqual(store.snapshot(ann, monday9), before)
})

test('LMDB: no row of any table names an erased sender', async (t) => {
  const directory = await temporaryDirectory(t)
  const storage = await openStorage({ directory })
  const store = createLmdbSenderStore({ storage, key })
  const [ann, bob] = [store.keyOf('ann@example.org'), store.keyOf('bob@example.net')]
  await storage.transaction(() => leaveTraces(store, ann))
  await storage.transaction(() => leaveTraces(store, bob))

  while ((await storage.transaction(() => store.erase(ann))) > 0);

  await storage.close()
  const rows = rowsOf(join(directory, 'state'))
  assert.ok(rows.some((row) => row.includes(bob)))
  assert.deepEqual(
    rows.filter((row) => row.includes(ann)),
    []
  )
})

/** Every row of every table, as text. */
function rowsOf(path: string): readonly string[] {
  const root = open({ path, readOnly: true })
  try {
    return Array.from(root.getKeys()).flatMap((name) => {
      const table = root.openDB({ name: String(name), encoding: 'msgpack' })
      return Array.from(table.getRange(), (row) => `${String(name)} ${JSON.stringify(row)}`)
    })
  } finally {
    void root.close()
  }
}

const history = Array.from({ length: 14 }, (_, index) => variedObservation(seeded(index), index))

test('LMDB: a store of the first version opens: its journal can be un-learned if it holds the whole history', async (t) => {
  const { storage, store, ann } = await openFirstVersion(t, 0)

  assert.equal(await storage.transaction(() => store.unlearn(ann, ['s4'])), 1)

  const others = history.filter((_, index) => index !== 4)
  assert.deepEqual(store.snapshot(ann, monday9).profile, folded(others))
})

test('LMDB: a store of the first version opens: of a longer history the profile stays and new mail can be un-learned', async (t) => {
  const { storage, store, ann } = await openFirstVersion(t, 5)
  assert.deepEqual(store.snapshot(ann, monday9).profile, folded(history, true))

  await storage.transaction(() => {
    store.learn(ann, 'new', variedObservation(seeded(99), 99))
    store.learn(ann, 'newer', variedObservation(seeded(98), 100))
  })
  assert.equal(await storage.transaction(() => store.unlearn(ann, ['new', 's7'])), 1)

  const profile = foldObservation(folded(history, true), variedObservation(seeded(98), 100))
  assert.deepEqual(store.snapshot(ann, monday9).profile, profile)
  await storage.transaction(() => store.expire(monday9 + 90 * day))
  assert.deepEqual(store.snapshot(ann, monday9).profile, profile)
})

/** There was no probation then: `everything` was learned. */
function folded(messages: typeof history, everything = false): Profile {
  return messages.reduce(
    (profile, message) => foldObservation(profile, message, { confirmed: everything }),
    emptyProfile()
  )
}

/** Rows as they were written before there were bases, without the journal's first `left` entries. */
async function openFirstVersion(t: Parameters<typeof openTemporary>[0], left: number) {
  const storage: Storage = await openTemporary(t)
  const store = createLmdbSenderStore({ storage, key })
  const ann = store.keyOf('ann@example.org')
  const profiles = storage.table<PackedProfile>('senders.profiles')
  const journal = storage.table('senders.journal')
  const expiry = storage.table<true>('senders.expiry')
  await storage.transaction(() => {
    profiles.put(ann, firstVersion(packProfile(folded(history, true))))
    for (const [index, message] of history.entries()) {
      if (index < left) continue
      journal.put([ann, index + 1], { submissionId: `s${index}`, observation: packObservation(message) })
      expiry.put([message.receivedAt + 30 * day, 'journal', ann, index + 1], true)
    }
  })
  return { storage, store, ann }
}

/** The three arrays of probation stand at the end. */
function firstVersion(packed: PackedProfile): PackedProfile {
  return { ...packed, version: 1, sizes: packed.sizes.slice(0, -3) }
}
