import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { givenVerdict } from '../../service/operations/find-verdicts.ts'
import type { Feedback, FeedbackOutcome } from '../../service/operations/give-feedback.ts'
import type { VerdictRecord } from '../../service/senders/sender-store.ts'
import { openActs, type Acts } from '../helpers/open-acts.ts'
import { openPipeline, type Pipeline } from '../helpers/open-pipeline.ts'
import { start, submission, verdictOf } from '../scoring/house.ts'

type Draft = Parameters<typeof submission>[0]

interface Desk extends Acts, Pipeline {
  /** Scores a message as a callout does: Sluice does not keep it. Gives its verdict's record. */
  readonly call: (draft?: Draft) => Promise<VerdictRecord>
  readonly say: (
    subject: Feedback['subject'],
    label: Feedback['label'],
    source?: Feedback['source']
  ) => Promise<Extract<FeedbackOutcome, { kind: 'taken' }>>
  readonly messagesSeen: () => number
  readonly containment: () => string
}

/** Alice has written ten times to Bob; whom she never wrote to is held. */
async function openDesk(t: TestContext): Promise<Desk> {
  const pipeline = await openPipeline(t, { clock: () => start })
  const acts = openActs({ ...pipeline, clock: () => start })
  const { score, senders } = pipeline
  const alice = senders.keyOf('alice@example.org')
  const desk: Desk = {
    ...pipeline,
    ...acts,
    call: async (draft) => senders.verdict(verdictOf(await score(submission(draft))).id) ?? assert.fail(),
    say: async (subject, label, source = 'operator') => {
      const outcome = await acts.giveFeedback({ subject, label, source, note: null, by: 'tok_1' })
      assert.ok(outcome.kind === 'taken', outcome.kind)
      return outcome
    },
    messagesSeen: () => senders.snapshot(alice, start).profile.messagesSeen,
    containment: () => senders.containment(alice)
  }
  for (let count = 0; count < 10; count += 1) await desk.call({ receivedAt: start - 3_600_000 + count })
  return desk
}

const mallory = { to: ['mallory@example.net'] }

test('a held message that Sluice never kept is learned by its verdict id, and its like is allowed from then on', async (t) => {
  const { call, say, messagesSeen } = await openDesk(t)
  const held = await call(mallory)
  assert.equal(givenVerdict(held).verdict, 'hold')
  const { effects } = await say({ verdictId: held.id }, 'legitimate')
  assert.deepEqual(effects, ['learned'])
  assert.equal(messagesSeen(), 11)
  assert.equal(givenVerdict(await call(mallory)).verdict, 'allow')
})

test('the same said twice is one effect', async (t) => {
  const { call, say, records, messagesSeen } = await openDesk(t)
  const held = await call(mallory)
  const first = await say({ verdictId: held.id }, 'legitimate')
  const second = await say({ verdictId: held.id }, 'legitimate')
  assert.deepEqual([second.repeated, second.effects, second.record.id], [true, [], first.record.id])
  assert.equal(messagesSeen(), 11)
  assert.equal(records.of(held.sender, held.id).length, 1)
})

for (const label of ['spam', 'phishing', 'takeover'] as const) {
  test(`an allowed message that turns out to be ${label} is forgotten, with or without the brackets of its Message-ID`, async (t) => {
    const { call, say, messagesSeen } = await openDesk(t)
    const bad = await call({ raw: withMessageId('<bad@evil.example>') })
    assert.equal(messagesSeen(), 11)
    const { record, effects } = await say({ messageId: 'bad@evil.example' }, label, 'recipient')
    assert.deepEqual([record.verdictId, effects], [bad.id, ['unlearned']])
    assert.equal(messagesSeen(), 10)
  })
}

test('an operator’s takeover forgets all since that message, and restricts the sender', async (t) => {
  const { call, say, messagesSeen, containment } = await openDesk(t)
  const intruder = await call({ receivedAt: start })
  await call({ receivedAt: start + 1 })
  const { effects } = await say({ verdictId: intruder.id }, 'takeover')
  assert.deepEqual(effects, ['unlearned', 'rewound', 'contained'])
  assert.deepEqual([messagesSeen(), containment()], [10, 'restricted'])
})

test('one held message that the sender says was not his makes him watched, not restricted', async (t) => {
  const { call, say, containment } = await openDesk(t)
  const held = await call(mallory)
  assert.equal(containment(), 'normal')
  await say({ verdictId: held.id }, 'takeover', 'sender')
  assert.equal(containment(), 'watched')
})

test('of two who disagree the more trusted one is heard, and both are kept', async (t) => {
  const { call, say, records, messagesSeen } = await openDesk(t)
  const allowed = await call()
  await say({ verdictId: allowed.id }, 'legitimate')
  const recipient = await say({ verdictId: allowed.id }, 'spam', 'recipient')
  assert.deepEqual([recipient.record.stands, recipient.effects], [false, []])
  assert.equal(messagesSeen(), 11)
  const operator = await say({ verdictId: allowed.id }, 'spam')
  assert.deepEqual([operator.record.stands, operator.effects[0]], [true, 'unlearned'])
  assert.deepEqual(
    records.of(allowed.sender, allowed.id).map(({ label, source }) => `${label} ${source}`),
    ['legitimate operator', 'spam recipient', 'spam operator']
  )
})

test('a takeover taken back teaches the message again and lifts the restriction', async (t) => {
  const { call, say, messagesSeen, containment } = await openDesk(t)
  const allowed = await call()
  await say({ verdictId: allowed.id }, 'takeover')
  const { effects } = await say({ verdictId: allowed.id }, 'legitimate')
  assert.deepEqual(effects, ['learned', 'relieved'])
  assert.deepEqual([messagesSeen(), containment()], [11, 'normal'])
})

