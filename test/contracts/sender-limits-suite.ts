import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UsageCount, UsageWindow } from '../../service/senders/sender-store.ts'
import { day, hour, minute, monday9, observation } from '../profile/observations.ts'
import type { OpenStore } from './sender-store-suite.ts'

/** What every SenderStore promises of what its senders used of their limits. */
export function suiteOfLimits(name: string, open: OpenStore): void {
  test(`${name}: usage counts the hour and the day before a moment`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => {
      store.charge(ann, { at: monday9, recipients: 3, newRecipients: 2 })
      store.charge(ann, { at: monday9 + 50 * minute, recipients: 4, newRecipients: 1 })
    })
    const at = (moment: number): readonly (readonly number[])[] => {
      const used = store.usage(ann, moment)
      return [
        [used.messagesLastMinute, used.messagesLastHour, used.messagesLastDay],
        [used.recipientsLastMinute, used.recipientsLastHour, used.recipientsLastDay],
        [used.newRecipientsLastMinute, used.newRecipientsLastHour, used.newRecipientsLastDay]
      ]
    }
    const none = [0, 0, 0]

    assert.deepEqual(at(monday9 + 50 * minute), [[1, 2, 2], [4, 7, 7], [1, 3, 3]]) // prettier-ignore
    assert.deepEqual(at(monday9 + 70 * minute), [[0, 1, 2], [0, 4, 7], [0, 1, 3]]) // prettier-ignore
    assert.deepEqual(at(monday9 + 5 * hour), [[0, 0, 2], [0, 0, 7], [0, 0, 3]]) // prettier-ignore
    assert.deepEqual(at(monday9 + 2 * day), [none, none, none])
    assert.deepEqual(at(monday9 - hour), [none, none, none])
    assert.deepEqual(store.snapshot(ann, monday9 + 5 * hour).usage, store.usage(ann, monday9 + 5 * hour))
  })

  test(`${name}: it says when so much of a window is free again, to the slot`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => {
      store.charge(ann, { at: monday9, recipients: 3, newRecipients: 0 })
      store.charge(ann, { at: monday9 + 20 * minute, recipients: 4, newRecipients: 0 })
    })
    const now = monday9 + 21 * minute
    const free = (window: UsageWindow, count: UsageCount, most: number): number | null =>
      store.freeAt(ann, now, window, count, most)

    assert.equal(free('hour', 'recipients', 7), now)
    assert.equal(free('hour', 'recipients', 4), monday9 + 65 * minute)
    assert.equal(free('hour', 'recipients', 3), monday9 + 85 * minute)
    assert.equal(free('hour', 'messages', 1), monday9 + 65 * minute)
    assert.equal(free('minute', 'messages', 0), monday9 + 21 * minute + 5_000)
    assert.equal(free('day', 'recipients', -1), null)
    const then = monday9 + 65 * minute
    assert.deepEqual(
      [store.usage(ann, then - 1).recipientsLastHour, store.usage(ann, then).recipientsLastHour],
      [7, 4]
    )
  })

  test(`${name}: of earlier days it keeps what each had in all and at most in an hour, today left out`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => {
      for (const [days, count] of [
        [0, 3],
        [1, 5],
        [4, 2]
      ] as const)
        // prettier-ignore
        for (let index = 0; index < count; index++)
          store.charge(ann, { at: monday9 + days * day + index * hour, recipients: 2, newRecipients: index })
    })

    const first = Math.floor(monday9 / day)
    assert.deepEqual(store.usage(ann, monday9 + 4 * day + 5 * hour).past, {
      day: [first, first + 1],
      messages: [3, 5],
      recipients: [6, 10],
      newRecipients: [3, 10],
      // An hour and the slot that it begins in
      messagesInHour: [2, 2],
      recipientsInHour: [4, 4],
      newRecipientsInHour: [3, 7]
    })
    assert.deepEqual(store.usage(ann, monday9 + 5 * day).past.messages, [3, 5, 2])
  })

  test(`${name}: of a long life the last sixty days with mail are remembered, in their order`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    await write(() => {
      for (let index = 0; index < 80; index++)
        store.charge(ann, { at: monday9 + index * 2 * day, recipients: index, newRecipients: 0 })
      // What comes late belongs where it was sent
      store.charge(ann, { at: monday9 + 151 * day, recipients: 1_000, newRecipients: 0 })
      store.charge(ann, { at: monday9, recipients: 1_000, newRecipients: 0 })
    })

    const { day: days, recipients } = store.usage(ann, monday9 + 400 * day).past
    assert.equal(days.length, 60)
    assert.deepEqual(
      days,
      days.toSorted((a, b) => a - b)
    )
    assert.equal(recipients.filter((one) => one === 1_000).length, 1)
    assert.equal(recipients.at(-1), 79)
  })

  test(`${name}: a replay of past weeks is counted in its own time and leaves what live mail used`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const now = monday9 + 60 * day
    await write(() => {
      for (let index = 0; index < 40; index++) {
        store.charge(ann, { at: now - index * 30 * minute, recipients: 1, newRecipients: 0 })
      }
    })
    const live = store.usage(ann, now)

    await write(() => {
      for (let past = monday9; past < monday9 + 14 * day; past += hour) {
        store.charge(ann, { at: past, recipients: 1, newRecipients: 0 })
      }
    })

    assert.equal(store.usage(ann, monday9 + 14 * day - hour).messagesLastDay, 25)
    // Habits of a day are older than it
    assert.deepEqual({ ...store.usage(ann, now), past: live.past }, live)
  })

  test(`${name}: a clock that was years ahead for a while spoils neither limits nor habits`, async (t) => {
    const { store, write } = await open(t)
    const ann = store.keyOf('ann@example.org')
    const years = 9 * 365 * day

    await write(() => {
      for (let index = 0; index < 30; index++) {
        const at = monday9 + years + index * 20 * minute
        store.charge(ann, { at, recipients: 1, newRecipients: 0 })
        store.learn(ann, `f${index}`, observation({ receivedAt: at }))
      }
      for (let index = 0; index < 30; index++) {
        const at = monday9 + index * 20 * minute
        store.charge(ann, { at, recipients: 1, newRecipients: 0 })
        store.learn(ann, `n${index}`, observation({ receivedAt: at }))
      }
    })

    const { usage, profile } = store.snapshot(ann, monday9 + 10 * hour)
    assert.equal(usage.messagesLastDay, 30)
    assert.equal(profile.messagesSeen, 60)
    assert.equal(profile.lastAt, monday9 + 29 * 20 * minute)
  })
}
