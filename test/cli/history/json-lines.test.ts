import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { filesOf, gatherIn, textOf } from './gather.ts'

const lineOf = (more: object): string =>
  JSON.stringify({
    id: '1',
    sender: 'ann',
    ts: 1_763_900_000,
    rcpt: ['bob@example.net'],
    raw: 'Subject: a\n\nb',
    ...more
  })

test('a backtest’s history is imported, and nothing that it calls bad', async (t) => {
  const lines = [
    lineOf({ ts: 1_763_900_002, client: { ip: '203.0.113.7', helo: 'laptop' } }),
    lineOf({ ts: 1_763_900_001, label: 'ham' }),
    lineOf({ role: 'probe', label: 'ham' }),
    lineOf({ label: 'A3/M0' }),
    '{"id":',
    lineOf({ raw: 'x'.repeat(2_000) }),
    lineOf({ ts: 4_000_000_000 }),
    ''
  ]
  const directory = await filesOf(t, { 'mail.jsonl.gz': gzipSync(lines.join('\n')) })

  const gathered = await gatherIn(t, directory, { jsonl: ['mail.jsonl.gz'], maxBytes: 1_000 })

  assert.deepEqual(gathered.counts, { NOT_HONEST: 2, LINE_INVALID: 1, TOO_LARGE: 1, FUTURE: 1 })
  assert.deepEqual(
    gathered.lines.map(({ receivedAt, client }) => [receivedAt, client]),
    [
      [1_763_900_001_000, { ip: null, helo: null }],
      [1_763_900_002_000, { ip: '203.0.113.7', helo: 'laptop' }]
    ]
  )
  assert.equal(textOf(gathered.lines[0]), 'Subject: a\r\n\r\nb')
})

test('a file without a line is told with its name', async (t) => {
  const directory = await filesOf(t, { 'empty.jsonl': '', 'blank.jsonl': '\n\n' })
  const { faults } = await gatherIn(t, directory, { jsonl: ['empty.jsonl', 'blank.jsonl'] })
  assert.deepEqual(faults, ['NO_MESSAGES empty.jsonl', 'NO_MESSAGES blank.jsonl'])
})
