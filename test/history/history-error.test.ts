import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeHistoryFault, HistoryError } from '../../service/history/history-error.ts'

test('a fault of history is told with its facts, one of somebody else as he words it', () => {
  const newer = new HistoryError('HISTORY_SCHEMA_NEWER', { migration: '9999 of_tomorrow' })
  assert.match(describeHistoryFault(newer), /newer Sluice.* \(migration 9999 of_tomorrow\)$/u)
  assert.equal(describeHistoryFault(new Error('connect ECONNREFUSED')), 'connect ECONNREFUSED')
  assert.equal(describeHistoryFault('away'), 'away')
})
