import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseScanAnswer } from '../../../../service/doors/callouts/opensmtpd/scan-answer.ts'

const fates = {
  'no action': { kind: 'pass' },
  'add header': { kind: 'pass' },
  'soft reject': { kind: 'refuse', reply: '451 4.7.1 Needs review' },
  greylist: { kind: 'refuse', reply: '451 4.7.1 Needs review' },
  quarantine: { kind: 'refuse', reply: '451 4.7.1 Needs review' },
  reject: { kind: 'refuse', reply: '550 5.7.1 Needs review' },
  discard: { kind: 'refuse', reply: '550 5.7.1 Needs review' }
} as const

for (const [action, fate] of Object.entries(fates))
  test(`${action} is carried out as ${'reply' in fate ? fate.reply : 'pass'}`, () => {
    const outcome = parseScanAnswer(JSON.stringify({ action, messages: { smtp_message: 'Needs review' } }))
    assert.deepEqual(outcome.kind === 'answered' && outcome.fate, fate)
  })

test('header edits are read in all their forms', () => {
  const milter = {
    remove_headers: { 'X-One': 0, 'X-Two': [1, -1] },
    add_headers: { A: 'text', B: { value: 'b', order: -1 }, C: ['1', { value: '2' }] }
  }
  const outcome = parseScanAnswer(JSON.stringify({ action: 'no action', milter }))
  assert.ok(outcome.kind === 'answered')
  assert.deepEqual(
    [...outcome.edits.remove],
    [
      ['x-one', [0]],
      ['x-two', [1, -1]]
    ]
  )
  assert.deepEqual(
    outcome.edits.add.map(({ name, value, place }) => [name, value, place]),
    [
      ['A', 'text', 'top'],
      ['B', 'b', 'bottom'],
      ['C', '1', 'top'],
      ['C', '2', 'top']
    ]
  )
})

test('a reply is one line of printable text, of bounded length', () => {
  const text = `first\r\n250 second\u0000 ü ${'x'.repeat(2_000)}`
  const outcome = parseScanAnswer(JSON.stringify({ action: 'reject', messages: { smtp_message: text } }))
  assert.ok(outcome.kind === 'answered' && outcome.fate.kind === 'refuse')
  assert.match(outcome.fate.reply, /^550 5\.7\.1 [ -~]{1,400}$/u)
})

const wrong = {
  'no JSON': 'pong',
  'no object': '[]',
  'no action': '{"score":1}',
  'an unknown action': '{"action":"toString"}',
  'a header that would begin a new line':
    '{"action":"no action","milter":{"add_headers":{"A":"b\\r\\nC: d"}}}',
  'a name that is none': '{"action":"no action","milter":{"add_headers":{"A B":"c"}}}'
}

for (const [what, text] of Object.entries(wrong))
  test(`${what} is no answer`, () => {
    assert.equal(parseScanAnswer(text).kind, 'failed')
  })
