import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import type { Observation } from '../../service/observation/observation.ts'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { isProvisional } from '../../service/profile/probation.ts'
import { emptyProfile } from '../../service/profile/profile.ts'
import { maxJournalEntries } from '../../service/senders/habits/learned-habits.ts'
import { day, hour, monday9, observation, seeded, variedObservation } from '../profile/observations.ts'
import type { VerdictRecord } from '../../service/senders/sender-store.ts'
import type { OpenStore, TestedStore } from './sender-store-suite.ts'

/** What every SenderStore promises of forgetting. */
export function forgettingSuite(name: string, open: OpenStore): void {
  suiteOfUnlearning(name, open)
  suiteOfTime(name, open)
  suiteOfErasing(name, open)
}

interface Told {
  readonly id: string
  readonly message: Observation
  readonly confirmed: boolean
}

/** A history of messages days apart, some from elsewhere, some vouched for. */
function historyOf(random: () => number, length: number): readonly Told[] {
  return Array.from({ length }, (_, index) => ({
    id: `s${index}`,
    message: {
      ...variedObservation(random, index),
      receivedAt: monday9 + index * day + Math.floor(random() * 3 * day)
    },
    confirmed: random() < 0.1
  }))
}

async function learnAll({ store, write }: TestedStore, sender: string, told: readonly Told[]): Promise<void> {
  await write(() => {
    for (const { id, message, confirmed } of told) store.learn(sender, id, message, { confirmed })
  })
}

function suiteOfUnlearning(name: string, open: OpenStore): void {
  test(`${name}: what is un-learned is as if it had never been learned, whatever left the journal before`, async (t) => {
    const tested = await open(t)
    const { store, write } = tested
    let run = 0

    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 50 }), fc.nat(60), async (seed, length, past) => {
        const random = seeded(seed)
        const told = historyOf(random, length)
        const [ann, bob] = [store.keyOf(`ann${run}@example.org`), store.keyOf(`bob${run++}@example.org`)]
        await learnAll(tested, ann, told)
        while ((await write(() => store.expire(monday9 + past * day))) > 0);
        const bad = Array.from(store.journal(ann), ({ submissionId }) => submissionId).filter(
          () => random() < 0.4
        )

        const count = await write(() => store.unlearn(ann, [...bad, 'never-learned']))

        await learnAll(
          tested,
          bob,
          told.filter(({ id }) => !bad.includes(id))
        )
        assert.equal(count, bad.length)
        assert.deepEqual(store.snapshot(ann, monday9).profile, store.snapshot(bob, monday9).profile)
      }),
      { numRuns: 12 }
    )
  })

  test(`${name}: un-learning what was never learned changes nothing`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => store.learn(ann, 's1', observation()))
    const before = store.snapshot(ann, monday9)

    assert.equal(await write(() => store.unlearn(ann, ['s2'])), 0)
    assert.equal(await write(() => store.unlearn(store.keyOf('new@example.org'), ['s1'])), 0)
    assert.deepEqual(store.snapshot(ann, monday9), before)
  })

  test(`${name}: a rewind forgets what came since, and no more`, async (t) => {
    const tested = await open(t)
    const { store, write } = tested
    const [ann, bob] = [store.keyOf('ann@example.org'), store.keyOf('bob@example.org')]
    const told = historyOf(seeded(3), 25)
    const since = monday9 + 12 * day
    await learnAll(tested, ann, told)

    const forgotten = await write(() => store.rewind(ann, since))

    const before = told.filter(({ message }) => message.receivedAt < since)
    await learnAll(tested, bob, before)
    assert.equal(forgotten, told.length - before.length)
    assert.deepEqual(store.snapshot(ann, monday9).profile, store.snapshot(bob, monday9).profile)
  })

  test(`${name}: after a rewind to the beginning a sender is new, and learns again`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => store.learn(ann, 's1', observation()))

    await write(() => store.rewind(ann, 0))
    assert.deepEqual(store.snapshot(ann, monday9).profile, emptyProfile())

    await write(() => store.learn(ann, 's2', observation()))
    assert.deepEqual(
      Array.from(store.journal(ann), ({ submissionId }) => submissionId),
      ['s2']
    )
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 1)
  })

  test(`${name}: whoever vouches for a message later makes its values habits`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const elsewhere = { network16: 'n16-hotel', clientFull: 'unknown 1.0', headerOrder: 'order-9' }
    await write(() => {
      for (let index = 0; index < 10; index++) store.learn(ann, `s${index}`, observation())
      store.learn(ann, 'odd', observation({ attributes: elsewhere, to: ['eve@example.com'] }))
    })
    assert.ok(isProvisional(store.snapshot(ann, monday9).profile, 'network16', 'n16-hotel'))

    assert.equal(await write(() => store.confirm(ann, ['odd', 'never-learned'])), 1)

    const { profile } = store.snapshot(ann, monday9)
    assert.equal(isProvisional(profile, 'network16', 'n16-hotel'), false)
    assert.ok(profile.habits.network16.values.includes('n16-hotel'))
    await write(() => store.rebuild(ann))
    assert.deepEqual(store.snapshot(ann, monday9).profile, profile)
  })
}

