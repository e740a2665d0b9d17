import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createByteBudget } from '../../../../service/access/byte-budget.ts'
import { connectMilter, say, uint32 } from './milter-client.ts'
import { answerOf, openMilter } from './open-milter.ts'

const labelled = ['i0|X-Sluice-Id| v1', 'i0|X-Sluice-Verdict| allow', 'c']

test('of a message larger than we read only the envelope is shown, with its true size', async (t) => {
  const { connected, questions } = await openMilter(t, undefined, { maxMessageBytes: 1_000 })
  const client = await connected()
  client.send(say.message('<a@example.org>', '<b@example.net>', 'y'.repeat(986)))
  client.send(say.message('<a@example.org>', '<b@example.net>', 'y'.repeat(987)))
  await client.answer()
  await client.answer()
  assert.deepEqual(
    questions.map(({ raw, sizeBytes, isUnread }) => [raw?.length, sizeBytes, isUnread]),
    [
      [1_000, 1_000, false],
      [undefined, 1_001, false]
    ]
  )
})

test('messages share one store of memory, give it back, and are not judged by their envelope where it is full', async (t) => {
  const limits = { maxMessageBytes: 1_000, budget: createByteBudget(1_500) }
  const { connected, questions } = await openMilter(t, undefined, limits)
  const [first, second] = [await connected(), await connected()]
  const half = [say.mail('<1@example.org>'), say.rcpt('<b@example.net>'), say.body('y'.repeat(900))]
  first.send(...half, say.unknown('PING'), say.rcpt('<c@example.net>'))
  const whole = say.message('<2@example.org>', '<b@example.net>', 'y'.repeat(900))
  // Until the door has read the first half, the second connection may find room
  while (questions.at(-1)?.raw !== null) {
    second.send(whole)
    await second.answer()
  }
  assert.equal(questions.at(-1)?.isUnread, true)
  first.send(say.abort())
  while (questions.at(-1)?.raw === null) {
    second.send(whole)
    await second.answer()
  }
  assert.equal(questions.at(-1)?.raw?.length, 900 + 'Subject: x\r\n\r\n'.length)
  assert.equal(questions.at(-1)?.isUnread, false)
})

test('more recipients than we read are refused as too many, and nothing is asked', async (t) => {
  const { connected, questions } = await openMilter(t)
  const client = await connected()
  const address = `<${'x'.repeat(500)}@example.net>`
  client.send(
    say.mail('<a@example.org>'),
    ...Array.from({ length: 2_000 }, () => say.rcpt(address)),
    say.end()
  )
  assert.deepEqual(await client.answer(), ['y452 4.5.3 Too many recipients'])
  assert.equal(questions.length, 0)
  client.send(say.message('<a@example.org>', '<b@example.net>'))
  assert.deepEqual(await client.answer(), labelled)
})

test('labels by the thousand are no honest message', async (t) => {
  const { connected, questions } = await openMilter(t)
  const client = await connected()
  const labels = Array.from({ length: 1_001 }, () => say.header('X-Sluice-Id', ' 1'))
  client.send(say.mail('<a@example.org>'), say.rcpt('<b@example.net>'), ...labels, say.end())
  assert.deepEqual(await client.answer(), ['y550 5.6.0 Too many X-Sluice fields'])
  assert.equal(questions.length, 0)
})

test('what is no milter protocol ends the connection', async (t) => {
  const { port, connected, warnings, questions } = await openMilter(t)
  const cases = [
    [Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'frame-too-long'],
    [uint32(100 * 1_048_576), 'frame-too-long'],
    [uint32(0), 'empty-frame'],
    [say.mail('<a@example.org>').fill('M', 5), 'malformed-command'],
    [say.end(), 'command-out-of-order'],
    [say.rcpt('<b@example.net>'), 'command-out-of-order'],
    [say.negotiate(1, 0, 0), 'version-not-supported']
  ] as const
  for (const [bytes, cause] of cases) {
    const client = await connected()
    client.send(bytes)
    assert.equal(await client.next(), null)
    assert.equal(warnings.pop(), `callouts.milter_broken ${cause}`)
  }
  const early = await connectMilter({ port })
  early.send(say.helo('x'))
  assert.equal(await early.next(), null)
  assert.equal(warnings.pop(), 'callouts.milter_broken no-negotiation')
  assert.deepEqual([questions, warnings], [[], []])
})

test('commands that we do not know are answered with continue', async (t) => {
  const { connected } = await openMilter(t)
  const client = await connected()
  client.send(Buffer.concat([uint32(4), Buffer.from('Zabc')]))
  assert.equal((await client.next())?.letter, 'c')
})

test('questions of one connection are asked one after the other, however fast they come', async (t) => {
  let open = 0
  const { connected, questions } = await openMilter(t, async () => {
    open += 1
    assert.equal(open, 1)
    await new Promise((resolve) => setImmediate(resolve))
    open -= 1
    return answerOf('accept')
  })
  const client = await connected()
  const senders = Array.from({ length: 50 }, (_, index) => `<${index}@example.org>`)
  client.send(...senders.map((sender) => say.message(sender, '<b@example.net>')))
  client.half()
  for (const _ of senders) assert.deepEqual(await client.answer(), labelled)
  assert.equal(await client.next(), null)
  assert.deepEqual(
    questions.map(({ mailFrom }) => mailFrom),
    senders
  )
})

test('a close waits for the answer that is owed, and takes no more questions', async (t) => {
  const asked = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  const { connected, close, questions } = await openMilter(t, async () => {
    asked.resolve()
    await answered.promise
    return answerOf('accept')
  })
  const client = await connected()
  const message = say.message('<a@example.org>', '<b@example.net>')
  client.send(message, message)
  await asked.promise
  const closed = close()
  answered.resolve()
  assert.deepEqual(await client.answer(), labelled)
  assert.equal(await client.next(), null)
  await closed
  assert.equal(questions.length, 1)
})

test('a mail server that falls silent in the middle of a message is given up', async (t) => {
  const { connected, questions, warnings } = await openMilter(t, undefined, { messageTimeoutMs: 30 })
  for (const part of [say.mail('<a@example.org>'), Buffer.from([0, 0])]) {
    const client = await connected()
    client.send(part)
    assert.equal(await client.next(), null)
  }
  assert.deepEqual([questions, warnings], [[], []])
})

test('a label with a blank before its colon (RFC 5322 section 4.5) is one that goes as well', async (t) => {
  const { connected } = await openMilter(t)
  const client = await connected()
  const labels = [say.header('X-Sluice-Id ', ' 1'), say.header('x-sluice-id', ' 2')]
  client.send(say.mail('<a@example.org>'), say.rcpt('<b@example.net>'), ...labels, say.end())
  const removed = (await client.answer()).filter((said) => said.startsWith('m'))
  assert.deepEqual(removed, ['m2|X-Sluice-Id|', 'm1|X-Sluice-Id|'])
})
