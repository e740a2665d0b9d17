import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { minute, monday9, observation, seeded, variedObservation } from '../profile/observations.ts'
import type { OpenStore } from './sender-store-suite.ts'

/** What every SenderStore promises of messages of which more comes after they were learned. */
export function relearningSuite(name: string, open: OpenStore): void {
  suiteOfRelearning(name, open)
  suiteOfLimits(name, open)
}

const first = observation({ receivedAt: monday9, to: ['bob'] })
const grown = observation({ receivedAt: monday9, to: ['bob', 'carol'] })
const mayGrow = { mayGrow: true } as const

function suiteOfRelearning(name: string, open: OpenStore): void {
  test(`${name}: a message learned anew is learned once, in its place, as if it had come so`, async (t) => {
    const { store, write } = await open(t)
    let run = 0

    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }),
        async (seed, steps) => {
          const random = seeded(seed)
          const [ann, bob] = [store.keyOf(`ann${run}@example.org`), store.keyOf(`bob${run++}@example.org`)]
          const told = new Map<string, Observation>()
          for (let index = 0; index < 6; index += 1) told.set(`s${index}`, variedObservation(random, index))
          await write(() => {
            for (const [id, message] of told) store.learn(ann, id, message, mayGrow)
          })
          for (const [count, index] of steps.entries()) {
            const id = `s${index}`
            const message = random() < 0.2 ? null : variedObservation(random, index + count / 100)
            await write(() => store.relearn(ann, id, message))
            if (message === null) told.delete(id)
            else if (told.has(id)) told.set(id, message)
          }
          await write(() => {
            for (const [id, message] of told) store.learn(bob, id, message)
          })
          const [own, wanted] = [store.snapshot(ann, monday9).profile, store.snapshot(bob, monday9).profile]
          assert.deepEqual(own, wanted)
          assert.deepEqual(
            Array.from(store.journal(ann), ({ submissionId }) => submissionId),
            [...told.keys()]
          )
        }
      ),
      { numRuns: 25 }
    )
  })

  test(`${name}: the habits before a message are at hand until its sender's journal changes`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => store.learn(ann, 's0', observation({ receivedAt: monday9 - minute })))
    const before = store.snapshot(ann, monday9).profile
    await write(() => store.learn(ann, 's1', first, mayGrow))
    await write(() => store.learn(ann, 's2', observation({ receivedAt: monday9 + minute })))

    assert.deepEqual(store.profileBefore(ann, 's1'), before)
    assert.equal(store.profileBefore(ann, 's2'), undefined)
    assert.equal(store.profileBefore(store.keyOf('bob@example.org'), 's1'), undefined)

    await write(() => store.unlearn(ann, ['s0']))
    assert.equal(store.profileBefore(ann, 's1'), undefined)
  })

  test(`${name}: without the habits before it a message stays as it was learned, and is forgotten all the same`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => store.learn(ann, 's1', first))
    const learned = store.snapshot(ann, monday9).profile

    await write(() => store.relearn(ann, 's1', grown))
    assert.deepEqual(store.snapshot(ann, monday9).profile, learned)

    await write(() => store.relearn(ann, 's1', null))
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 0)
  })

  test(`${name}: what was un-learned or erased is not learned anew`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => store.learn(ann, 's1', first, mayGrow))
    await write(() => store.unlearn(ann, ['s1']))
    await write(() => store.relearn(ann, 's1', grown))
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 0)

    await write(() => store.learn(ann, 's2', first, mayGrow))
    while ((await write(() => store.erase(ann))) > 0);
    await write(() => store.relearn(ann, 's2', grown))
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 0)
  })

  test(`${name}: a message that somebody vouched for stays vouched for`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => store.learn(ann, 's1', first, { ...mayGrow, confirmed: true }))

    await write(() => store.relearn(ann, 's1', grown))

    const [entry] = store.journal(ann)
    assert.deepEqual([entry?.confirmed, entry?.observation.recipients.length], [true, 2])
  })
}

function suiteOfLimits(name: string, open: OpenStore): void {
  test(`${name}: more recipients of a message that is charged count, the message does not`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => {
      store.charge(ann, { at: monday9, recipients: 2, newRecipients: 1 })
      store.charge(ann, { at: monday9, messages: 0, recipients: 3, newRecipients: 2 })
    })

    const usage = store.usage(ann, monday9)
    assert.deepEqual(
      [usage.messagesLastHour, usage.messagesLastDay, usage.recipientsLastDay, usage.newRecipientsLastDay],
      [1, 1, 5, 3]
    )
  })
}
