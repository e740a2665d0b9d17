import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Limits } from '../../service/verdict/limits.ts'
import { openAcceptance } from '../helpers/open-acceptance.ts'
import { limits, start, submission, type Draft } from '../scoring/house.ts'

const via = { protocol: 'ESMTPSA' } as const

/** One sender hands in so many at once. */
async function flood(t: TestContext, many: readonly Draft[], more: Partial<Limits>) {
  const opened = await openAcceptance(t, { clock: () => start, limits: { ...limits, ...more } })
  const { acceptMessage, queue, senders } = opened
  const outcomes = await Promise.all(many.map((draft) => acceptMessage(submission(draft), via)))
  const queued = outcomes.filter(({ kind }) => kind === 'queued').length
  return { queued, counts: queue.counts(), used: senders.usage(senders.keyOf('alice@example.org'), start) }
}

test('of two hundred messages at once and a limit of a hundred, a hundred pass', async (t) => {
  const { queued, counts, used } = await flood(
    t,
    Array.from({ length: 200 }, () => ({})),
    {}
  )
  assert.deepEqual([queued, counts, used.messagesLastHour], [100, { queued: 100, held: 100 }, 100])
})

test('of recipients at once never more pass than the minute allows', async (t) => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    to: Array.from({ length: 3 }, (__, person) => `m${index}p${person}@example.net`)
  }))
  const { counts, used } = await flood(t, many, { recipientsPerMinute: 50 })
  assert.deepEqual([counts, used.recipientsLastMinute], [{ queued: 16, held: 44 }, 48])
})

test('a person is one recipient in every spelling, in one message and in the count of strangers', async (t) => {
  const spellings = ['j.doe@gmail.com', 'jdoe@googlemail.com', 'J.D.o.e+news@gmail.com', 'jdoe+1@gmail.com']
  const { used } = await flood(t, [{ to: spellings }], {})
  assert.deepEqual([used.recipientsLastDay, used.newRecipientsLastDay], [1, 1])
})

for (const [name, raw] of [
  ['Auto-Submitted', 'Auto-Submitted: auto-generated'],
  ['a list', 'List-Id: <news.example.org>'],
  ['bulk', 'Precedence: bulk'],
  ['a report', 'Content-Type: multipart/report; report-type=delivery-status']
] as const) {
  test(`a message that claims to be ${name} counts like any other`, async (t) => {
    const bytes = Buffer.from(`From: alice@example.org\r\n${raw}\r\nSubject: x\r\n\r\nhello\r\n`)
    const many = Array.from({ length: 6 }, () => ({ raw: bytes, envelope: { mailFrom: null, rcptTo: [] } }))
    const { counts, used } = await flood(t, many, { messagesPerHour: 4 })
    assert.deepEqual([counts, used.messagesLastHour], [{ queued: 4, held: 2 }, 4])
  })
}
