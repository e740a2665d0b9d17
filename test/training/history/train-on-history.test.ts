import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import type { StoredEvidence } from '../../../service/history/reader/evidence-reader.ts'
import type { StoredMessage } from '../../../service/history/rows/read-message-row.ts'
import { behaviourDigest } from '../../../service/features/digest.ts'
import { readModelDirectory } from '../../../service/models/model-directory.ts'
import { parseManifest } from '../../../service/models/manifest.ts'
import { asStored } from '../../../training/history/as-stored.ts'
import { collectSenders, wholeInstallation } from '../../../training/history/installation-senders.ts'
import { openLabelledRows } from '../../../training/history/labelled-rows.ts'
import { trainTakeoverOnHistory } from '../../../training/history/train-takeover-on-history.ts'
import { observeMail } from '../../../training/observe-mail.ts'
import { generateHistory } from '../../../datasets/synthetic-mail/history.ts'
import { createPersonas } from '../../../datasets/synthetic-mail/persona.ts'
import { day, monday9, observation } from '../../profile/observations.ts'
import { tinyTakeoverCorpus } from '../tiny-takeover-corpus.ts'

function readerOf(rows: readonly StoredMessage[], evidence: readonly Partial<StoredEvidence>[] = []) {
  const nothing = {
    sender: 's1',
    at: 0,
    kind: 'feedback' as const,
    said: 'spam',
    by: 'operator',
    status: '',
    reply: ''
  }
  return {
    async *messages() {
      yield* rows
    },
    async *evidence() {
      for (const one of evidence) yield { submission_id: '', ...nothing, ...one }
    }
  }
}

const row = (id: string, more: Partial<StoredMessage> = {}): StoredMessage => ({
  ...asStored(observation({ messageId: id }), { id, habits: 0, habitsMade: 0 }),
  ...more
})

const open = (rows: readonly StoredMessage[], evidence?: readonly Partial<StoredEvidence>[]) =>
  openLabelledRows({ reader: readerOf(rows, evidence), span: {}, now: monday9 + day })

async function drained(labelled: ReturnType<typeof open>): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { row: one } of labelled.rows()) ids.push(one.submission_id)
  return ids
}

test('what cannot be used is left out and counted: wrong clocks, unreadable messages, values that are no number, holds that nobody decided', async () => {
  const labelled = open(
    [
      row('good', { features: [0.5], feature_digest: 'of another version' }),
      row('future', { received_at: monday9 + 3 * day }),
      row('ancient', { received_at: Date.UTC(1999, 0, 1) }),
      row('unreadable', { shows: 'unreadable' }),
      row('endless', { content_reading: [Infinity] }),
      row('no number', { style_rates: JSON.parse('["nan"]') }),
      row('held', { judged: 'hold' }),
      row('rejected', { judged: 'hold' })
    ],
    [{ submission_id: 'rejected', kind: 'hold', said: 'rejected', by: 'token' }]
  )
  assert.deepEqual(await drained(labelled), ['good', 'rejected'])
  const { sha256, ...facts } = labelled.facts()
  assert.match(sha256, /^[0-9a-f]{64}$/u)
  assert.deepEqual(facts, {
    senders: 1,
    honest: 1,
    bad: 1,
    contested: 0,
    otherFeatures: 1,
    from: monday9,
    to: monday9,
    leftOut: { undecided: 1, skewed: 2, unreadable: 1, notFinite: 2 },
    bases: { unlabelled: 1, 'hold/rejected': 1 }
  })
})

test('history without messages, without honest ones, or without any sender of two says so', async () => {
  await assert.rejects(drained(open([])), { code: 'HISTORY_EMPTY' })
  await assert.rejects(drained(open([row('held', { judged: 'hold' })])), { code: 'HISTORY_EMPTY' })
  await assert.rejects(drained(open([row('m1')], [{ submission_id: 'm1' }])), { code: 'HISTORY_ONE_CLASS' })
  await assert.rejects(collectSenders(open([row('m1')]), null, 1), { code: 'HISTORY_TOO_SHORT' })
})

test('senders are drawn by their keys, with their first messages, and neighbours keep one domain', async () => {
  const rows = ['s1.d1', 's2.d1', 's3.d2'].flatMap((sender) =>
    ['m1', 'm2', 'm3'].map((id) => row(`${sender} ${id}`, { sender }))
  )
  const all = await collectSenders(open(rows), null, 1)
  const two = await collectSenders(open(rows), null, 1, { ...wholeInstallation, senders: 2, messages: 2 })
  assert.deepEqual(
    all.histories.map(({ sender, mail }) => [sender, mail.length]),
    [
      ['s1@d1', 3],
      ['s2@d1', 3],
      ['s3@d2', 3]
    ]
  )
  assert.deepEqual(
    two.histories.map(({ mail }) => mail.length),
    [2, 2]
  )
  assert.ok(two.histories.every(({ sender }) => all.histories.some((one) => one.sender === sender)))
})

async function directoryFor(t: TestContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sluice-on-history-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  return directory
}

async function installationRows(): Promise<readonly StoredMessage[]> {
  const rows: StoredMessage[] = []
  for (const [number, persona] of createPersonas({ seed: 'on history', count: 6 }).entries())
    for (const { raw, sender, receivedAt, client } of generateHistory(persona, {
      from: monday9,
      days: 8
    }).slice(0, 10)) {
      const observed = await observeMail(Buffer.from(raw).toString('latin1'), { sender, receivedAt, client })
      const traits = {
        id: `${number}-${rows.length}`,
        sender: `s${number}.d${number % 2}`,
        habits: 0,
        habitsMade: 0
      }
      if (observed !== null) rows.push(asStored(observed, traits))
    }
  return rows
}

test('a takeover model of the installation loads, names what it was made of, and is the same on one thread as on two', async (t) => {
  const rows = await installationRows()
  const known = await tinyTakeoverCorpus()
  const out = await directoryFor(t)
  const train = (threads: number) =>
    trainTakeoverOnHistory({
      reader: readerOf(rows, [{ sender: rows[3]?.sender ?? '', submission_id: rows[3]?.submission_id ?? '' }]),
      span: {}, now: monday9 + 300 * day, bundled: { ...known, histories: known.histories.slice(0, 5) },
      contentDirectory: path.join(out, 'none'), out, seed: 3, threads,
      version: '1.0.0', createdAt: '2026-11-22T00:00:00Z', command: 'npx sluice train takeover --history'
    }) // prettier-ignore
  // A manifest vouches for every other file by its checksum
  assert.deepEqual(await train(2), await train(1))
  const read = (file: string): Promise<string> => readFile(path.join(out, 'takeover', file), 'utf8')

  const { data } = parseManifest(await read('manifest.json'), out)
  const own = data.find(({ source }) => source === 'installation')
  const from = Math.min(...rows.map(({ received_at: at }) => at))
  assert.deepEqual([own?.use, own?.from], ['train', new Date(from).toISOString()])
  assert.ok((own?.honest ?? 0) > 20)
  assert.match(await read('MODEL_CARD.md'), /60 messages of 6 senders[\s\S]*\| feedback\/operator \| 1 \|/u)
  assert.match(await read('reliability.svg'), /^<svg/u)
  await readModelDirectory(path.join(out, 'takeover'), 'takeover', behaviourDigest)
})
