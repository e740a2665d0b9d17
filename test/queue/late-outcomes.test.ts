import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withNews } from '../../service/queue/late-outcomes.ts'
import type {
  AttemptRecord,
  QueuedMessage,
  RecipientOutcome
} from '../../service/queue/records/queued-message.ts'
import { toRecord } from '../../service/queue/records/new-message.ts'
import { newMessage, start } from './messages.ts'

const attempt: AttemptRecord = {
  at: start,
  durationMs: 0,
  route: 'feedback',
  mx: 'mx.example.net',
  recipients: 1,
  reply: 'failed: bob@example.net'
}

function recipient(address: string, state: RecipientOutcome['state']): RecipientOutcome {
  return { address, state, reply: state, status: null, mx: 'mx.example.net', at: start }
}

function taken(...recipients: readonly RecipientOutcome[]): QueuedMessage {
  const record = toRecord(newMessage({ to: recipients.map(({ address }) => address) }), 'queued', null, start)
  return { ...record, state: 'done', recipients, finishedAt: start }
}

test('who was delivered turns out to have bounced, and the story says so', () => {
  const message = taken(
    recipient('bob@example.net', 'delivered'),
    recipient('carol@example.net', 'delivered')
  )
  const late = withNews(
    message,
    { recipients: [recipient('bob@example.net', 'bounced')], attempt },
    start + 1
  )

  assert.deepEqual(
    late.message.recipients.map(({ state }) => state),
    ['bounced', 'delivered']
  )
  assert.deepEqual(late.changed, [recipient('bob@example.net', 'bounced')])
  assert.deepEqual(late.message.attemptLog, [attempt])
  assert.deepEqual([late.message.state, late.message.finishedAt], ['done', start])
})

test('who is still tried, cancelled, bounced already or not named stays as it is', () => {
  for (const state of ['pending', 'cancelled', 'bounced', 'expired'] as const) {
    const message = taken(recipient('bob@example.net', state))
    const recipients = [recipient('bob@example.net', 'bounced'), recipient('eve@example.net', 'bounced')]
    const late = withNews(message, { recipients, attempt }, start)
    assert.deepEqual([late.changed, late.message.recipients], [[], message.recipients])
  }
})

test('that the sender was told of a delay is noted with its time', () => {
  const message = taken(recipient('bob@example.net', 'delivered'))
  assert.equal(withNews(message, { recipients: [], attempt }, start).message.delayToldAt, undefined)
  assert.equal(
    withNews(message, { recipients: [], attempt, toldOfDelay: true }, start + 5).message.delayToldAt,
    start + 5
  )
})
