import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReportLimit } from '../../../service/delivery/notices/report-limit.ts'

test('a sender gets so many reports an hour, and then again', () => {
  let now = 0
  const limit = createReportLimit({ maxPerHour: 2, clock: () => now })
  assert.deepEqual(
    ['a', 'a', 'a', 'b'].map((sender) => limit.take(sender)),
    [true, true, false, true]
  )
  now = 3_600_000
  assert.equal(limit.take('a'), true)
})
