import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { foldObservation } from '../../service/profile/fold-observation.ts'
import { emptyProfile, knowsRecipient } from '../../service/profile/profile.ts'
import { noDays } from '../../service/senders/past-days.ts'
import type { SenderStore } from '../../service/senders/sender-store.ts'
import { maxJournalEntries } from '../../service/senders/habits/learned-habits.ts'
import {
  day,
  hour,
  minute,
  monday9,
  observation,
  seeded,
  variedObservation
} from '../profile/observations.ts'

/** A store to test, and how its writes are made: in a transaction where it needs one. */
export interface TestedStore {
  readonly store: SenderStore
  readonly write: <T>(act: () => T) => Promise<T>
}

export type OpenStore = (t: TestContext) => Promise<TestedStore>

/** What every SenderStore promises. */
export function sendersStoreSuite(name: string, open: OpenStore): void {
  suiteOfHabits(name, open)
  suiteOfAnswers(name, open)
}

type Usage = ReturnType<SenderStore['usage']>

function usageOf(used: Partial<Usage>, past: Usage['past']): Usage {
  return {
    messagesLastMinute: 0,
    messagesLastHour: 0,
    messagesLastDay: 0,
    recipientsLastMinute: 0,
    recipientsLastHour: 0,
    recipientsLastDay: 0,
    newRecipientsLastMinute: 0,
    newRecipientsLastHour: 0,
    newRecipientsLastDay: 0,
    ...used,
    past
  }
}

function suiteOfHabits(name: string, open: OpenStore): void {
  test(`${name}: a sender never seen has an empty profile, is contained by nothing and has used nothing`, async (t) => {
    const { store } = await open(t)
    const nothing = usageOf({}, noDays)

    assert.deepEqual(store.snapshot(store.keyOf('new@example.org'), monday9), {
      profile: emptyProfile(),
      containment: 'normal',
      usage: nothing,
      habits: 0
    })
  })

  test(`${name}: a sender's key is one per name and does not show it`, async (t) => {
    const { store } = await open(t)

    assert.equal(store.keyOf('ann@example.org'), store.keyOf('ann@example.org'))
    assert.notEqual(store.keyOf('ann@example.org'), store.keyOf('bob@example.org'))
    assert.match(store.keyOf('ann@example.org'), /^[\w-]{16}\.[\w-]{11}$/u)
  })

  test(`${name}: what is learned comes back as the very profile that folding gives, for its sender alone`, async (t) => {
    const { store, write } = await open(t)
    const random = seeded(7)
    const messages = Array.from({ length: 60 }, (_, index) => variedObservation(random, index))
    const ann = store.keyOf('ann@example.org')

    for (const [index, message] of messages.entries())
      await write(() => store.learn(ann, `s${index}`, message))

    const folded = messages.reduce((before, one) => foldObservation(before, one), emptyProfile())
    assert.deepEqual(store.snapshot(ann, monday9).profile, folded)
    assert.equal(store.snapshot(store.keyOf('bob@example.org'), monday9).profile.messagesSeen, 0)
  })

  test(`${name}: the journal replays to the same profile and keeps nothing of the content`, async (t) => {
    const { store, write } = await open(t)
    const random = seeded(8)
    const ann = store.keyOf('ann@example.org')
    for (let index = 0; index < 12; index++) {
      await write(() => store.learn(ann, `s${index}`, variedObservation(random, index)))
    }

    const entries = Array.from(store.journal(ann))

    assert.deepEqual(
      entries.map(({ number, submissionId }) => `${number} ${submissionId}`),
      Array.from({ length: 12 }, (_, index) => `${index + 1} s${index}`)
    )
    assert.ok(entries.every((entry) => !('content' in entry.observation)))
    const replayed = entries
      .map((entry) => entry.observation)
      .reduce((before, one) => foldObservation(before, one), emptyProfile())
    assert.deepEqual(replayed, store.snapshot(ann, monday9).profile)
  })

  test(`${name}: the journal of a busy sender is bounded, the newest stay`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const small = observation({ style: { words: [], grams: [], gramCounts: [], authoredWords: 0 } })

    await write(() => {
      for (let index = 0; index < maxJournalEntries + 5; index++) store.learn(ann, `s${index}`, small)
    })

    const numbers = Array.from(store.journal(ann), (entry) => entry.number)
    assert.ok(numbers.length <= maxJournalEntries && numbers.length > maxJournalEntries - 64)
    assert.equal(numbers.at(-1), maxJournalEntries + 5)
  })

  test(`${name}: containment stays as it was set`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')

    await write(() => store.contain(ann, 'suspended'))
    assert.equal(store.snapshot(ann, monday9).containment, 'suspended')
    await write(() => store.contain(ann, 'normal'))
    assert.equal(store.snapshot(ann, monday9).containment, 'normal')
  })

  test(`${name}: a sent message makes its recipients known`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')

    await write(() => store.learn(ann, 's', observation({ to: ['bob@example.net'] })))

    const { profile } = store.snapshot(ann, monday9)
    assert.equal(knowsRecipient(profile, 'bob@example.net'), true)
    assert.equal(knowsRecipient(profile, 'eve@example.net'), false)
  })
}

function suiteOfAnswers(name: string, open: OpenStore): void {
  test(`${name}: an answer is remembered for a day, then forgotten and dropped`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const first = { digest: 'd1', at: monday9, answer: { verdict: 'allow' } }
    await write(() => store.remember(ann, 'key', first))

    assert.deepEqual(store.remembered(ann, 'key', monday9 + day - 1), first)
    assert.equal(store.remembered(ann, 'key', monday9 + day), undefined)
    assert.equal(store.remembered(ann, 'other', monday9), undefined)
    assert.equal(await write(() => store.expire(monday9 + day)), 1)
    assert.equal(store.remembered(ann, 'key', monday9), undefined)
  })

  test(`${name}: an answer given anew under an old key outlives the old one`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => store.remember(ann, 'key', { digest: 'd1', at: monday9, answer: 1 }))
    const later = { digest: 'd2', at: monday9 + day + minute, answer: 2 }
    await write(() => store.remember(ann, 'key', later))

    await write(() => store.expire(monday9 + day + minute))

    assert.deepEqual(store.remembered(ann, 'key', later.at), later)
  })

  test(`${name}: verdicts and the journal are dropped after 30 days, a bounded number a call`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const record = {
      id: 'v1',
      submissionId: 's1',
      sender: ann,
      at: monday9,
      messageId: '<m@x>',
      answer: { verdict: 'hold' }
    }
    await write(() => {
      store.recordVerdict(record)
      store.learn(ann, 's1', observation({ receivedAt: monday9 }))
      store.learn(ann, 's2', observation({ receivedAt: monday9 + day }))
      for (let index = 0; index < 600; index++)
        store.remember(ann, `k${index}`, { digest: '', at: monday9, answer: 0 })
    })
    assert.deepEqual(store.verdict('v1'), record)

    let rounds = 0
    while ((await write(() => store.expire(monday9 + 30 * day + 15 * hour))) > 0) rounds += 1

    assert.equal(rounds, 2)
    assert.equal(store.verdict('v1'), undefined)
    assert.deepEqual(
      Array.from(store.journal(ann), (entry) => entry.submissionId),
      ['s2']
    )
    assert.equal(store.snapshot(ann, monday9).profile.messagesSeen, 2)
  })
}
