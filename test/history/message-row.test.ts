import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { engineLibrary } from '../../service/history/embedded/engine-library.ts'
import { openHistory } from '../../service/history/history.ts'
import { createHistoryReader } from '../../service/history/reader/history-reader.ts'
import { toMessageEntry } from '../../service/history/rows/message-row.ts'
import { toObservation, type StoredMessage } from '../../service/history/rows/read-message-row.ts'
import { noAttributes, type Observation } from '../../service/observation/observation.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import '../helpers/fixed-chance.ts'
import { verdictOf } from '../helpers/fixed-score.ts'
import { observation } from '../profile/observations.ts'
import { openTemporary } from '../storage/open-temporary.ts'

const skip = engineLibrary() === undefined && 'the optional packages chdb and ffi-rs are not installed'

/** JSON has no minus zero: it comes back as zero, which is equal to it. */
const withoutMinusZero = (value: number): number => value + 0
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map(withoutMinusZero)
const u32 = fc.nat({ max: 262_143 })
const text = fc.string({ unit: 'binary', maxLength: 8 })

/** Whatever an observation may hold, in numbers and text. */
const observations = fc
  .record({
    rates: fc.array(finite, { maxLength: 21 }),
    structure: fc.array(finite, { maxLength: 40 }),
    tokens: fc.array(u32, { maxLength: 20 }),
    passages: fc.array(fc.array(u32, { maxLength: 5 }), { maxLength: 10 }),
    people: fc.array(fc.tuple(text, text), { maxLength: 4 }),
    asName: text,
    quotedFraction: finite,
    features: fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }).map(withoutMinusZero), {
      maxLength: 30
    }),
    logit: fc.option(finite)
  })
  .map(({ rates, structure, tokens, passages, people, asName, quotedFraction, features, logit }) => {
    const base = observation({})
    const observed: Observation = {
      ...base,
      asName,
      recipients: people.map(([person, domain]) => ({ person, domain })),
      links: people.map(([host, domain]) => ({ host, domain })),
      style: { ...base.style, rates, quotedFraction },
      content: { tokens, structure, passages }
    }
    return { observed, features: Float32Array.from(features), logit }
  })

test('every number and text of an observation comes back from ClickHouse bit by bit', { skip }, async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-history-'))
  const storage = await openTemporary(t)
  const placement = { database: 'sluice', cluster: null, retentionDays: 3_650 }
  const history = openHistory({
    url: 'embedded',
    user: 'default',
    password: undefined,
    placement,
    directory,
    maxMemoryMiB: 1_000,
    maxWaitingRows: 10_000,
    storage,
    log: silentLogger,
    metrics: createMetrics()
  })
  t.after(async () => {
    await history.close()
    await rm(directory, { recursive: true, force: true })
  })
  const samples = fc.sample(observations, 200)
  await storage.transaction(() => {
    for (const [index, { observed, features, logit }] of samples.entries())
      history.record(
        toMessageEntry({
          submissionId: String(index).padStart(4, '0'),
          sender: 's1',
          caller: 'smtp',
          receivedAt: observed.receivedAt,
          decidedAt: observed.receivedAt,
          messageIdHash: '',
          shadow: false,
          sizeBytes: observed.sizeBytes,
          observation: observed,
          features,
          featureDigest: 'd',
          riskLogit: logit,
          takeoverLogit: logit,
          spamLogit: logit,
          verdict: verdictOf('allow', 's1'),
          judged: 'allow',
          learned: true,
          charged: true,
          priors: 7,
          reading: { whole: -2.1, passages: [0.3, 1e-9] },
          habits: index,
          habitsMade: index + 1
        })
      )
  })
  await history.drain()

  const stored: StoredMessage[] = []
  const reader = createHistoryReader(history)
  for await (const row of reader.messages({ senders: ['s1'] })) stored.push(row)
  assert.equal(stored.length, samples.length)
  for (const [index, { observed, features, logit }] of samples.entries()) {
    const row = stored[index]
    assert.ok(row)
    assert.deepEqual(toObservation(row, noAttributes), observed)
    assert.deepEqual(Float32Array.from(row.features), features)
    assert.equal(row.risk_logit, logit)
    assert.equal(row.priors, 7)
  }
  assert.equal((await reader.summary()).messages, samples.length)

  await history.erase('s1')
  assert.equal((await reader.summary()).messages, 0)
})
