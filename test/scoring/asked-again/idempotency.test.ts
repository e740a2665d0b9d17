import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse, start, submission, verdictOf, type Draft } from '../house.ts'

const first: Draft = { requestId: 'order-17' }

test('the same id and message is answered with the first verdict, and counts nothing', async () => {
  const { score, senders, transactions } = openHouse()
  const verdict = verdictOf(await score(submission(first)))

  const again = verdictOf(await score(submission(first)))

  assert.deepEqual(again, { ...verdict, duplicate: true, durationMs: again.durationMs })
  const { profile, usage } = senders.snapshot(senders.keyOf('alice@example.org'), start)
  assert.deepEqual([profile.messagesSeen, usage.messagesLastDay, transactions()], [1, 1, 1])
})

test('the same id with another text is refused', async () => {
  const { score } = openHouse()
  await score(submission(first))

  const outcome = await score(submission({ ...first, text: 'Something else entirely.' }))

  assert.deepEqual(outcome, { kind: 'id-reused', requestId: 'order-17' })
})

test('the same id and bytes for another recipient is refused', async () => {
  const { score } = openHouse()
  const { raw } = submission(first)
  await score(submission({ ...first, raw }))

  const outcome = await score(submission({ ...first, raw, to: ['carol@example.net'] }))

  assert.deepEqual(outcome, { kind: 'id-reused', requestId: 'order-17' })
})

for (const [sentence, other] of [
  ['of another caller', { caller: 'tok_2' }],
  ['of another sender', { sender: 'shop-42' }]
] as const) {
  test(`the same id ${sentence} is another message`, async () => {
    const { score } = openHouse()
    await score(submission(first))

    assert.equal(verdictOf(await score(submission({ ...first, ...other }))).duplicate, false)
  })
}

test('the same message without an id is never a duplicate: that is what a spammer sends', async () => {
  const { score, transactions } = openHouse()
  await score(submission())

  assert.equal(verdictOf(await score(submission())).duplicate, false)
  assert.equal(transactions(), 2)
})

test('of twenty requests with one id that arrive at once, one is scored', async () => {
  const { score, senders, transactions } = openHouse()

  const outcomes = await Promise.all(Array.from({ length: 20 }, () => score(submission(first))))

  const verdicts = outcomes.map(verdictOf)
  assert.equal(new Set(verdicts.map(({ id }) => id)).size, 1)
  assert.equal(verdicts.filter(({ duplicate }) => !duplicate).length, 1)
  assert.equal(transactions(), 1)
  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.messagesLastDay, 1)
})

test('another message with the id of one that is being scored is refused', async () => {
  const { score } = openHouse()

  const outcomes = await Promise.all([
    score(submission(first)),
    score(submission({ ...first, text: 'Another one.' }))
  ])

  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['scored', 'id-reused']
  )
})

test('an id whose message could not be kept is free again', async () => {
  let broken = true
  const { score } = openHouse({
    accept: async (act) => {
      if (broken) throw new Error('disk')
      return act()
    }
  })
  await assert.rejects(score(submission(first)), { message: 'disk' })
  broken = false

  assert.equal(verdictOf(await score(submission(first))).duplicate, false)
})

test('`learn: never` is repeatable too, and leaves no trace', async () => {
  const { score, transactions } = openHouse()
  const verdict = verdictOf(await score(submission({ ...first, learn: 'never' })))

  const again = verdictOf(await score(submission({ ...first, learn: 'never' })))

  assert.deepEqual([again.duplicate, again.id, transactions()], [true, verdict.id, 0])
})

test('a trial run with `learn: never` does not use up the id', async () => {
  const { score, senders } = openHouse()
  await score(submission({ ...first, learn: 'never' }))

  const verdict = verdictOf(await score(submission(first)))

  assert.equal(verdict.duplicate, false)
  assert.equal(senders.snapshot(senders.keyOf('alice@example.org'), start).usage.messagesLastDay, 1)
})
