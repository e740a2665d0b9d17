import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import '../helpers/fixed-chance.ts'
import { priorityOf, type PriorityFacts } from '../../service/verdict/priority.ts'

const plain: PriorityFacts = {
  recipients: 2,
  kind: 'new',
  hasUnsubscribe: false,
  newsletterShape: false,
  knownThread: false,
  allRecipientsKnown: false,
  authoredWords: 300,
  subject: 'Minutes of the meeting',
  suspicious: false
}
const reply = { kind: 'reply', knownThread: true, allRecipientsKnown: true } as const
const code = { recipients: 1, subject: 'Your verification code is 123456', kind: 'auto' } as const

const cases: readonly (readonly [string, Partial<PriorityFacts>, string, number])[] = [
  ['an ordinary message is normal', {}, 'normal', 0],
  ['a mailing list is bulk', { kind: 'list' }, 'bulk', -4],
  ['what offers to unsubscribe is bulk', { hasUnsubscribe: true }, 'bulk', -4],
  ['many recipients are bulk', { recipients: 20 }, 'bulk', -4],
  ['a newsletter to several is bulk', { newsletterShape: true, recipients: 4 }, 'bulk', -4],
  ['a newsletter shape to one person is not', { newsletterShape: true, recipients: 1 }, 'normal', 0],
  ['a reply in a known thread is urgent', reply, 'urgent', 4],
  ['a reply to unknown people is normal', { ...reply, allRecipientsKnown: false }, 'normal', 0],
  [
    'a short note to one known person is urgent',
    { recipients: 1, allRecipientsKnown: true, authoredWords: 40 },
    'urgent',
    4
  ],
  ['a one-time code is urgent', code, 'urgent', 4],
  ['a one-time code in Japanese is urgent', { ...code, subject: '認証コード: 4821' }, 'urgent', 4],
  ['a one-time code in Russian is urgent', { ...code, subject: 'Ваш код подтверждения' }, 'urgent', 4],
  ['a code in digits is urgent', { ...code, subject: '4821 ist Ihr Code' }, 'urgent', 4],
  ['a code of conduct is not', { ...code, subject: 'Our code of conduct' }, 'normal', 0],
  ['a one-time code that is suspicious is not', { ...code, suspicious: true }, 'normal', 0],
  [
    'other mail of programs is normal',
    { kind: 'auto', recipients: 1, allRecipientsKnown: true, authoredWords: 20 },
    'normal',
    0
  ]
]

for (const [sentence, change, label, mtPriority] of cases) {
  test(sentence, () => {
    const priority = priorityOf({ ...plain, ...change })

    assert.deepEqual([priority.label, priority.mtPriority], [label, mtPriority])
  })
}

test('nothing suspicious is ever urgent', () => {
  const facts = fc.record({
    recipients: fc.nat(30),
    kind: fc.constantFrom('new', 'reply', 'forward', 'auto', 'list', ''),
    hasUnsubscribe: fc.boolean(),
    newsletterShape: fc.boolean(),
    knownThread: fc.boolean(),
    allRecipientsKnown: fc.boolean(),
    authoredWords: fc.nat(500),
    subject: fc.constantFrom('', 'login code', 'x')
  })
  fc.assert(fc.property(facts, (some) => priorityOf({ ...some, suspicious: true }).label !== 'urgent'))
})
