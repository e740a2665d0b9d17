import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newcomerGroup, withoutHabits } from '../../../service/scoring/judging/without-habits.ts'

test('what lowers the risk of a sender without history is one contribution, and the sum stays', () => {
  const shares = [
    { group: 'history', contribution: -0.8 },
    { group: 'recipients', contribution: -0.6 },
    { group: 'links', contribution: 0.3 },
    { group: 'passages', contribution: -0.2 },
    { group: 'wording', contribution: -0.4 }
  ]
  const told = withoutHabits(shares)

  const sum = (all: typeof told) => all.reduce((total, { contribution }) => total + contribution, 0)
  assert.ok(Math.abs(sum(told) - sum(shares)) < 1e-12)
  assert.deepEqual(
    told.map(({ group }) => group),
    ['links', 'passages', 'wording', newcomerGroup]
  )
})
