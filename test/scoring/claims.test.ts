import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDirection } from '../../service/senders/direction.ts'
import { createResolveSender } from '../../service/senders/identity.ts'
import { codesOf, limits, message, openHouse, start, submission, verdictOf } from './house.ts'

const spamClaims = ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'Resent-From: bob@example.net']

function claiming(text: string, claims: readonly string[] = spamClaims): Uint8Array {
  const plain = Buffer.from(message({ to: ['bob@example.net'], text })).toString()
  return Buffer.from([...claims, plain].join('\r\n'))
}

test('whatever a message claims, its content is judged like any other', async () => {
  const { score } = openHouse()
  const text = 'Transfer 5,000 USD now, wire money to this account.'

  const plain = verdictOf(await score(submission({ text, explain: true })))
  const claimed = verdictOf(await score(submission({ raw: claiming(text), explain: true })))

  assert.deepEqual([claimed.verdict, claimed.scores.spam], [plain.verdict, plain.scores.spam])
  assert.notEqual(claimed.verdict, 'allow')
})

test('automatic answers count against the limits, and a run of them is held', async () => {
  const { score, senders } = openHouse({ limits: { ...limits, messagesPerHour: 2 } })

  await score(submission({ raw: claiming('One.') }))
  await score(submission({ raw: claiming('Two.') }))
  const third = verdictOf(await score(submission({ raw: claiming('Three.') })))

  assert.deepEqual([third.verdict, codesOf(third).includes('LIMIT_MESSAGES_PER_HOUR')], ['hold', true])
  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.messagesLastHour, 2)
})

test('a claim of somebody else’s words teaches nothing, so that answering strangers makes them no contacts', async () => {
  const { score, senders } = openHouse()
  const seen = (): number => senders.snapshot(senders.keyOf('alice@example.org'), start).profile.messagesSeen

  await score(submission({ raw: claiming('I am away.', ['Auto-Submitted: auto-replied']) }))
  assert.equal(seen(), 0)
  await score(submission({ raw: claiming('The nightly report.', ['Auto-Submitted: auto-generated']) }))
  assert.equal(seen(), 1)
})

test('the names of one person by the rules are one sender with one limit', async () => {
  const aliases = [{ user: 'alice@example.org', addresses: ['asmith'] }]
  const resolveSender = createResolveSender({ aliases, domainAliases: {}, ignoreTags: false })
  const { score } = openHouse({ resolveSender, limits: { ...limits, messagesPerHour: 1 } })

  await score(submission({ auth: { user: 'alice@example.org', method: null } }))
  const other = verdictOf(await score(submission({ auth: { user: 'ASmith', method: null } })))

  assert.deepEqual([other.verdict, other.sender.id], ['hold', 'alice@example.org'])
})

test('a restricted sender still writes inside of the house', async () => {
  const { score, senders } = openHouse({ directionOf: createDirection(['example.com']) })
  senders.contain(senders.keyOf('alice@example.org'), 'restricted')

  const inside = verdictOf(await score(submission({ to: ['bob@example.com', 'carol@example.org'] })))
  const outside = verdictOf(await score(submission({ to: ['bob@example.net'] })))

  assert.deepEqual([inside.verdict, outside.verdict], ['allow', 'hold'])
})
