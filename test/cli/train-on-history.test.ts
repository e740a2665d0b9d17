import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorkplace } from './run-sluice.ts'

test('history and files exclude each other, a span needs history, and history that is empty says what to do', async (t) => {
  const { sluice } = await openWorkplace(t)
  const [mixed, spanOnly, empty] = await Promise.all([
    sluice(['train', 'content', '--history', '--data', 'x']),
    sluice(['train', 'takeover', '--since', '5d']),
    sluice(['train', 'takeover', '--history', '--out', 'trained'])
  ])
  assert.match(mixed.stderr, /--history and --data exclude each other/u)
  assert.match(spanOnly.stderr, /choose a part of history\nAdd --history/u)
  assert.deepEqual([mixed.code, spanOnly.code], [2, 2])
  assert.equal(empty.code, 1)
  assert.match(empty.stderr, /history (?:holds no message|is kept)[\s\S]*(?:history import|clickhouse)/iu)
})
