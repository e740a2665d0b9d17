import assert from 'node:assert/strict'
import { test } from 'node:test'
import { engineLibrary } from '../../service/history/embedded/engine-library.ts'
import { openHistory } from '../../service/history/history.ts'
import { createEvidenceReader, type StoredEvidence } from '../../service/history/reader/evidence-reader.ts'
import { toDeliveryEntry } from '../../service/history/rows/delivery-row.ts'
import { toFeedbackEntry } from '../../service/history/rows/feedback-row.ts'
import { toHoldEntry } from '../../service/history/rows/hold-row.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { openTemporary, temporaryDirectory } from '../storage/open-temporary.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'
const at = Date.UTC(2026, 10, 22)

function label(submissionId: string, when: number, stands: boolean) {
  return toFeedbackEntry({
    id: `f${when}`,
    verdictId: 'v',
    submissionId,
    sender: 's1',
    at: at + when,
    label: 'spam',
    source: 'recipient',
    by: 'token',
    note: null,
    stands
  })
}

function hold(event: 'held' | 'released', when: number) {
  return toHoldEntry({
    holdId: 'h1',
    verdictId: 'v',
    submissionId: 'm1',
    sender: 's1',
    at: at + when,
    event,
    hold: {
      heldAt: at,
      deadline: at,
      risk: 0.5,
      reasons: [],
      decision: event === 'held' ? null : { kind: 'released', by: 'token-1', at: at + when, note: null }
    }
  })
}

function delivery(outcome: 'delivered' | 'bounced') {
  return toDeliveryEntry('s1', [
    {
      queueId: 'q',
      submissionId: 'm2',
      sender: 's1',
      recipient: 'r',
      recipientDomain: 'd',
      at: at + 9,
      outcome,
      attempt: 1,
      reply: 'spam',
      status: '5.7.1',
      route: 'mx',
      mx: 'mx.example',
      durationMs: 1
    }
  ])
}

test('labels, decisions and refusals come message by message, in the order of time', { skip }, async (t) => {
  const storage = await openTemporary(t)
  const history = openHistory({
    url: 'embedded', user: 'default', password: undefined, directory: await temporaryDirectory(t),
    placement: { database: 'sluice', cluster: null, retentionDays: 3_650 },
    maxMemoryMiB: 1_000, maxWaitingRows: 1_000, storage, log: silentLogger, metrics: createMetrics()
  }) // prettier-ignore
  t.after(() => history.close())
  await storage.transaction(() =>
    [
      label('m2', 4, true), hold('held', 1), hold('released', 3), label('m1', 2, false),
      delivery('delivered'), delivery('bounced')
    ].forEach((entry) => history.record(entry))
  ) // prettier-ignore
  await history.drain()

  const found: StoredEvidence[] = []
  for await (const one of createEvidenceReader(history).evidence({ senders: ['s1'], since: at }))
    found.push(one)

  assert.deepEqual(
    found.map((one) => [one.submission_id, one.at - at, one.kind, one.said, one.by, one.status]),
    [
      ['m1', 2, 'feedback', 'spam', 'recipient', ''],
      ['m1', 3, 'hold', 'released', 'token-1', ''],
      ['m2', 4, 'feedback', 'spam', 'recipient', ''],
      ['m2', 9, 'delivery', 'bounced', 'mx.example', '5.7.1']
    ]
  )
})
