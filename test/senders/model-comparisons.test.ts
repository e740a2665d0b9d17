import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createModelComparisons,
  type ModelComparison,
  type ModelComparisons
} from '../../service/senders/model-comparisons.ts'
import { createMemoryTable } from '../../service/storage/memory-table.ts'

const shadow = { name: 'takeover', version: '2' }
const open = (): ModelComparisons =>
  createModelComparisons({ table: () => createMemoryTable<never>() }, () => 1_000)

function compared(number: number, difference: number, judged: 'allow' | 'hold' = 'allow'): ModelComparison {
  return {
    verdictId: `v${number}`,
    at: number,
    active: { judged: 'allow', logit: -5, isHeld: false },
    shadow: { judged, logit: -5 + difference, isHeld: judged === 'hold' }
  }
}

test('pages add up', () => {
  const comparisons = open()
  comparisons.note(shadow, { compared: [compared(1, 1), compared(2, -3)], dropped: 0 })
  comparisons.note(shadow, { compared: [compared(3, 2, 'hold')], dropped: 4 })
  assert.partialDeepStrictEqual(comparisons.of(shadow), {
    since: 1_000,
    messages: 3,
    dropped: 4,
    heldByActive: 0,
    heldByShadow: 1,
    logitDifference: 6,
    verdicts: { 'allow/allow': 2, 'allow/hold': 1 }
  })
})

test('of a thousand messages the fifty that differ most are kept: other verdicts first', () => {
  const comparisons = open()
  for (let page = 0; page < 10; page += 1) {
    const own = Array.from({ length: 100 }, (_, at) => compared(100 * page + at, (100 * page + at) / 100))
    comparisons.note(shadow, { compared: own, dropped: 0 })
  }
  comparisons.note(shadow, { compared: [compared(1_000, 0.1, 'hold')], dropped: 0 })
  const top = comparisons.of(shadow)?.top.map(({ verdictId }) => verdictId) ?? []
  assert.equal(top.length, 50)
  assert.deepEqual(top.slice(0, 3), ['v1000', 'v999', 'v998'])
})

test('what was said of one model goes with it, that of the other stays', () => {
  const comparisons = open()
  const other = { name: 'content', version: '2' }
  for (const name of [shadow, other]) comparisons.note(name, { compared: [compared(1, 1)], dropped: 0 })
  comparisons.drop('takeover')
  assert.equal(comparisons.of(shadow), undefined)
  assert.equal(comparisons.of(other)?.messages, 1)
})
