import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createContainmentLedger } from '../../service/senders/containment-ledger.ts'
import { createLmdbScoreWindow } from '../../service/senders/score-window/lmdb-score-window.ts'
import { createLmdbSenderStore } from '../../service/senders/lmdb-sender-store.ts'
import { createMemoryScoreWindow } from '../../service/senders/score-window/memory-score-window.ts'
import { openStorage } from '../../service/storage/lmdb-storage.ts'
import { silentLogger } from '../../service/telemetry/logger.ts'
import { createMetrics } from '../../service/telemetry/metrics.ts'
import type { BudgetState } from '../../service/verdict/budget/budget-window.ts'
import { temporaryDirectory } from '../storage/open-temporary.ts'
import { key, openHouse, start, submission, verdictOf, type Draft, type House } from './house.ts'

const version = 'test-takeover+test-content'
/** Fills with four messages of two senders. */
const options = { minMessages: 4, minSenders: 2, maxSenderShare: 0.5, maxRisePerDayLogit: 0.5 }
const from = (user: string): Draft => ({ auth: { user, method: 'PLAIN' } })

function openCounting(capacity = 20): House & { readonly counted: () => number } {
  const window = createMemoryScoreWindow<BudgetState>({ capacity })
  return { ...openHouse({ budgetWindow: { window, options } }), counted: () => window.counted(version) }
}

const notCounted: readonly (readonly [string, Draft])[] = [
  ['a caller that is not trusted', { learn: 'never' }],
  ['a sender that nobody vouches for', { auth: null }],
  [
    'a message that cannot be read',
    { raw: Buffer.from('Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n'.repeat(2_000)) }
  ]
]

for (const [name, draft] of notCounted) {
  test(`${name} does not enter the window`, async () => {
    const { score, counted } = openCounting()
    const { verdict } = verdictOf(await score(submission(draft)))

    assert.equal(counted(), 0, verdict)
  })
}

test('a message counts once, however often it is sent with its id', async () => {
  const { score, counted } = openCounting()
  for (let time = 0; time < 3; time += 1) await score(submission({ requestId: 'r-1' }))

  assert.equal(counted(), 1)
})

test('a watched sender does not enter the window', async () => {
  const { score, senders, counted } = openCounting()
  senders.contain(senders.keyOf('alice@example.org'), 'watched')
  await score(submission())

  assert.equal(counted(), 0)
})

test('of one sender a day’s first messages count, as many as its share of the window', async () => {
  const { score, counted } = openCounting(20)
  for (let message = 0; message < 15; message += 1) await score(submission())
  await score(submission(from('carol@example.org')))

  assert.equal(counted(), 10 + 1)
})

test('what is held for its risk enters the window, what is blocked does not', async () => {
  const { score, counted } = openCounting(100)
  for (let message = 0; message < 8; message += 1) await score(submission())
  const to = ['x@example.net', 'y@example.net', 'z@example.net']

  assert.equal(verdictOf(await score(submission({ to }))).verdict, 'hold')
  assert.equal(counted(), 9)
  const text = 'Win $900,000 now: https://x.example/win'
  assert.equal(verdictOf(await score(submission({ text }))).verdict, 'block')
  assert.equal(counted(), 9)
})

test('a verdict follows and names the threshold in force, also after a restart', async (t) => {
  const directory = await temporaryDirectory(t)
  const open = async () => {
    const storage = await openStorage({ directory })
    const budgetWindow = { window: createLmdbScoreWindow<BudgetState>(storage), options }
    return {
      ...openHouse({ budgetWindow, accept: (act) => storage.transaction(act) }),
      close: () => storage.close()
    }
  }
  const first = await open()
  const thresholds: number[] = []
  for (const user of ['ann', 'ben', 'ann', 'ben', 'ann'])
    thresholds.push(verdictOf(await first.score(submission(from(`${user}@example.org`)))).thresholds.hold)
  await first.close()
  const second = await open()
  const again = verdictOf(await second.score(submission(from('ann@example.org'))))
  await second.close()

  assert.deepEqual(thresholds.slice(0, 4), [0.3, 0.3, 0.3, 0.3])
  // Half a log-odds above 0.3
  assert.ok(Math.abs((thresholds[4] ?? 0) - 0.414) < 1e-3, `${thresholds[4]}`)
  assert.equal(again.thresholds.hold, thresholds[4])
})

test('what a sender scored is forgotten when its account is restricted', async (t) => {
  const storage = await openStorage({ directory: await temporaryDirectory(t) })
  const scoreWindow = createLmdbScoreWindow<BudgetState>(storage)
  const senders = createLmdbSenderStore({ storage, key })
  const log = silentLogger
  const ledger = createContainmentLedger({ storage, senders, scoreWindow, log, metrics: createMetrics() })
  const budgetWindow = { window: scoreWindow, options }
  const { score } = openHouse({ budgetWindow, senders, accept: (act) => storage.transaction(act) })
  for (const user of ['ann', 'ben', 'ann']) await score(submission(from(`${user}@example.org`)))
  await storage.transaction(() =>
    ledger.note(senders.keyOf('ann@example.org'), 'takeover', start, 'verdict-1')
  )
  const left = scoreWindow.scores(version).logits.length
  await storage.close()

  assert.equal(left, 1)
})
