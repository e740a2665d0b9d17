import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, property, string } from 'fast-check'
import '../../helpers/fixed-chance.ts'
import { readReply } from '../../../service/delivery/session/reply.ts'

for (const [said, kind, status] of [
  ['250 2.0.0 ok', 'delivered', '2.0.0'],
  ['250 ok', 'delivered', '2.0.0'],
  ['250 5.7.1 contradicts itself', 'delivered', '2.0.0'],
  ['550 5.1.1 who?', 'failed', '5.1.1'],
  ['552-5.2.2 full\n552 5.2.2 very', 'failed', '5.2.2'],
  ['550 no code', 'failed', '5.0.0'],
  ['450 4.2.1 later', 'deferred', '4.2.1'],
  ['421 4.3.2 closing', 'deferred', '4.3.2'],
  ['503 5.5.1 bad sequence', 'deferred', '4.0.0'],
  ['nonsense', 'deferred', '4.0.0'],
  ['', 'deferred', '4.0.0']
] as const) {
  test(`the reply ${JSON.stringify(said)} means ${kind} with ${status}`, () => {
    const result = readReply(said)
    assert.deepEqual([result.kind, result.status], [kind, status])
  })
}

test('whatever a host says becomes one short printable line', () => {
  check(
    property(string({ unit: 'binary', maxLength: 2_000 }), (said) => {
      const { reply } = readReply(said)
      assert.ok(reply.length <= 500)
      assert.doesNotMatch(reply, /\p{Cc}/u)
    })
  )
})
