import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../service/profile/profile.ts'
import { maxJournalEntries } from '../../service/senders/habits/learned-habits.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { day, hour, monday9, observation, seeded, variedObservation } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'
import type { OpenStore } from './sender-store-suite.ts'

const key = new Uint8Array(32).fill(5)

pastSuite('LMDB', async (t) => {
  const storage = await openTemporary(t)
  return { store: createLmdbSenderStore({ storage, key }), write: (act) => storage.transaction(act) }
})

pastSuite('memory', async () => ({
  store: createMemorySenderStore({ key }),
  write: async (act) => act()
}))

interface Told {
  readonly id: string
  readonly message: Observation
}

/** Some messages, days apart, in the order of time. */
function historyOf(random: () => number, length: number): readonly Told[] {
  let at = monday9
  return Array.from({ length }, (_, index) => {
    at += Math.floor(random() * 4 * day)
    return { id: `s${index}`, message: { ...variedObservation(random, index), receivedAt: at } }
  })
}

function folded(told: readonly Told[]): Profile {
  return told.reduce((profile, { message }) => foldObservation(profile, message), emptyProfile())
}

const toPast = (told: readonly Told[]) =>
  told.map(({ id, message }) => ({ submissionId: id, observation: message }))

function pastSuite(name: string, open: OpenStore): void {
  test(`${name}: what is told later takes its place in time, as if it had been learned then`, async (t) => {
    const { store, write } = await open(t)
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 40 }), fc.nat(80), async (seed, length, ahead) => {
        const random = seeded(seed)
        const told = historyOf(random, length)
        const now = monday9 + ahead * day
        const ann = store.keyOf(`ann${run++}@example.org`)
        const { live = [], past = [] } = Object.groupBy(told, () => (random() < 0.4 ? 'live' : 'past'))
        await write(() => {
          for (const { id, message } of live) store.learn(ann, id, message)
        })

        for (let from = 0; from < past.length; from += 7) {
          const some = toPast(past.slice(from, from + 7))
          const learned = await write(() => store.learnPast(ann, some, now))
          assert.ok(learned.every((how) => how === 'learned'))
        }

        assert.deepEqual(store.snapshot(ann, now).profile, folded(told))
        await write(() => store.rebuild(ann))
        assert.deepEqual(store.snapshot(ann, now).profile, folded(told))
        while ((await write(() => store.expire(now))) > 0);
        assert.deepEqual(store.snapshot(ann, now).profile, folded(told))
      }),
      { numRuns: 10 }
    )
  })

  test(`${name}: mail of years ago stays learned, and only that of the last 30 days can be taken back`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const now = monday9 + 1_000 * day
    const told = Array.from({ length: 100 }, (_, index) => ({
      id: `s${index}`,
      message: observation({ receivedAt: monday9 + index * 10 * day, to: [`friend${index}@example.net`] })
    }))
    await write(() => store.learnPast(ann, toPast(told), now))

    assert.equal(store.snapshot(ann, now).profile.messagesSeen, 100)
    assert.deepEqual(
      Array.from(store.journal(ann), ({ submissionId }) => submissionId),
      ['s98', 's99']
    )
    assert.equal(await write(() => store.rewind(ann, now - 5 * 365 * day)), 2)
    assert.deepEqual(store.snapshot(ann, now).profile, folded(told.slice(0, 98)))
  })

  test(`${name}: a message that the journal holds is known, and one behind the base comes too late`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const now = monday9 + 100 * day
    const live = observation({ receivedAt: now - hour, messageId: 'seen-live' })
    const old = { submissionId: 'old', observation: observation({ receivedAt: monday9 + day }) }
    const older = { submissionId: 'older', observation: observation({ receivedAt: monday9 }) }
    await write(() => store.learn(ann, 'live', live))

    const copy = { submissionId: 'copy', observation: { ...live, receivedAt: now - hour - 3_000 } }
    const first = await write(() => store.learnPast(ann, [old, copy], now))
    const second = await write(() => store.learnPast(ann, [older], now))

    assert.deepEqual([first, second], [['learned', 'known'], ['late']])
    assert.equal(store.snapshot(ann, now).profile.messagesSeen, 2)
  })

  test(`${name}: the journal keeps its bound, and the profile what it learned`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const count = maxJournalEntries + 50
    const told = Array.from({ length: count }, (_, index) => ({
      id: `s${index}`,
      message: observation({ receivedAt: monday9 + index * 60_000 })
    }))
    await write(() => store.learnPast(ann, toPast(told), monday9 + 3 * day))

    assert.equal(Array.from(store.journal(ann)).length, maxJournalEntries)
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, count)
  })
}
