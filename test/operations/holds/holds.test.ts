import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { DecideHold } from '../../../service/operations/holds/decide-hold.ts'
import { createHoldExpiry } from '../../../service/operations/holds/hold-expiry.ts'
import type { SenderSnapshot } from '../../../service/senders/sender-store.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { fixedScore, type FixedAnswer } from '../../helpers/fixed-score.ts'
import { openActs } from '../../helpers/open-acts.ts'
import { openPipeline, type Pipeline } from '../../helpers/open-pipeline.ts'
import { limits, start, submission } from '../../scoring/house.ts'

const day = 86_400_000
const operator = { by: 'tok_1', note: 'the customer called' }

interface Held extends Pipeline {
  readonly releaseHold: DecideHold
  readonly rejectHold: DecideHold
  readonly expire: (onHoldExpiry: 'return' | 'release', later: FixedAnswer, now: number) => Promise<number>
  readonly profile: () => SenderSnapshot['profile']
}

/** One message of Alice, held. */
async function openHeld(t: TestContext, more: Parameters<typeof submission>[0] = {}): Promise<Held> {
  const pipeline = await openPipeline(t, { clock: () => start, score: fixedScore('hold') })
  const { storage, senders, queue } = pipeline
  const { records, vouching, releaseHold, rejectHold } = openActs({ ...pipeline, clock: () => start + 5 })
  t.after(() => vouching.settled())
  const outcome = await pipeline.acceptMessage(submission({ id: 'held', to: ['bob@example.net'], ...more }), {
    protocol: 'ESMTPSA'
  })
  assert.equal(outcome.kind, 'held')
  return {
    ...pipeline,
    releaseHold,
    rejectHold,
    expire: async (onHoldExpiry, later, now) => {
      const expiry = createHoldExpiry({
        queue,
        senders,
        records,
        limitsOf: () => limits,
        accept: (act) => storage.transaction(act),
        log: silentLogger,
        metrics: createMetrics(),
        clock: () => now,
        onHoldExpiry,
        holdHours: 72,
        score: fixedScore(later)(storage)
      })
      t.after(() => expiry.close())
      return expiry.expireHolds()
    },
    profile: () => senders.snapshot(senders.keyOf('alice@example.org'), start + day).profile
  }
}

test('a release sends the message and teaches its sender’s profile', async (t) => {
  const { releaseHold, queue, profile } = await openHeld(t)
  assert.equal(profile().messagesSeen, 0)
  const outcome = await releaseHold('held', operator)
  assert.ok(outcome.kind === 'done')
  assert.deepEqual(outcome.message.hold?.decision, { kind: 'released', at: start + 5, ...operator })
  assert.equal(queue.get('held')?.state, 'queued')
  assert.equal(profile().messagesSeen, 1)
})

test('a release teaches nothing where nobody proved who the sender was', async (t) => {
  const { releaseHold, profile } = await openHeld(t, { auth: null })
  assert.equal((await releaseHold('held', operator)).kind, 'done')
  assert.equal(profile().messagesSeen, 0)
})

test('of two operators only the first decides', async (t) => {
  const { releaseHold, rejectHold, queue, profile } = await openHeld(t)
  const outcomes = await Promise.all([
    rejectHold('held', operator),
    releaseHold('held', { by: 'tok_2', note: null })
  ])
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['done', 'not-held'])
  assert.equal(queue.get('held')?.state, 'rejected')
  assert.equal(profile().messagesSeen, 0)
  assert.equal((await releaseHold('nobody', operator)).kind, 'unknown')
})

test('a rejected message is gone, its record stays', async (t) => {
  const { rejectHold, queue } = await openHeld(t)
  await rejectHold('held', operator)
  const message = queue.get('held') ?? assert.fail()
  assert.equal(message.hold?.decision?.kind, 'rejected')
  await assert.rejects(queue.body(message), { code: 'QUEUE_BODY_MISSING' })
})

for (const [onHoldExpiry, later, decision] of [
  ['return', 'allow', 'expired'],
  ['release', 'allow', 'released'],
  ['release', 'hold', 'expired']
] as const) {
  test(`at its deadline, with policy ${onHoldExpiry}, a message that would now be ${later} is ${decision}`, async (t) => {
    const { expire, queue, profile } = await openHeld(t)
    assert.equal(await expire(onHoldExpiry, later, start + 3 * day - 1), 0)
    assert.equal(await expire(onHoldExpiry, later, start + 3 * day), 1)
    const message = queue.get('held')
    assert.equal(message?.hold?.decision?.kind, decision)
    assert.equal(message?.state, 'queued')
    assert.equal(profile().messagesSeen, 0)
  })
}

for (const [used, decision] of [
  [limits.recipientsPerDay - 1, 'released'],
  [limits.recipientsPerDay, 'expired']
] as const) {
  test(`what a limit held is ${decision} at its deadline where ${used} recipients were written to that day`, async (t) => {
    const { expire, queue, storage, senders } = await openHeld(t)
    const [alice, then] = [senders.keyOf('alice@example.org'), start + 3 * day]
    await storage.transaction(() => {
      queue.holdOn('held', { reasons: ['LIMIT_RECIPIENTS_PER_DAY'], risk: 0.1, deadline: then })
      senders.charge(alice, { at: then - 8 * 3_600_000, recipients: used, newRecipients: 0 })
    })
    await expire('release', 'allow', then)
    assert.equal(queue.get('held')?.hold?.decision?.kind, decision)
    assert.equal(senders.usage(alice, then).recipientsLastDay, limits.recipientsPerDay)
  })
}

test('a message that cannot be judged at its deadline waits for the next round', async (t) => {
  const { expire, queue } = await openHeld(t)
  for (const later of ['overloaded', 'broken'] as const)
    assert.equal(await expire('release', later, start + 4 * day), 0)
  assert.equal(queue.get('held')?.state, 'held')
})
