import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldObservation } from '../../../../service/profile/fold-observation.ts'
import { emptyProfile } from '../../../../service/profile/profile.ts'
import { createImportedPast } from '../../../../training/backtest/history/imported-past.ts'
import { asStored } from '../../../../training/history/as-stored.ts'
import type { Replayed } from '../../../../training/history/replay-sender.ts'
import { minute, monday9, observation } from '../../../profile/observations.ts'

const shown = (number: number) =>
  observation({ receivedAt: monday9 + number * minute, messageId: `id-${number}` })

function replayed(number: number, sender: string, caller = 'import'): Replayed {
  const row = { ...asStored(shown(number), { id: `m${number}`, sender, habits: 0, habitsMade: 0 }), caller }
  return { row, observation: shown(number), profile: emptyProfile(), isComplete: true }
}

test('imported mail stands beside what its sender had sent before it, other mail beside what it was judged by', () => {
  const standIn = createImportedPast()
  const [first, second, other, judged] = [
    standIn(replayed(0, 's1')),
    standIn(replayed(1, 's1')),
    standIn(replayed(2, 's2')),
    standIn(replayed(3, 's2', 'smtp'))
  ]
  assert.deepEqual(first?.profile, emptyProfile())
  assert.deepEqual(second?.profile, foldObservation(emptyProfile(), shown(0)))
  assert.deepEqual(other?.profile, emptyProfile())
  assert.deepEqual(judged?.profile, emptyProfile())
})
