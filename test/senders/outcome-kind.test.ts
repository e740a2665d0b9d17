import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countOutcomes, outcomeKind, type SettledRecipient } from '../../service/senders/outcome-kind.ts'

const bounced: SettledRecipient = { state: 'bounced', status: '5.0.0', reply: '550 no', mx: 'mx.example.net' }

const cases: readonly (readonly [string, Partial<SettledRecipient>, string | null])[] = [
  ['delivered', { state: 'delivered', status: '2.0.0' }, 'delivered'],
  ['a mailbox that does not exist', { status: '5.1.1' }, 'unknown'],
  ['a domain that does not exist, as DNS says', { status: '5.1.2', mx: null }, 'unknown'],
  ['a domain that takes no mail (RFC 7505)', { status: '5.1.10', mx: null }, 'unknown'],
  ['an unknown user by words alone', { reply: '550 No such user here' }, 'unknown'],
  ['an unknown user behind a policy status', { status: '5.7.1', reply: '550 5.7.1 user unknown' }, 'unknown'],
  ['a refusal by policy', { status: '5.7.1', reply: '550 5.7.1 rejected' }, 'refused'],
  ['a refusal as spam by words alone', { reply: '554 Message blocked as SPAM' }, 'refused'],
  ['a hold of our own that ran out', { status: '5.7.1', mx: null }, null],
  ['a full mailbox', { status: '5.2.2', reply: '552 5.2.2 over quota, see policy' }, null],
  ['an unnamed failure', {}, null],
  ['too old', { state: 'expired', status: '5.4.7' }, null],
  ['cancelled', { state: 'cancelled', status: null, reply: null, mx: null }, null],
  ['still waiting', { state: 'pending', status: '4.5.1', reply: '451 greylisted' }, null]
]

for (const [name, change, kind] of cases) {
  test(`${name} counts as ${kind ?? 'nothing'}`, () => {
    assert.equal(outcomeKind({ ...bounced, ...change }), kind)
  })
}

test('the outcomes of an attempt are counted by kind; nothing to say is null', () => {
  const unknown: SettledRecipient = { ...bounced, status: '5.1.1' }

  assert.deepEqual(countOutcomes([unknown, unknown, { ...bounced, state: 'delivered' }, bounced]), {
    unknown: 2,
    delivered: 1
  })
  assert.equal(countOutcomes([bounced]), null)
})
