import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createContainmentLedger } from '../../service/senders/containment-ledger.ts'
import { createFeedbackRecords, type FeedbackRecord } from '../../service/senders/feedback-records.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemorySenderStore } from '../../service/senders/memory-sender-store.ts'
import { createVerdictMemory } from '../../service/senders/verdict-memory.ts'
import { createMemoryTable } from '../../service/storage/memory-table.ts'
import type { Storage } from '../../service/storage/storage.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import { recordingLogger } from '../models/fixture-models.ts'
import { monday9, observation } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'

const key = new Uint8Array(32).fill(5)
const day = 86_400_000

type Write = <T>(act: () => T) => Promise<T>

async function openMemories(t: TestContext, kind: 'LMDB' | 'memory') {
  const lmdb = kind === 'LMDB' ? await openTemporary(t) : null
  const storage: Pick<Storage, 'table'> = lmdb ?? { table: () => createMemoryTable() }
  const senders =
    lmdb === null ? createMemorySenderStore({ key }) : createLmdbSenderStore({ storage: lmdb, key })
  const { log, events } = recordingLogger()
  const write: Write = (act) => (lmdb === null ? Promise.resolve().then(act) : lmdb.transaction(act))
  return {
    write,
    senders,
    events,
    memory: createVerdictMemory({ storage, key }),
    records: createFeedbackRecords(storage),
    ledger: createContainmentLedger({ storage, senders, log, metrics: createMetrics() })
  }
}

function label(verdictId: string, more: Partial<FeedbackRecord> = {}): FeedbackRecord {
  return {
    id: `f-${verdictId}`,
    verdictId,
    submissionId: `s-${verdictId}`,
    sender: 'ann',
    label: 'spam',
    source: 'operator',
    by: 'tok_1',
    note: null,
    at: monday9,
    stands: true,
    ...more
  }
}

for (const kind of ['LMDB', 'memory'] as const) {
  test(`${kind}: verdicts are found by Message-ID, newest first, and after 30 days no more`, async (t) => {
    const { memory, write } = await openMemories(t, kind)
    await write(() => {
      memory.note({ id: 'v1', sender: 'ann', at: monday9, messageId: '<a@b>' }, null)
      memory.note({ id: 'v2', sender: 'ann', at: monday9 + day, messageId: '<a@b>' }, null)
    })
    assert.deepEqual(memory.byMessageId('a@b'), ['v2', 'v1'])
    await write(() => memory.expire(monday9 + 30 * day))
    assert.deepEqual(memory.byMessageId('<a@b>'), ['v2'])
    await write(() => memory.forget({ id: 'v2', sender: 'ann', at: monday9 + day, messageId: '<a@b>' }))
    assert.deepEqual(memory.byMessageId('<a@b>'), [])
  })

  test(`${kind}: of one sender the newest fifty observations are kept`, async (t) => {
    const { memory, write } = await openMemories(t, kind)
    const ids = Array.from({ length: 60 }, (_, index) => `v${100 + index}`)
    await write(() => {
      for (const id of ids) memory.note({ id, sender: 'ann', at: monday9, messageId: null }, observation())
      memory.note({ id: 'v1', sender: 'annabel', at: monday9, messageId: null }, observation())
    })
    const kept = ids.filter((id) => memory.observation({ id, sender: 'ann' }) !== undefined)
    assert.deepEqual(kept, ids.slice(10))
    assert.ok(memory.observation({ id: 'v1', sender: 'annabel' }) !== undefined)
  })

  test(`${kind}: labels are read in the order given, one message at a time, and erased with their sender`, async (t) => {
    const { records, write } = await openMemories(t, kind)
    const given = [label('v1'), label('v10'), label('v1', { id: 'a', label: 'legitimate' })]
    await write(() => {
      for (const record of [...given, label('v1', { sender: 'annabel' })]) records.add(record)
    })
    assert.deepEqual(records.of('ann', 'v1'), [given[0], given[2]])
    await write(() => assert.equal(records.erase('ann'), 3))
    assert.deepEqual(
      [...records.all()].map(({ sender }) => sender),
      ['annabel']
    )
    await write(() => records.expire(monday9 + 366 * day))
    assert.deepEqual([...records.all()], [])
  })

  test(`${kind}: containment rises with evidence, steps down by time, and every step is logged`, async (t) => {
    const { ledger, senders, events, write } = await openMemories(t, kind)
    await write(() => ledger.note('ann', 'takeover', monday9, 'v1'))
    assert.equal(senders.containment('ann'), 'restricted')
    await write(() => ledger.expire(monday9 + 3 * day - 1))
    assert.equal(senders.containment('ann'), 'restricted')
    await write(() => ledger.expire(monday9 + 3 * day))
    assert.equal(senders.containment('ann'), 'watched')
    await write(() => ledger.expire(monday9 + 4 * day))
    assert.equal(senders.containment('ann'), 'normal')
    assert.deepEqual(
      events.map(({ event, facts }) => [event, facts['to'], facts['cause']]),
      [
        ['senders.containment_changed', 'restricted', 'takeover'],
        ['senders.containment_changed', 'watched', 'time'],
        ['senders.containment_changed', 'normal', 'time']
      ]
    )
  })

  test(`${kind}: what an operator set stays, and normal clears what stood against the sender`, async (t) => {
    const { ledger, senders, write } = await openMemories(t, kind)
    await write(() => ledger.note('ann', 'takeover', monday9, 'v1'))
    await write(() => ledger.set('ann', 'restricted', monday9 + 1))
    for (const days of [3, 30, 300]) await write(() => ledger.expire(monday9 + days * day))
    assert.equal(senders.containment('ann'), 'restricted')
    assert.equal(ledger.read('ann').stepsDownAt, null)
    await write(() => ledger.set('ann', 'normal', monday9 + 2))
    assert.deepEqual([senders.containment('ann'), ledger.read('ann').record.events], ['normal', []])
    await write(() => ledger.note('ann', 'held', monday9 + 3, 'v2'))
    assert.equal(senders.containment('ann'), 'normal')
  })
}
