import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredChange } from '../../../service/history/reader/replay-reader.ts'
import type { Observation } from '../../../service/observation/observation.ts'
import { foldObservation } from '../../../service/profile/fold-observation.ts'
import { emptyProfile, type Profile } from '../../../service/profile/profile.ts'
import { asStored } from '../../../training/history/as-stored.ts'
import { grownIn, replaySender } from '../../../training/history/replay-sender.ts'
import { minute, monday9, observation } from '../../profile/observations.ts'

const shown = (number: number): Observation =>
  observation({
    receivedAt: monday9 + number * minute,
    messageId: `id-${number}`,
    to: [`p${number}@d${number % 3}.example`]
  })

const fold = (...numbers: readonly number[]): Profile =>
  numbers.reduce((profile, number) => foldObservation(profile, shown(number)), emptyProfile())

const change = (number: number, act: string, ...submissions: readonly string[]): StoredChange => ({
  sender: 's1',
  number,
  act,
  submissions,
  now: monday9,
  shown: ''
})

test('two messages judged side by side were judged by the same habits, and learned one after the other', () => {
  const replay = replaySender([], new Map())
  const judged = [
    { id: 'm0', habits: 0, habitsMade: 1 },
    { id: 'm1', habits: 1, habitsMade: 3 },
    { id: 'm2', habits: 1, habitsMade: 2 },
    { id: 'm3', habits: 3, habitsMade: 0 }
  ].map((row, index) => replay.next(asStored(shown(index), row)))

  assert.deepEqual(
    judged.map((one) => one?.profile),
    [fold(), fold(0), fold(0), fold(0, 2, 1)]
  )
  assert.ok(judged.every((one) => one?.isComplete))
  assert.deepEqual(replay.end(), fold(0, 2, 1))
})

test('what was taken back and what was released is replayed where it happened', () => {
  const changes = [change(3, 'forgotten', 'm0'), change(4, 'learned', 'held')]
  const replay = replaySender(changes, new Map())
  replay.next(asStored(shown(0), { id: 'm0', habits: 0, habitsMade: 1 }))
  replay.next(asStored(shown(1), { id: 'm1', habits: 1, habitsMade: 2 }))
  replay.next(asStored(shown(2), { id: 'held', habits: 2, habitsMade: 0 }))
  const before = replay.next(asStored(shown(3), { id: 'm3', habits: 3, habitsMade: 0 }))
  const after = replay.next(asStored(shown(4), { id: 'm4', habits: 4, habitsMade: 0 }))

  assert.deepEqual([before?.profile, after?.profile], [fold(1), fold(1, 2)])
  assert.deepEqual([before?.isComplete, after?.isComplete], [true, true])
})

test('imported mail takes its place once its import is reached, whatever its rows say of time', () => {
  const replay = replaySender([change(2, 'past', 'p0', 'p1')], new Map())
  const imported = { habits: 1, habitsMade: 0, learned: true }
  replay.next(asStored(shown(5), { id: 'm5', habits: 0, habitsMade: 1 }))
  replay.next(asStored(shown(0), { id: 'p0', ...imported }))
  replay.next(asStored(shown(1), { id: 'p1', ...imported }))
  const next = replay.next(asStored(shown(6), { id: 'm6', habits: 2, habitsMade: 0 }))
  assert.deepEqual([next?.profile, next?.isComplete], [fold(0, 1, 5), true])
})

test('where rows are missing, the replay goes on and says so', () => {
  const replay = replaySender([], new Map())
  const first = replay.next(asStored(shown(0), { id: 'm7', habits: 7, habitsMade: 8 }))
  const second = replay.next(asStored(shown(1), { id: 'm8', habits: 8, habitsMade: 9 }))
  assert.deepEqual([first?.isComplete, second?.isComplete, second?.profile], [false, false, fold(0)])
})

test('rows of before changes were numbered are learned in the order of time, and an unreadable message teaches nothing', () => {
  const replay = replaySender([], new Map())
  replay.next(asStored(shown(0), { id: 'm0', habits: 0, habitsMade: 0, learned: true }))
  assert.equal(
    replay.next({ ...asStored(shown(1), { id: 'm1', habits: 0, habitsMade: 0 }), shows: 'unreadable' }),
    null
  )
  const next = replay.next(asStored(shown(2), { id: 'm2', habits: 0, habitsMade: 0 }))
  assert.deepEqual([next?.profile, next?.isComplete], [fold(0), false])
})

test('messages that were learned before the last question about them are asked for beforehand', () => {
  const changes = [change(1, 'learned', 'm1'), change(2, 'relearned', 'm1'), change(3, 'forgotten', 'm2')]
  assert.deepEqual(grownIn(changes), ['m1'])
})
