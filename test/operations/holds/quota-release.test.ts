import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createQuotaRelease } from '../../../service/operations/holds/quota-release.ts'
import { createObserveHeld } from '../../../service/operations/holds/observe-held.ts'
import { createFeedbackRecords } from '../../../service/senders/feedback-records.ts'
import { resolveSender } from '../../../service/senders/identity.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { openAcceptance } from '../../helpers/open-acceptance.ts'
import { inProcess, limits as usual, start, submission, verdictOf, type Draft } from '../../scoring/house.ts'

const hour = 3_600_000
const limits = { ...usual, messagesPerHour: 3 }
const via = { protocol: 'ESMTPSA' } as const

async function openLimited(t: TestContext, onExceeded: 'hold' | 'tempfail' = 'hold') {
  let now = start
  const clock = (): number => now
  const opened = await openAcceptance(t, { clock, limits, onExceeded })
  const { storage, queue, senders, score, limitedHolds, acceptMessage } = opened
  const release = createQuotaRelease({
    queue,
    score,
    clock,
    log: silentLogger,
    limitedHolds,
    senders,
    records: createFeedbackRecords(storage),
    observeHeld: createObserveHeld({ queue, observer: inProcess, resolveSender }),
    limitsOf: () => limits,
    accept: (act) => storage.transaction(act),
    metrics: createMetrics(),
    intervalMs: 3_600_000
  })
  t.after(() => release.close())
  const alice = senders.keyOf('alice@example.org')
  return {
    queue,
    senders,
    limitedHolds,
    storage,
    score,
    alice,
    at: (moment: number) => void (now = moment),
    send: (draft: Draft = {}) => acceptMessage(submission({ ...draft, receivedAt: now }), via),
    releaseDue: () => release.releaseDue(),
    sent: () => senders.usage(alice, now).messagesLastHour
  }
}

test('what a limit holds leaves as fast as the limit lets it, oldest first, each charged once', async (t) => {
  const { send, at, releaseDue, queue, sent, limitedHolds } = await openLimited(t)
  const ids: string[] = []
  for (let index = 0; index < 10; index += 1) {
    at(start + index * 1_000)
    const outcome = await send({ id: `m${index}` })
    assert.equal(outcome.kind, index < 3 ? 'queued' : 'held')
    if (outcome.kind === 'held') ids.push(outcome.message.id)
  }
  assert.deepEqual([queue.counts(), sent(), limitedHolds.count()], [{ queued: 3, held: 7 }, 3, 7])

  assert.equal(await releaseDue(), 0)
  const waves: number[] = []
  for (let hours = 1; hours <= 4; hours += 1) {
    at(start + hours * (hour + 5 * 60_000))
    waves.push(await releaseDue())
    assert.ok(sent() <= limits.messagesPerHour)
  }
  assert.deepEqual(waves, [3, 3, 1, 0])
  assert.deepEqual([queue.counts(), limitedHolds.count()], [{ queued: 10, held: 0 }, 0])
  assert.ok(ids.every((id) => queue.get(id)?.hold?.decision?.by === 'quota'))
  const times = ids.map((id) => queue.get(id)?.hold?.decision?.at ?? 0)
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b)
  )
})

test('the reason says how far the limit is used and when there is room again', async (t) => {
  const { send } = await openLimited(t)
  for (let index = 0; index < 3; index += 1) await send()
  const outcome = await send()
  assert.ok(outcome.kind === 'held')
  assert.equal(outcome.verdict.reasons[0]?.code, 'LIMIT_MESSAGES_PER_HOUR')
  assert.equal(outcome.verdict.reasons[0].message, '3 messages in the last hour and 1 more are above the limit of 3; there is room again at 2026-11-22T09:05:00Z') // prettier-ignore
  assert.deepEqual(outcome.limited, { recoversAt: start + hour + 5 * 60_000 })
  assert.equal(outcome.verdict.limits.remainingToday, 497)
})

test('only a sender in state normal gets its mail released by itself', async (t) => {
  const { send, at, releaseDue, senders, storage, alice, queue } = await openLimited(t)
  for (let index = 0; index < 4; index += 1) await send()
  await storage.transaction(() => senders.contain(alice, 'watched'))
  at(start + 2 * hour)
  assert.equal(await releaseDue(), 0)
  await storage.transaction(() => senders.contain(alice, 'normal'))
  at(start + 2 * hour + 11 * 60_000)
  assert.equal(await releaseDue(), 1)
  assert.equal(queue.counts().held, 0)
})

test('what would be held by now for another reason waits for a decision', async (t) => {
  const { send, at, releaseDue, queue, limitedHolds } = await openLimited(t)
  for (let index = 0; index < 3; index += 1) await send()
  // Strangers, of whom the model takes fright once there are habits
  const to = Array.from({ length: 5 }, (_, index) => `stranger${index}@example.com`)
  const outcome = await send({ to })
  assert.equal(outcome.kind, 'held')
  for (const hours of [2, 4, 6]) {
    at(start + hours * hour)
    for (let index = 0; index < 3; index += 1) await send()
  }
  at(start + 9 * hour)
  assert.equal(await releaseDue(), 0)
  assert.deepEqual([queue.counts().held, limitedHolds.count()], [1, 0])
})

test('what is larger than a limit is held for a decision, and its reason names no time', async (t) => {
  const { send, limitedHolds } = await openLimited(t)
  const to = Array.from({ length: 301 }, (_, index) => `member${index}@example.com`)
  const outcome = await send({ to })
  assert.ok(outcome.kind === 'held')
  assert.deepEqual([outcome.limited, limitedHolds.count()], [{ recoversAt: null }, 0])
  assert.doesNotMatch(outcome.verdict.reasons[0]?.message ?? '', /room again/u)
})

test('with limits.onExceeded = "tempfail" the client keeps it, nothing is charged, and its next try is judged anew', async (t) => {
  const { send, at, queue, sent } = await openLimited(t, 'tempfail')
  const order = { requestId: 'order-7', caller: 'shop' }
  for (let index = 0; index < 3; index += 1) await send()
  for (let tries = 0; tries < 3; tries += 1) {
    const outcome = await send(order)
    assert.ok(outcome.kind === 'limited')
    assert.deepEqual(outcome.limited, { recoversAt: start + hour + 5 * 60_000 })
  }
  assert.deepEqual([queue.counts(), sent()], [{ queued: 3, held: 0 }, 3])
  at(start + hour + 5 * 60_000)
  assert.equal((await send(order)).kind, 'queued')
  assert.equal((await send(order)).kind, 'queued')
  assert.equal(queue.counts().queued, 4)
})

test('what was charged when it came is not held by the limit that it filled, when it is judged again', async (t) => {
  const { send, senders, alice, score } = await openLimited(t)
  for (let index = 0; index < 3; index += 1) await send()
  const again = submission({ learn: 'never', isCharged: true })
  assert.equal(verdictOf(await score(again)).verdict, 'allow')
  assert.equal(verdictOf(await score({ ...again, isCharged: false })).verdict, 'hold')
  assert.equal(senders.usage(alice, start).messagesLastHour, 3)
})
