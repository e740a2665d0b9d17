import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Containment } from '../../service/message/containment.ts'
import {
  isEvidence,
  noContainment,
  raised,
  relieved,
  stateFor,
  steppedDown,
  stepsDownAt,
  withEvent,
  withVouching,
  type ContainmentEventKind,
  type ContainmentRecord
} from '../../service/message/containment-rule.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const start = Date.UTC(2026, 10, 22, 8)

/** Events of one kind, `everyMs` apart, the last one at `start`. */
function events(kind: ContainmentEventKind, count: number, everyMs: number): ContainmentRecord {
  return Array.from({ length: count }, (_, index) => start - (count - 1 - index) * everyMs).reduce(
    (record, at, index) => withEvent(record, { kind, at, ref: `${kind}-${index}`, share: 1 }),
    noContainment
  )
}

function together(...records: readonly ContainmentRecord[]): ContainmentRecord {
  return { ...noContainment, events: records.flatMap((record) => record.events) }
}

for (const [what, record, state] of [
  ['one hold', events('held', 1, 0), 'normal'],
  ['two holds at once', events('held', 2, 0), 'normal'],
  ['three holds within the hour', events('held', 3, 20 * minute), 'watched'],
  ['three holds in a day', events('held', 3, 8 * hour), 'normal'],
  // 200 messages a day at a hold budget of 0.1 %
  ['a hold every five days for a quarter', events('held', 18, 5 * day), 'normal'],
  ['nine holds within the hour', events('held', 9, 7 * minute), 'restricted'],
  ['a thousand holds', events('held', 1_000, 1_000), 'restricted'],
  ['two blocked messages', events('blocked', 2, minute), 'watched'],
  ['a thousand blocked messages', events('blocked', 1_000, 1_000), 'restricted'],
  ['a bounce in a hundred of a busy sender', events('unknown-user', 60, 12 * hour), 'normal'],
  ['thirty bounces at once', events('unknown-user', 30, 1_000), 'watched'],
  ['a thousand complaints', events('complaint', 1_000, 1_000), 'watched'],
  [
    'complaints and two holds',
    together(events('complaint', 9, minute), events('held', 2, minute)),
    'restricted'
  ],
  ['a confirmed takeover', events('takeover', 1, 0), 'restricted'],
  ['ten labels on one takeover', events('takeover', 10, minute), 'restricted'],
  [
    'a takeover that goes on trying',
    together(events('takeover', 1, 0), events('held', 50, 1_000)),
    'restricted'
  ],
  [
    'a takeover that goes on trying, and recipients complain',
    together(events('takeover', 1, 0), events('held', 9, 1_000), events('complaint', 4, minute)),
    'suspended'
  ],
  ['a takeover that the owner reports', events('takeover-reported', 1, 0), 'watched']
] as const satisfies readonly (readonly [string, ContainmentRecord, Containment])[]) {
  test(`${what}: ${state}`, () => {
    assert.equal(stateFor(record, start), state)
  })
}

test('the same thing counts once', () => {
  const once = events('held', 1, 0)
  const [event] = once.events
  assert.ok(event)
  assert.deepEqual(withEvent(once, { ...event, at: start + hour }), once)
})

test('what is kept of a sender is bounded, and a flood of holds does not push a takeover out', () => {
  const flooded = Array.from({ length: 5_000 }, (_, index) => index).reduce(
    (record, index) => withEvent(record, { kind: 'held', at: start + index, ref: `h${index}`, share: 1 }),
    events('takeover', 1, 0)
  )
  assert.ok(flooded.events.length <= 64)
  assert.ok(flooded.events.some(({ kind }) => kind === 'takeover'))
})

test('new evidence only raises a state', () => {
  assert.equal(raised('suspended', events('held', 3, minute), start), 'suspended')
  assert.equal(raised('normal', events('held', 3, minute), start), 'watched')
})

test('somebody who vouches for one of several holds relieves the sender', () => {
  const held = events('held', 5, minute)
  const vouched = withVouching(held, 'held-0')
  assert.equal(relieved('watched', vouched, start), 'normal')
  assert.equal(vouched.events.length, 4)
})

test('one honest message does not undo a confirmed takeover, nor what an operator set', () => {
  const both = together(events('takeover', 1, 0), events('held', 1, 0))
  assert.equal(relieved('restricted', withVouching(both, 'held-0'), start), 'restricted')
  assert.equal(relieved('restricted', { ...noContainment, setBy: 'operator' }, start), 'restricted')
})

test('a quiet sender steps down one state at a time, and is locked for good after two unlocks in a quarter', () => {
  const record = { ...events('takeover', 1, 0), since: start }
  assert.equal(stepsDownAt('restricted', record), start + 3 * day)
  const first = steppedDown('restricted', record, start + 3 * day)
  assert.equal(first.state, 'watched')
  assert.equal(stepsDownAt('watched', first.record), start + 4 * day)
  const second = steppedDown('restricted', first.record, start + 10 * day)
  assert.equal(stepsDownAt('restricted', second.record), null)
  assert.equal(stepsDownAt('watched', second.record), start + 11 * day)
})

test('a new event starts the time over, and what an operator set has no end', () => {
  const record = { ...events('held', 3, minute), since: start - 12 * hour }
  assert.equal(stepsDownAt('watched', record), start + day)
  assert.equal(stepsDownAt('watched', { ...record, setBy: 'operator' }), null)
})

for (const [codes, expected] of [
  [['RISK_ABOVE_HOLD'], true],
  [['LIMIT_MESSAGES_PER_DAY', 'RISK_ABOVE_HOLD'], true],
  [['SENDER_RESTRICTED'], false],
  [['LIMIT_MESSAGES_PER_DAY'], false],
  [['MESSAGE_UNREADABLE', 'SENDER_SUSPENDED'], false]
] as const) {
  test(`a verdict for ${codes.join(' and ')} ${expected ? 'is' : 'is no'} evidence about its sender`, () => {
    assert.equal(isEvidence(codes), expected)
  })
}
