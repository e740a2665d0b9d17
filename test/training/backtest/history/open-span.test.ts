import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyBackground } from '../../../../service/features/background.ts'
import type { StoredMessage } from '../../../../service/history/rows/read-message-row.ts'
import { openSpan } from '../../../../training/backtest/history/open-span.ts'
import { asStored } from '../../../../training/history/as-stored.ts'
import { day, minute, monday9, observation } from '../../../profile/observations.ts'

const shown = (number: number) =>
  observation({ receivedAt: monday9 + number * minute, messageId: `id-${number}` })
const row = (number: number, more: Partial<StoredMessage> = {}): StoredMessage => ({
  ...asStored(shown(number), { id: `m${number}`, habits: number, habitsMade: number + 1 }),
  ...more
})

async function* nothing() {}

async function read(rows: readonly StoredMessage[], since?: number) {
  const earlier: string[] = []
  const opened = await openSpan({
    reader: {
      async *messages() {
        yield* rows
      },
      messagesOf: nothing,
      changes: nothing,
      priors: nothing,
      evidence: nothing
    },
    span: since === undefined ? {} : { since },
    tested: { models: { takeover: null, content: null }, background: emptyBackground },
    now: monday9 + day,
    onEarlier: ({ row: { submission_id: id } }) => earlier.push(id)
  })
  const found: (readonly [string, number])[] = []
  for await (const { replayed } of opened.messages())
    found.push([replayed.row.submission_id, replayed.profile.messagesSeen])
  return { found, earlier, facts: opened.facts() }
}

test('what came before the span is learned, and told, and not given', async () => {
  const { found, earlier, facts } = await read([row(0), row(1), row(2)], monday9 + minute)
  assert.deepEqual(found, [
    ['m1', 1],
    ['m2', 2]
  ])
  assert.deepEqual([earlier, facts.messages, facts.from], [['m0'], 2, monday9 + minute])
})

test('wrong clocks and values that are no numbers are passed over and counted, features of other names only counted', async () => {
  const { found, facts } = await read([
    row(0, { features: [0.5], feature_digest: 'of another version' }),
    row(1, { received_at: monday9 + 9 * day }),
    row(2, { style_rates: [Number.NaN] }),
    row(3, { shows: 'unreadable' })
  ])
  assert.deepEqual(
    found.map(([id]) => id),
    ['m0']
  )
  const { messages, skewed, notFinite, otherFeatures, senders } = facts
  assert.deepEqual({ messages, skewed, notFinite, otherFeatures, senders }, { messages: 1, skewed: 1, notFinite: 1, otherFeatures: 1, senders: 1 }) // prettier-ignore
})
