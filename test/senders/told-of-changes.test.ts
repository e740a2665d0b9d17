import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createContainmentLedger, type ContainmentStep } from '../../service/senders/containment-ledger.ts'
import { createFeedbackRecords, type FeedbackRecord } from '../../service/senders/feedback-records.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { openTemporary } from '../storage/open-temporary.ts'

const day = 86_400_000
const sender = 's1'

test('every change of a sender’s state is told with its cause, stepping down and operators’ acts too', async (t) => {
  const storage = await openTemporary(t)
  const steps: ContainmentStep[] = []
  const ledger = createContainmentLedger({
    storage,
    senders: createLmdbSenderStore({ storage, key: new Uint8Array(32) }),
    onChanged: (step) => steps.push(step),
    log: silentLogger,
    metrics: createMetrics()
  })
  await storage.transaction(() => {
    ledger.note(sender, 'complaint', 0, 'v1')
    ledger.note(sender, 'complaint', 0, 'v2')
    ledger.set(sender, 'suspended', 1, 'token')
    ledger.set(sender, 'suspended', 2, 'token')
    ledger.set(sender, 'normal', 3, 'token')
    ledger.note(sender, 'spam-confirmed', 4, 'v3')
    ledger.vouch(sender, 'v3', 5)
    ledger.note(sender, 'spam-confirmed', 6, 'v4')
  })
  await storage.transaction(() => ledger.expire(2 * day))
  assert.deepEqual(
    steps.map(({ from, to, cause, ref }) => [from, to, cause, ref]),
    [
      ['normal', 'watched', 'complaint', 'v2'],
      ['watched', 'suspended', 'operator', 'token'],
      ['suspended', 'normal', 'operator', 'token'],
      ['normal', 'watched', 'spam-confirmed', 'v3'],
      ['watched', 'normal', 'vouched', 'v3'],
      ['normal', 'watched', 'spam-confirmed', 'v4'],
      ['watched', 'normal', 'time', '']
    ]
  )
})

test('each label is told once it is kept', async (t) => {
  const storage = await openTemporary(t)
  const told: string[] = []
  const records = createFeedbackRecords(storage, ({ id }) => told.push(id))
  const record: FeedbackRecord = {
    id: 'l1',
    verdictId: 'v1',
    submissionId: 'm1',
    sender,
    label: 'spam',
    source: 'fbl',
    by: 'token',
    note: null,
    at: 0,
    stands: true
  }
  await storage.transaction(() => records.add(record))
  assert.deepEqual(told, ['l1'])
})
