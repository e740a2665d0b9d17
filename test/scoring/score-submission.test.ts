import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, inProcess, key, limits, models, openHouse, start, submission, verdictOf } from './house.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { policy } from '../verdict/policy.ts'

const scam =
  'Please wire $ 5,000 USD today to this account, send me the $900 and the €1,200 now, 500 dollars urgently.'

test('an ordinary message is allowed, charged and learned in one transaction', async () => {
  const { score, senders, transactions } = openHouse()

  const verdict = verdictOf(await score(submission()))

  assert.equal(verdict.verdict, 'allow')
  const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), start)
  assert.equal(profile.messagesSeen, 1)
  assert.deepEqual([usage.messagesLastHour, usage.recipientsLastHour, usage.newRecipientsLastDay], [1, 1, 1])
  assert.equal(senders.verdict(verdict.id)?.messageId, '<m1@example.org>')
  assert.equal(transactions(), 1)
})

test('the answer says whom it stands on, by what it was judged, and how much is left', async () => {
  const { score } = openHouse()
  await score(submission())

  const verdict = verdictOf(await score(submission({ requestId: 'r-1' })))

  assert.deepEqual(verdict.sender, {
    id: 'alice@example.org',
    strength: 'authenticated',
    messagesSeen: 1,
    containment: 'normal'
  })
  assert.deepEqual(verdict.models, { takeover: 'test-takeover', content: 'test-content', priority: null })
  assert.deepEqual(verdict.thresholds, { hold: 0.3, block: 0.9 })
  assert.deepEqual(verdict.limits, { remainingToday: 498 })
  assert.deepEqual([verdict.id, verdict.submissionId, verdict.degraded], ['verdict-2', 'r-1', false])
})

test('the first message unlike its sender is held, charged, explained and not learned', async () => {
  const { score, senders } = openHouse()
  for (let count = 0; count < 8; count += 1) await score(submission())

  const verdict = verdictOf(await score(submission({ to: ['stranger@example.com', 'other@example.com'] })))

  assert.equal(verdict.verdict, 'hold')
  assert.deepEqual(verdict.hold, { kind: 'hard', until: '2026-11-25T08:00:00.000Z', onTimeout: 'return' })
  assert.ok(codesOf(verdict).includes('RECIPIENTS_NEW'))
  const total = verdict.reasons.reduce((sum, reason) => sum + reason.contribution, 0)
  assert.ok(Math.abs(total - Math.log(verdict.risk / (1 - verdict.risk))) <= 1e-3)
  const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), start)
  assert.deepEqual([profile.messagesSeen, usage.messagesLastHour], [8, 9])
})

test('content that is certain is blocked and costs nothing', async () => {
  const { score, senders } = openHouse()

  const verdict = verdictOf(await score(submission({ text: scam })))

  assert.equal(verdict.verdict, 'block')
  assert.ok(codesOf(verdict).includes('CONTENT_CERTAIN'))
  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.messagesLastHour, 0)
})

test('an allow with `explain` gives contributions that sum to its logit', async () => {
  const { score } = openHouse()

  const verdict = verdictOf(await score(submission({ explain: true })))

  const total = verdict.reasons.reduce((sum, reason) => sum + reason.contribution, 0)
  assert.equal(verdict.verdict, 'allow')
  assert.ok(Math.abs(total - Math.log(verdict.risk / (1 - verdict.risk))) <= 1e-3)
})

test('a message that is sent on is kept and charged even if it may not teach', async () => {
  const { score, senders } = openHouse()
  const kept: string[] = []
  const outcome = await score(submission({ learn: 'never' }), ({ verdict }) => {
    kept.push(verdict.id)
    return { holdId: null }
  })

  assert.deepEqual(kept, [verdictOf(outcome).id])
  const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), start)
  assert.deepEqual([profile.messagesSeen, usage.messagesLastDay], [0, 1])
})

test('`learn: never` changes nothing at all', async () => {
  const { score, senders, transactions } = openHouse()

  const verdict = verdictOf(await score(submission({ learn: 'never', requestId: 'r' })))

  const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), start)
  assert.deepEqual([profile.messagesSeen, usage.messagesLastDay, transactions()], [0, 0, 0])
  assert.equal(senders.verdict(verdict.id), undefined)
})

test('an identity that only MAIL FROM claims is scored and charged, but teaches nothing', async () => {
  const { score, senders } = openHouse()

  const verdict = verdictOf(await score(submission({ auth: null })))

  const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), start)
  assert.equal(verdict.sender.strength, 'envelope')
  assert.deepEqual([profile.messagesSeen, usage.messagesLastDay], [0, 1])
})

test('a message that cannot be read is held, recorded and charged', async () => {
  const { score, senders } = openHouse()

  const verdict = verdictOf(await score(submission({ raw: new Uint8Array(0) })))

  assert.equal(verdict.verdict, 'hold')
  assert.equal(verdict.reasons[0]?.code, 'MESSAGE_UNREADABLE')
  assert.deepEqual(verdict.scores, { takeover: null, spam: null })
  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.messagesLastHour, 1)
  assert.ok(senders.verdict(verdict.id) !== undefined)
})

test('in shadow mode what would be held is allowed, charged and not learned', async () => {
  const { score, senders } = openHouse({ policy: { ...policy, mode: 'shadow' } })

  const verdict = verdictOf(await score(submission({ text: scam })))

  assert.deepEqual([verdict.verdict, verdict.hold, codesOf(verdict)[0]], ['allow', null, 'SHADOW_MODE'])
  const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), start)
  assert.deepEqual([profile.messagesSeen, usage.messagesLastHour], [0, 1])
})