test('a recipient’s word teaches nothing', async (t) => {
  const { call, say, messagesSeen } = await openDesk(t)
  const held = await call(mallory)
  assert.deepEqual((await say({ verdictId: held.id }, 'legitimate', 'recipient')).effects, [])
  assert.equal(messagesSeen(), 10)
})

test('what a stranger wrote in a sender’s name neither teaches nor contains', async (t) => {
  const { call, say, messagesSeen, containment } = await openDesk(t)
  const forged = await call({ ...mallory, auth: null })
  assert.deepEqual((await say({ verdictId: forged.id }, 'takeover')).effects, [])
  assert.equal(containment(), 'normal')
  assert.deepEqual((await say({ verdictId: forged.id }, 'legitimate')).effects, [])
  assert.equal(messagesSeen(), 10)
})

test('a Message-ID that several senders used is ambiguous, and one that nobody used is unknown', async (t) => {
  const { call, giveFeedback } = await openDesk(t)
  const raw = withMessageId('<same@evil.example>')
  await call({ raw })
  await call({ raw, auth: { user: 'eve@example.org', method: null } })
  const about = { label: 'spam', source: 'fbl', note: null, by: 'tok_1' } as const
  const twice = await giveFeedback({ ...about, subject: { messageId: '<same@evil.example>' } })
  assert.equal(twice.kind === 'ambiguous' && twice.verdictIds.length, 2)
  assert.equal((await giveFeedback({ ...about, subject: { messageId: '<other@x>' } })).kind, 'unknown')
})

test('three messages held within the hour make a sender watched; one of them released, he is not', async (t) => {
  const { acceptMessage, releaseHold, vouching, containment } = await openDesk(t)
  for (const [count, to] of ['m1@a.example', 'm2@b.example', 'm3@c.example'].entries())
    await acceptMessage(submission({ id: `held-${count}`, to: [to] }), { protocol: 'ESMTPSA' })
  assert.equal(containment(), 'watched')
  await releaseHold('held-0', { by: 'tok_1', note: null })
  await vouching.settled()
  assert.equal(containment(), 'normal')
})

test('a client that hands in one held message again and again makes nobody watched', async (t) => {
  const { call, containment } = await openDesk(t)
  for (let count = 0; count < 9; count += 1)
    assert.equal(givenVerdict(await call({ to: ['m1@a.example'] })).verdict, 'hold')
  assert.equal(containment(), 'normal')
})

test('releasing one held message releases the others that it explains, and no more', async (t) => {
  const { acceptMessage, releaseHold, vouching, queue, messagesSeen } = await openDesk(t)
  const hold = (id: string, to: string) =>
    acceptMessage(submission({ id, to: [to] }), { protocol: 'ESMTPSA' })
  await hold('first', 'mallory@example.net')
  await hold('second', 'mallory@example.net')
  await hold('other', 'm2@b.example')
  assert.deepEqual(queue.counts(), { queued: 0, held: 3 })
  await releaseHold('first', { by: 'tok_1', note: null })
  await vouching.settled()
  const decisions = ['first', 'second', 'other'].map((id) => queue.get(id)?.hold?.decision?.by)
  assert.deepEqual(decisions, ['tok_1', 'vouching', undefined])
  assert.equal(messagesSeen(), 12)
})

test('a held message that feedback taught is not learned again when it is released', async (t) => {
  const { acceptMessage, say, releaseHold, vouching, queue, messagesSeen } = await openDesk(t)
  for (const [id, to] of [
    ['known', 'mallory@example.net'],
    ['strange', 'm2@b.example']
  ] as const)
    await acceptMessage(submission({ id, to: [to] }), { protocol: 'ESMTPSA' })
  await say({ holdId: 'known' }, 'legitimate')
  await vouching.settled()
  assert.deepEqual([queue.get('known')?.hold?.decision?.by, messagesSeen()], ['vouching', 11])

  await say({ holdId: 'strange' }, 'legitimate', 'sender')
  await releaseHold('strange', { by: 'tok_1', note: null })
  await vouching.settled()
  assert.deepEqual([queue.get('strange')?.state, messagesSeen()], ['queued', 12])
})

test('what somebody called spam is not released beside another', async (t) => {
  const { acceptMessage, say, releaseHold, vouching, queue } = await openDesk(t)
  for (const id of ['first', 'spam'])
    await acceptMessage(submission({ id, to: ['mallory@example.net'] }), { protocol: 'ESMTPSA' })
  await say({ holdId: 'spam' }, 'spam', 'recipient')
  await releaseHold('first', { by: 'tok_1', note: null })
  await vouching.settled()
  assert.deepEqual([queue.get('first')?.state, queue.get('spam')?.state], ['queued', 'held'])
})

test('what is released of a restricted sender releases nothing else', async (t) => {
  const { acceptMessage, releaseHold, vouching, queue, ledger, senders, storage } = await openDesk(t)
  await storage.transaction(() => ledger.set(senders.keyOf('alice@example.org'), 'restricted', start))
  for (const id of ['first', 'second'])
    await acceptMessage(submission({ id, to: ['mallory@example.net'] }), { protocol: 'ESMTPSA' })
  await releaseHold('first', { by: 'tok_1', note: null })
  await vouching.settled()
  assert.equal(queue.get('second')?.state, 'held')
})

function withMessageId(messageId: string): Uint8Array {
  const text = Buffer.from(submission().raw).toString()
  return Buffer.from(text.replace('<m1@example.org>', messageId))
}
