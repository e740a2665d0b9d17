import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import {
  createImportPast,
  type ImportPastOptions,
  type PastSubmission
} from '../../../service/operations/history/import-past.ts'
import { createImportRecords } from '../../../service/senders/import-records.ts'
import { createLmdbSenderStore } from '../../../service/senders/lmdb-sender-store.ts'
import { resolveSender } from '../../../service/senders/identity.ts'
import { addressOf, buildMessage } from '../../helpers/build-message.ts'
import { inProcess, key, start } from '../../scoring/house.ts'
import { openTemporary } from '../../storage/open-temporary.ts'

const day = 86_400_000

type Row = Parameters<NonNullable<ImportPastOptions['history']>['record']>[0]

async function openImport(t: TestContext, more: Partial<ImportPastOptions> = {}) {
  const storage = await openTemporary(t)
  const senders = createLmdbSenderStore({ storage, key })
  const records = createImportRecords(storage)
  const rows: Row[] = []
  const history = {
    record: (row: Row) => void rows.push(row),
    keptSince: () => start - 400 * day,
    makeRoom: () => Promise.resolve()
  }
  const importPast = createImportPast({
    observer: inProcess,
    senders,
    resolveSender,
    records,
    history,
    digestOf: (parts) =>
      parts
        .reduce((hash, part) => hash.update(part).update('\0'), createHmac('sha256', key))
        .digest('base64url'),
    networksReady: () => Promise.resolve(),
    accept: (act) => storage.transaction(act),
    clock: () => start,
    ...more
  })
  const ann = senders.keyOf('ann@example.com')
  return {
    importPast,
    senders,
    records,
    rows,
    storage,
    ann,
    profile: () => senders.snapshot(ann, start).profile
  }
}

function sent(
  daysAgo: number,
  more: Partial<PastSubmission> = {},
  fields: readonly (readonly [string, string])[] = []
): PastSubmission {
  return {
    owner: 'Ann@Example.com',
    receivedAt: start - daysAgo * day,
    client: { ip: '203.0.113.7', helo: 'laptop.example.com' },
    envelope: { mailFrom: addressOf('ann@example.com'), rcptTo: [addressOf('bob@example.net')] },
    raw: buildMessage({ messageId: `<${daysAgo}@example.com>`, fields }),
    sizeBytes: 0,
    messageId: null,
    ...more
  }
}

test('what its owner sent is learned in its order, charged to nobody, and leaves a row of history', async (t) => {
  const { importPast, senders, rows, ann, profile } = await openImport(t)
  const days = Array.from({ length: 60 }, (_, index) => 100 - index)

  const outcomes = await Promise.all(days.map((ago) => importPast(sent(ago))))

  assert.ok(outcomes.every(({ kind, sender }) => kind === 'imported' && sender === 'ann@example.com'))
  const { messagesSeen, lastAt } = profile()
  assert.deepEqual([messagesSeen, lastAt], [60, start - 41 * day])
  assert.equal(senders.snapshot(ann, start).usage.messagesLastDay, 0)
  assert.deepEqual(
    rows.map(({ receivedAt }) => receivedAt),
    days.map((ago) => start - ago * day)
  )
  assert.partialDeepStrictEqual(rows[0], {
    caller: 'import',
    judged: 'allow',
    learned: true,
    charged: false,
    features: null,
    verdict: { verdict: 'allow', sender: { strength: 'asserted' } }
  })
})

test('a message is imported once, whichever file it comes from and however often', async (t) => {
  const { importPast, rows, profile } = await openImport(t)
  const whole = sent(10)
  const told = { ...whole, raw: null, messageId: '<10@example.com>' }
  const withoutId = { ...sent(9), raw: new TextEncoder().encode('Subject: a\r\n\r\nb') }

  const first = await Promise.all([importPast(whole), importPast(whole), importPast(withoutId)])
  const again = await Promise.all([importPast(told), importPast(withoutId)])

  assert.deepEqual(
    [...first, ...again].map(({ kind }) => kind),
    ['imported', 'known', 'imported', 'known', 'known']
  )
  assert.deepEqual([profile().messagesSeen, rows.length], [2, 2])
})

test('a run that broke off goes on where it stopped, and the habits are those of one run', async (t) => {
  const broken = await openImport(t)
  const whole = await openImport(t)
  const days = Array.from({ length: 50 }, (_, index) => 60 - index)

  await Promise.all(days.slice(0, 20).map((ago) => broken.importPast(sent(ago))))
  const resumed = await Promise.all(days.map((ago) => broken.importPast(sent(ago))))
  await Promise.all(days.map((ago) => whole.importPast(sent(ago))))

  assert.equal(resumed.filter(({ kind }) => kind === 'known').length, 20)
  assert.deepEqual(broken.profile(), whole.profile())
})

test('an automatic answer and what comes too late teach nothing, and are in history all the same', async (t) => {
  const { importPast, rows, profile } = await openImport(t)

  const outcomes = [
    await importPast(sent(60)),
    await importPast(sent(59, {}, [['Auto-Submitted', 'auto-replied']])),
    await importPast(sent(300))
  ]

  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['imported', 'not-own', 'late']
  )
  assert.equal(profile().messagesSeen, 1)
  assert.deepEqual(
    rows.map(({ learned }) => learned),
    [true, false, false]
  )
})

test('an envelope from a log is a habit of envelopes only', async (t) => {
  const { importPast, profile } = await openImport(t)
  await importPast(sent(5, { raw: null, sizeBytes: 4_000, messageId: null }))

  const { messagesSeen, envelopesSeen, words, habits } = profile()
  assert.deepEqual([messagesSeen, envelopesSeen, words.total], [1, 1, 0])
  assert.equal(habits.headerOrder.values.length, 0)
  assert.equal(habits.network24.values.length, 1)
})

test('the future, and what no reader can parse, is told and teaches nothing; the next ones do', async (t) => {
  const { importPast, rows, profile } = await openImport(t)

  const outcomes = await Promise.all([
    importPast(sent(-2)),
    importPast(sent(4, { raw: new Uint8Array() })),
    importPast(sent(3))
  ])

  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['future', 'unreadable', 'imported']
  )
  assert.deepEqual([profile().messagesSeen, rows.length], [1, 1])
})

test('rows that retention would drop at once are not written', async (t) => {
  const { importPast, rows, profile } = await openImport(t)
  await importPast(sent(500))
  assert.deepEqual([profile().messagesSeen, rows.length], [1, 0])
})

test('where the stores fail nothing of it is there, and it can be imported again', async (t) => {
  const { importPast, storage, profile } = await openImport(t)
  const { importPast: failing } = await openImport(t, {
    accept: () => Promise.reject(new Error('the disk is full'))
  })
  await assert.rejects(failing(sent(2)), /disk is full/u)
  await storage.transaction(() => undefined)

  assert.equal((await importPast(sent(2))).kind, 'imported')
  assert.equal(profile().messagesSeen, 1)
})

test('records of imports go with their sender, and after their time', async (t) => {
  const { importPast, records, storage, ann } = await openImport(t)
  for (const ago of [3, 2, 1]) await importPast(sent(ago))

  assert.equal(await storage.transaction(() => records.expire(start + 300 * day)), 0)
  assert.equal(await storage.transaction(() => records.erase(ann)), 3)
  assert.equal((await importPast(sent(1))).kind, 'known', 'the journal still holds it')
  assert.equal(await storage.transaction(() => records.expire(start + 600 * day)), 1)
})