test('without models the policy decides and the verdict says that it is degraded', async () => {
  const { score } = openHouse({ models: { content: null, takeover: null } })

  const one = verdictOf(await score(submission()))
  const many = verdictOf(
    await score(submission({ to: Array.from({ length: 12 }, (_, n) => `n${n}@example.com`) }))
  )

  assert.deepEqual(
    [one.verdict, one.degraded, one.risk, codesOf(one)],
    ['allow', true, 0.001, ['MODELS_MISSING']]
  )
  assert.deepEqual([many.verdict, codesOf(many)], ['hold', ['MODELS_MISSING', 'STRANGER_BULK']])
})

test('with one model missing the other one judges', async () => {
  const { score } = openHouse({ models: { ...models, takeover: null } })

  const verdict = verdictOf(await score(submission({ text: scam })))

  assert.deepEqual([verdict.verdict, verdict.scores.takeover, verdict.degraded], ['block', null, true])
})

test('models that fail leave the message to the policy, and the verdict says that it is degraded', async () => {
  const logged: string[] = []
  const content = { version: 'broken', predict: () => Promise.reject(new Error('out of memory')) }
  const log = { ...silentLogger, error: (event: string) => void logged.push(event) }
  const { score } = openHouse({ models: { ...models, content }, log })

  const verdict = verdictOf(await score(submission()))

  assert.deepEqual([verdict.verdict, verdict.degraded, codesOf(verdict)], ['allow', true, ['MODELS_MISSING']])
  assert.deepEqual(logged, ['scoring.models_failed'])
})

test('without a takeover model the thresholds of the content model hold', async () => {
  const thresholds = [{ budgetPer10k: 10, hold: 0.0001, block: 0.5 }]
  const content = models.content === null ? null : { ...models.content, thresholds }
  const { score } = openHouse({ models: { content, takeover: null } })

  const verdict = verdictOf(await score(submission()))

  assert.deepEqual([verdict.verdict, verdict.thresholds], ['hold', { hold: 0.0001, block: 0.5 }])
})

test('what a limit holds is not charged, so that the sender recovers', async () => {
  const { score, senders } = openHouse({ limits: { ...limits, messagesPerHour: 2 } })
  for (let count = 0; count < 2; count += 1) await score(submission())

  const verdict = verdictOf(await score(submission()))

  assert.deepEqual([verdict.verdict, codesOf(verdict)[0]], ['hold', 'LIMIT_MESSAGES_PER_HOUR'])
  assert.equal(codesOf(verdict).at(-1), 'BASELINE')
  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.messagesLastHour, 2)
  const later = verdictOf(await score(submission({ receivedAt: start + 2 * 3_600_000 })))
  assert.equal(later.verdict, 'allow')
})

test('recipients count as people: tags and dots of one mailbox count once', async () => {
  const { score, senders } = openHouse()

  await score(
    submission({ to: ['bob+a@gmail.com', 'b.o.b@gmail.com', 'bob@googlemail.com', 'carol@example.net'] })
  )

  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.recipientsLastHour, 2)
})

test('a sender restricted while a message is judged sends nothing out any more', async () => {
  const senders = createMemorySenderStore({ key })
  const { score } = openHouse({
    senders,
    accept: async (act) => {
      senders.contain(senders.keyOf('alice@example.org'), 'restricted')
      return act()
    }
  })
  const verdict = verdictOf(await score(submission()))

  assert.deepEqual([verdict.verdict, verdict.sender.containment], ['hold', 'restricted'])
})

test('fifty messages at once do not overrun the limit', async () => {
  const { score, senders } = openHouse({ limits: { ...limits, messagesPerHour: 10 } })

  const outcomes = await Promise.all(Array.from({ length: 50 }, () => score(submission())))

  const allowed = outcomes.filter((outcome) => verdictOf(outcome).verdict === 'allow')
  assert.equal(allowed.length, 10)
  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.messagesLastHour, 10)
})

test('more work than may wait is refused as overloaded, and what was taken is finished', async () => {
  const gate = Promise.withResolvers<void>()
  const { score } = openHouse({
    maxPending: 2,
    observer: { ...inProcess, observe: async (one) => (await gate.promise, inProcess.observe(one)) }
  })
  const taken = [score(submission()), score(submission())]

  assert.deepEqual(await score(submission()), { kind: 'overloaded', retryAfterMs: 1_000 })
  gate.resolve()

  assert.ok((await Promise.all(taken)).every(({ kind }) => kind === 'scored'))
  assert.equal((await score(submission())).kind, 'scored')
})

test('what the door keeps commits with the verdict, and its hold id is in the answer', async () => {
  const { score, senders } = openHouse()
  const kept: string[] = []

  const outcome = await score(submission({ raw: new Uint8Array(0) }), ({ verdict }) => {
    kept.push(verdict.id)
    return { holdId: 'hold-1' }
  })

  const verdict = verdictOf(outcome)
  assert.deepEqual([kept, verdict.holdId], [[verdict.id], 'hold-1'])
  assert.match(JSON.stringify(senders.verdict(verdict.id)), /"holdId":"hold-1"/u)
})

test('a failing store rejects, and frees its place', async () => {
  const { score } = openHouse({ maxPending: 1, accept: () => Promise.reject(new Error('disk')) })

  await assert.rejects(score(submission()), { message: 'disk' })
  await assert.rejects(score(submission()), { message: 'disk' })
})
