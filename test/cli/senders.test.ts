import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { printSender } from '../../service/cli/views/sender-view.ts'
import { toMoment } from '../../service/cli/senders.ts'
import { createTerminal } from '../../service/cli/views/terminal.ts'
import type { SenderAnswer } from '../../service/contracts/sender.ts'

const now = Date.UTC(2026, 10, 22, 8)

for (const [text, at] of [
  ['90m', now - 90 * 60_000],
  ['6h', now - 6 * 3_600_000],
  ['2d', now - 2 * 86_400_000],
  ['2026-11-22T07:00:00+01:00', now - 2 * 3_600_000]
] as const) {
  test(`${text} is a moment to rewind to`, () => assert.equal(toMoment(text, now), at))
}

for (const text of [undefined, 'yesterday', '6', '2026-11-22', '1w', '-3h']) {
  test(`${text ?? 'nothing'} is no moment to rewind to`, () => {
    assert.throws(() => toMoment(text, now), /--since/u)
  })
}

test('a suspended sender’s page says since when, by whom, why and for how long', () => {
  let text = ''
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => done(void (text += chunk.toString()))
  })
  printSender(suspended, createTerminal({ output }), now)
  assert.match(text, /^mallory@example\.org {2}suspended\n/u)
  assert.match(text, /since +2026-11-22T06:00:00\.000Z, by rule, steps down in 6d 0h/u)
  assert.match(text, /evidence +2 × held, 1 × takeover/u)
  assert.match(text, /hours +22:00 to 06:00/u)
  assert.match(text, /networks +3 networks, AS64500 100 %, NL 100 %/u)
  assert.match(text, /3 of 100 this hour, 9 of 500 today/u)
  assert.match(text, /block +99\.0 % +2026-11-22T07:00:00\.000Z +SENDER_SUSPENDED/u)
})

const left = (used: number, limit: number) => ({
  used,
  limit,
  remaining: limit - used,
  isOwn: false,
  usual: null
})

const suspended: SenderAnswer = {
  id: 'mallory@example.org',
  messagesSeen: 12,
  firstAt: '2026-11-01T08:00:00.000Z',
  lastAt: '2026-11-22T06:00:00.000Z',
  habits: {
    usualHours: { from: 22, to: 6 },
    zones: [{ value: '+01:00', share: 1 }],
    clients: [],
    providers: [{ value: 'AS64500', share: 1 }],
    countries: [{ value: 'NL', share: 1 }],
    languages: [{ value: 'en', share: 0.9 }],
    kinds: [],
    networks: 3,
    recipients: 4,
    recipientDomains: 2,
    linkDomains: 0
  },
  containment: {
    state: 'suspended',
    since: '2026-11-22T06:00:00.000Z',
    setBy: 'rule',
    stepsDownAt: '2026-11-28T08:00:00.000Z',
    evidence: ['held', 'takeover', 'held'].map((kind, index) => ({
      kind,
      at: '2026-11-22T06:00:00.000Z',
      about: `v${index}`
    }))
  },
  limits: {
    messagesPerMinute: null,
    messagesPerHour: left(3, 100),
    messagesPerDay: left(9, 500),
    recipientsPerMinute: null,
    recipientsPerHour: left(3, 300),
    recipientsPerDay: left(9, 1_000),
    newRecipientsPerMinute: null,
    newRecipientsPerHour: null,
    newRecipientsPerDay: left(1, 200)
  },
  rewindsTo: null,
  recentVerdicts: [
    {
      id: 'v1',
      at: '2026-11-22T07:00:00.000Z',
      verdict: 'block',
      risk: 0.99,
      reasons: ['SENDER_SUSPENDED'],
      messageId: null,
      holdId: null
    }
  ]
}