/** Hourly, to ninety people, without a text to learn from. */
function small(index: number): Observation {
  return observation({
    receivedAt: monday9 + index * hour,
    to: [`p${index % 90}@example.net`],
    style: { words: [], grams: [], gramCounts: [], authoredWords: 0 }
  })
}

function suiteOfTime(name: string, open: OpenStore): void {
  test(`${name}: what a busy sender's journal can't hold stays in the profile and can't be un-learned`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const total = maxJournalEntries + 90
    await write(() => {
      for (let index = 0; index < total; index++) store.learn(ann, `s${index}`, small(index))
    })
    const indexes = Array.from({ length: total }, (_, index) => index)

    assert.equal(await write(() => store.unlearn(ann, ['s0', 's1', `s${total - 2}`])), 1)

    const left = indexes.filter((index) => index !== total - 2)
    assert.deepEqual(
      store.snapshot(ann, monday9).profile,
      left.reduce((profile, index) => foldObservation(profile, small(index)), emptyProfile())
    )
    assert.ok(Array.from(store.journal(ann)).length < maxJournalEntries)
  })

  test(`${name}: a rewind reaches back as far as the journal, and says so`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => {
      for (let index = 0; index < 10; index++)
        store.learn(ann, `s${index}`, observation({ receivedAt: monday9 + index * day }))
    })
    assert.equal(store.rewindsTo(ann), 0)

    while ((await write(() => store.expire(monday9 + 34 * day))) > 0);

    assert.equal(store.rewindsTo(ann), monday9 + 4 * day + 1)
    assert.equal(await write(() => store.rewind(ann, 0)), 5)
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 5)
  })

  test(`${name}: a message dated years ahead does not keep the others in the journal`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => {
      store.learn(ann, 'ahead', observation({ receivedAt: monday9 + 4_000 * day }))
      store.learn(ann, 'late', observation({ receivedAt: monday9 }))
    })

    while ((await write(() => store.expire(monday9 + 31 * day))) > 0);

    assert.deepEqual(Array.from(store.journal(ann)), [])
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 2)
  })
}

function suiteOfErasing(name: string, open: OpenStore): void {
  test(`${name}: verdicts are listed by sender, the newest first`, async (t) => {
    const { store, write } = await open(t)
    const [ann, bob] = [store.keyOf('ann@example.org'), store.keyOf('bob@example.org')]
    await write(() => {
      store.recordVerdict(verdictOn('v1', ann, monday9))
      store.recordVerdict(verdictOn('v2', bob, monday9 + hour))
      store.recordVerdict(verdictOn('v3', ann, monday9 + 2 * hour))
    })
    const listed = (since: number): readonly string[] =>
      Array.from(store.verdictsOf(ann, since), ({ id }) => id)

    assert.deepEqual(listed(0), ['v3', 'v1'])
    assert.deepEqual(listed(monday9 + hour), ['v3'])
    while ((await write(() => store.expire(monday9 + 30 * day))) > 0);
    assert.deepEqual(listed(0), ['v3'])
  })

  test(`${name}: an erased sender is a newcomer without a past; others stay`, async (t) => {
    const { store, write } = await open(t)
    const [ann, bob] = [store.keyOf('ann@example.org'), store.keyOf('bob@example.org')]
    for (const sender of [ann, bob]) await write(() => leaveTraces(store, sender))
    const before = store.snapshot(bob, monday9)
    const nobody = store.snapshot(store.keyOf('new@example.org'), monday9)

    let rounds = 0
    while ((await write(() => store.erase(ann))) > 0) rounds += 1

    assert.ok(rounds > 0, 'a bounded part with each call')
    assert.deepEqual(store.snapshot(ann, monday9), nobody)
    assert.deepEqual(Array.from(store.verdictsOf(ann, 0)), [])
    assert.equal(store.remembered(ann, 'key', monday9), undefined)
    assert.deepEqual(store.snapshot(bob, monday9), before)
    assert.notEqual(store.remembered(bob, 'key', monday9), undefined)
    assert.equal(Array.from(store.verdictsOf(bob, 0)).length, 600)
  })
}

function verdictOn(id: string, sender: string, at: number): VerdictRecord {
  return { id, sender, at, submissionId: id, messageId: null, answer: { sender } }
}

/** Something in every table, more than one call of `erase` removes. */
export function leaveTraces(store: TestedStore['store'], sender: string): void {
  for (let index = 0; index < 12; index++)
    store.learn(sender, `s${index}`, observation({ receivedAt: monday9 - (40 - index) * day }))
  while (store.expire(monday9 - 2 * day) > 0);
  store.unlearn(sender, ['s10'])
  for (let index = 0; index < 600; index++)
    store.recordVerdict(verdictOn(`${sender}-${index}`, sender, monday9))
  store.charge(sender, { at: monday9, recipients: 1, newRecipients: 0 })
  store.contain(sender, 'watched')
  store.remember(sender, 'key', { digest: 'd', at: monday9, answer: { sender } })
}
