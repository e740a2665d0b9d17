import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPendingMessages } from '../../../../service/doors/callouts/postfix-policy/pending-messages.ts'

function open(setting: { maxBytes?: number; maxRecipients?: number; keepMs?: number } = {}) {
  const time = { now: 0 }
  const limits = { maxBytes: 100_000, maxRecipients: 100, keepMs: 1_000, ...setting }
  return { time, pending: createPendingMessages({ ...limits, clock: () => time.now }) }
}

test('the oldest messages make room for new ones', () => {
  const { pending } = open({ maxBytes: 10_000 })
  for (let count = 0; count < 1_000; count += 1) pending.collect(`message-${count}`, 'somebody@a.test')
  assert.equal(pending.get('message-0'), undefined)
  assert.equal(pending.get('message-900'), undefined)
  assert.ok(pending.get('message-999'))
})

test('a message that nobody asks about is given up in time', () => {
  const { pending, time } = open()
  pending.collect('old', 'a@a.test')
  time.now = 1_001
  pending.collect('new', 'b@b.test')
  assert.equal(pending.get('old'), undefined)
  assert.ok(pending.get('new'))
})

test('recipients beyond the bound are counted and not kept', () => {
  const { pending } = open({ maxRecipients: 2 })
  for (const name of ['a', 'b', 'c', 'd']) pending.collect('one', `${name}@x.test`)
  assert.deepEqual([...(pending.get('one')?.recipients ?? [])], ['a@x.test', 'b@x.test'])
  assert.equal(pending.get('one')?.seen, 4)
})

test('what is forgotten makes room', () => {
  const { pending } = open({ maxBytes: 10_000 })
  for (let count = 0; count < 1_000; count += 1) {
    pending.collect('kept', 'same@a.test')
    pending.collect('short', `${count}@a.test`)
    pending.forget('short')
  }
  assert.ok(pending.get('kept'))
})
