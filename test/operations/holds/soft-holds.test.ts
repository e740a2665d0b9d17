import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { createHoldExpiry } from '../../../service/operations/holds/hold-expiry.ts'
import { createFeedbackRecords } from '../../../service/senders/feedback-records.ts'
import { createLmdbSenderStore } from '../../../service/senders/lmdb-sender-store.ts'
import { silentLogger } from '../../../service/telemetry/logger.ts'
import { createMetrics } from '../../../service/telemetry/metrics.ts'
import { fixedScore } from '../../helpers/fixed-score.ts'
import { openPipeline } from '../../helpers/open-pipeline.ts'
import { codesOf, key, limits, models, openHouse, start, submission } from '../../scoring/house.ts'
import { policy } from '../../verdict/policy.ts'

const minute = 60_000
const hour = 60 * minute
const { takeover } = models
/** Half of the recipients are new: between one budget and ten. */
const unusual = ['bob@example.net', 'stranger@example.net']
const thresholds = [
  { budgetPer10k: 10, hold: 0.3, block: 0.9 },
  { budgetPer10k: 100, hold: 0.02, block: 0.9 }
]

/** Alice, known for a while, writes something unusual while soft holds last ten minutes. */
async function openSoftlyHeld(t: TestContext) {
  const opened: {
    score?: ReturnType<typeof openHouse>['score']
    senders?: ReturnType<typeof createLmdbSenderStore>
  } = {}
  const pipeline = await openPipeline(t, {
    clock: () => start,
    score: (storage) => {
      const senders = createLmdbSenderStore({ storage, key })
      const house = openHouse({
        senders,
        accept: (act) => storage.transaction(act),
        newId: randomUUID,
        policy: { ...policy, softHoldMinutes: 10 },
        models: { ...models, takeover: takeover && { ...takeover, thresholds } }
      })
      Object.assign(opened, { score: house.score, senders })
      return house.score
    }
  })
  const { storage, queue, acceptMessage } = pipeline
  const senders = opened.senders ?? assert.fail()
  const records = createFeedbackRecords(storage)
  const alice = senders.keyOf('alice@example.org')
  for (let message = 0; message < 8; message += 1) await pipeline.score(submission())
  const outcome = await acceptMessage(submission({ id: 'soft', to: unusual }), { protocol: 'ESMTPSA' })
  assert.equal(outcome.kind, 'held')
  return {
    verdict: outcome.kind === 'held' ? outcome.verdict : assert.fail(),
    queue,
    seen: () => senders.snapshot(alice, start).profile.messagesSeen,
    accuse: ({ id }: { readonly id: string }) =>
      storage.transaction(() =>
        records.add({
          id: 'label-1',
          verdictId: id,
          submissionId: 'soft',
          sender: alice,
          label: 'spam',
          source: 'recipient',
          by: 'tok_1',
          note: null,
          at: start,
          stands: true
        })
      ),
    watch: () => storage.transaction(() => senders.contain(alice, 'watched')),
    expire: async (now: number, score = pipeline.score) => {
      const expiry = createHoldExpiry({
        queue,
        senders,
        records,
        limitsOf: () => limits,
        accept: (act) => storage.transaction(act),
        score,
        onHoldExpiry: 'return',
        holdHours: 72,
        clock: () => now,
        log: silentLogger,
        metrics: createMetrics()
      })
      t.after(() => expiry.close())
      return expiry.expireHolds()
    },
    laterHeld: fixedScore('hold')(storage)
  }
}

test('a soft hold says how long it lasts and that it then ends by itself', async (t) => {
  const { verdict } = await openSoftlyHeld(t)

  assert.deepEqual(verdict.hold, {
    kind: 'soft',
    until: new Date(start + 10 * minute).toISOString(),
    onTimeout: 'release'
  })
  assert.equal(codesOf(verdict)[0], 'RISK_ABOVE_SOFT_HOLD')
  const sum = verdict.reasons.reduce((all, { contribution }) => all + contribution, 0)
  assert.ok(
    Math.abs(sum - Math.log(verdict.risk / (1 - verdict.risk))) < 1e-3,
    'contributions sum to the risk'
  )
})

test('after its ten minutes a soft hold is looked at again and leaves; its sender learned nothing of it', async (t) => {
  const { expire, queue, seen } = await openSoftlyHeld(t)
  assert.equal(await expire(start + 10 * minute - 1), 0)
  assert.equal(await expire(start + 10 * minute), 1)

  const message = queue.get('soft')
  assert.deepEqual([message?.state, message?.hold?.decision?.kind, seen()], ['queued', 'released', 8])
})

for (const [name, happen] of [
  ['whose sender is watched by now', ({ watch }) => watch()],
  ['that somebody calls spam', ({ accuse, verdict }) => accuse(verdict)],
  ['whose risk would hold it by now', ({ expire, laterHeld }) => expire(start + 10 * minute, laterHeld)]
] as const satisfies readonly (readonly [
  string,
  (held: Awaited<ReturnType<typeof openSoftlyHeld>>) => Promise<unknown>
])[]) {
  test(`a soft hold ${name} waits for a decision, as long as every hard one`, async (t) => {
    const held = await openSoftlyHeld(t)
    const { expire, queue } = held
    await happen(held)

    assert.equal(await expire(start + 10 * minute), 0)
    assert.deepEqual([queue.get('soft')?.state, queue.get('soft')?.hold?.isSoft ?? false], ['held', false])
    assert.equal(await expire(start + 71 * hour), 0)
    assert.equal(await expire(start + 73 * hour), 1)
    assert.equal(queue.get('soft')?.hold?.decision?.kind, 'expired')
  })
}
