import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBackground } from '../../../../service/features/background.ts'
import type { StoredMessage } from '../../../../service/history/rows/read-message-row.ts'
import { simulateHistory } from '../../../../training/attacks/history/simulate-history.ts'
import { inventedBadTexts } from '../../../../training/attacks/load-bad-texts.ts'
import { testModels } from '../../../../training/backtest/history/tested-models.ts'
import { asStored } from '../../../../training/history/as-stored.ts'
import { day, minute, monday9, observation } from '../../../profile/observations.ts'
import { models } from '../../../scoring/house.ts'
import { policy } from '../../../verdict/policy.ts'

async function* nothing() {}

const senders = ['s1.d1', 's2.d1', 's3.d2', 's4.d2']

function rowsOf(sender: string, more: Partial<StoredMessage> = {}): readonly StoredMessage[] {
  return Array.from({ length: 12 }, (_, number) => ({
    ...asStored(
      observation({
        receivedAt: monday9 + number * minute,
        messageId: `${sender}-${number}`,
        to: [`p${number % 3}@x.example`]
      }),
      { id: `${sender} ${number}`, sender, habits: number, habitsMade: number + 1 }
    ),
    ...more
  }))
}

async function simulate(rows: readonly StoredMessage[]) {
  const within = (keys: readonly string[] | undefined) =>
    rows.filter(({ sender }) => keys?.includes(sender) ?? true)
  return simulateHistory({
    reader: {
      async *messages(span = {}) {
        yield* within(span.senders)
      },
      async *senders() {
        for (const sender of new Set(rows.map((row) => row.sender)))
          yield { sender, messages: within([sender]).length }
      },
      thresholds: () => Promise.resolve(undefined),
      messagesOf: nothing,
      changes: nothing,
      priors: nothing,
      evidence: nothing
    },
    span: {},
    tested: await testModels({ models, background: emptyBackground }, policy, null),
    texts: inventedBadTexts(1),
    now: monday9 + day,
    seed: 1,
    victims: 10,
    attacksPerSender: 16
  })
}

test('attacks to people never written to are stopped by a model that takes fright at them, at what was known by then', async () => {
  const found = await simulate(senders.flatMap((sender) => rowsOf(sender)))
  assert.deepEqual([found.victims, found.lenders, found.summary.falseHolds.stopped.messages], [2, 2, 24])
  const bulk = found.cells.filter(({ family }) => family === 'A1')
  assert.ok(bulk.length > 0 && bulk.every(({ stopped }) => stopped.share === 1))
  assert.deepEqual(
    found.byHistory.map(({ from }) => from),
    [5]
  )
})

test('messages that count as bad, or of which nobody knows, are in no figure', async () => {
  const rows = senders.flatMap((sender) => rowsOf(sender))
  const held = rows.map((row, index) => (index % 4 === 3 ? { ...row, judged: 'hold' } : row))
  const found = await simulate(held)
  assert.deepEqual([found.notHonest, found.summary.falseHolds.stopped.messages], [6, 18])
})

test('history that holds envelopes only, or nothing honest, or a single sender, says so', async () => {
  const all = (more: Partial<StoredMessage>) => senders.flatMap((sender) => rowsOf(sender, more))
  await assert.rejects(simulate(all({ shows: 'envelope' })), { code: 'HISTORY_WITHOUT_CONTENT' })
  await assert.rejects(simulate(all({ judged: 'hold' })), { code: 'HISTORY_ONE_CLASS' })
  await assert.rejects(simulate(rowsOf('s1.d1')), { code: 'HISTORY_ONE_SENDER' })
  await assert.rejects(simulate([]), { code: 'HISTORY_EMPTY' })
})
