import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemorySenderStore } from '../../../service/senders/memory-sender-store.ts'
import { address, codesOf, key, start } from '../house.ts'
import { openMailServer, strangers, teach } from './mail-server.ts'

const [bob, carol, dave] = ['bob@example.net', 'carol@example.net', 'dave@example.net'] as const
const minute = 60_000

test('the same question again gets the first verdict, and counts nothing', async () => {
  const server = openMailServer()
  const first = await server.ask({ to: [bob, carol] })

  const again = await server.ask({ to: [bob, carol] })
  const fewer = await server.ask({ to: [carol] })

  assert.deepEqual([again.id, again.duplicate, fewer.id, fewer.duplicate], [first.id, true, first.id, true])
  assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 2 })
  assert.equal(server.transactions(), 1)
})

test('another spelling of a recipient is nobody new', async () => {
  const server = openMailServer()
  await server.ask({ to: ['bob+news@example.net'] })

  assert.equal((await server.ask({ to: [bob] })).duplicate, true)
})

test('asked recipient by recipient, a message is one message to all of them', async () => {
  const server = openMailServer()

  const verdicts = []
  for (const to of [bob, carol, dave]) verdicts.push(await server.ask({ to: [to] }))

  assert.deepEqual(
    verdicts.map(({ id, duplicate }) => [id, duplicate]),
    Array.from({ length: 3 }, () => ['verdict-1', false])
  )
  assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 3 })
  const sender = server.senders.keyOf('alice@example.org')
  const [entry, ...others] = server.senders.journal(sender)
  assert.deepEqual([entry?.observation.recipients.length, others.length], [3, 0])
  assert.equal(entry?.observation.attributes.recipientsBucket, '3-5')
  assert.equal(server.senders.snapshot(sender, start).profile.people.keys.length, 3)
})

test('each further question is judged with all recipients, against the habits before the message', async () => {
  const server = openMailServer()
  await teach(server)

  const first = await server.ask({ to: [bob] })
  const second = await server.ask({ to: strangers })

  assert.equal(first.verdict, 'allow')
  assert.deepEqual([second.verdict, second.id], ['hold', first.id])
  assert.ok(codesOf(second).includes('RECIPIENTS_NEW'))
  const { evidence } = second.reasons.find(({ code }) => code === 'RECIPIENTS_NEW') ?? {}
  assert.deepEqual([evidence?.['recipients'], evidence?.['newRecipients']], [10, 9])
})

test('what turns out worse with more recipients is taken out of the habits, stays charged, and says so', async () => {
  const server = openMailServer()
  await teach(server)
  await server.ask({ to: [bob] })
  const before = server.state()

  await server.ask({ to: strangers })

  assert.equal(before.learned, 9)
  assert.deepEqual(server.state(), { learned: 8, messages: 9, recipients: 18 })
  assert.deepEqual(
    server.concluded
      .slice(8)
      .map(({ earlier, record, decision }) => [
        earlier?.answer.verdict ?? null,
        record.submissionId === server.concluded[8]?.submission.id,
        decision.verdict
      ]),
    [
      [null, true, 'allow'],
      ['allow', true, 'hold']
    ]
  )
  assert.equal([...server.senders.verdictsOf(server.senders.keyOf('alice@example.org'), start)].length, 1)
})

test('a verdict is never taken back: what was held stays held for more recipients, with the reason', async () => {
  const server = openMailServer()
  await teach(server)
  const held = await server.ask({ to: strangers.slice(0, 1) })

  const more = await server.ask({ to: [bob] })
  const withOthers = await server.ask({ to: [bob, carol, dave] })

  assert.equal(held.verdict, 'hold')
  assert.deepEqual([more.verdict, withOthers.verdict], ['hold', 'hold'])
  assert.equal(codesOf(more)[0], 'EARLIER_VERDICT')
  assert.equal(server.state().learned, 8)
})

test('other bytes under the same queue id are another message', async () => {
  const server = openMailServer()
  const first = await server.ask()

  const other = await server.ask({ text: 'Short queue ids are given anew, after seconds if need be.' })
  const again = await server.ask({ text: 'Short queue ids are given anew, after seconds if need be.' })

  assert.notEqual(other.id, first.id)
  assert.deepEqual([other.duplicate, again.duplicate, again.id], [false, true, other.id])
  assert.deepEqual(server.state(), { learned: 2, messages: 2, recipients: 2 })
})

for (const [sentence, other] of [
  ['of another mail server', { caller: 'mta:mx2' }],
  ['of another sender', { auth: { user: 'ann@example.org', method: 'PLAIN' } }],
  ['with another MAIL FROM', { envelope: { mailFrom: null, rcptTo: [address('bob@example.net')] } }]
] as const) {
  test(`the same queue id ${sentence} is another message`, async () => {
    const server = openMailServer()
    const first = await server.ask()

    const { id, duplicate } = await server.ask(other)

    assert.deepEqual([id === first.id, duplicate], [false, false])
  })
}

test('twenty questions about one message at once score it once', async () => {
  const server = openMailServer()

  const verdicts = await Promise.all(Array.from({ length: 20 }, () => server.ask()))

  assert.equal(verdicts.filter(({ duplicate }) => !duplicate).length, 1)
  assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 1 })
})

test('questions about one message that come at once take turns: no recipient is lost or charged twice', async () => {
  const server = openMailServer()

  await Promise.all([bob, carol, dave, bob, carol].map((to) => server.ask({ to: [to] })))

  assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 3 })
  assert.equal(server.transactions(), 3)
})

test('a question whose effects could not be kept leaves the next one to try', async () => {
  let broken = true
  const server = openMailServer({
    accept: async (act) => {
      if (broken) throw new Error('disk')
      return act()
    }
  })
  const first = server.ask()
  const second = first.catch(() => (broken = false)).then(() => server.ask())

  await assert.rejects(first, { message: 'disk' })
  assert.equal((await second).duplicate, false)
})

test('the messages of the sender that came in between stay learned, in their order', async () => {
  const server = openMailServer()
  await server.ask({ to: [bob] })
  await server.ask({ to: [carol], requestId: 'other', text: 'Something else entirely, my friends.' })

  await server.ask({ to: [dave] })

  const sender = server.senders.keyOf('alice@example.org')
  assert.deepEqual(
    Array.from(server.senders.journal(sender), ({ observation }) => observation.recipients.length),
    [2, 1]
  )
  const { profile } = server.senders.snapshot(sender, start)
  server.senders.rebuild(sender)
  assert.deepEqual(server.senders.snapshot(sender, start).profile, profile)
})

test('what feedback took out of the habits is not learned again by a further question', async () => {
  const server = openMailServer()
  await server.ask({ to: [bob] })
  const sender = server.senders.keyOf('alice@example.org')
  server.senders.unlearn(sender, [server.concluded[0]?.submission.id ?? ''])

  await server.ask({ to: [carol] })

  assert.deepEqual(server.state(), { learned: 0, messages: 1, recipients: 2 })
})

test('more recipients count against the limits of the hour in which they are asked about', async () => {
  const server = openMailServer({ limits: { ...unlimited, recipientsPerHour: 3 } })
  await server.ask({ to: [bob, carol] })
  server.passTime(5 * 60 * minute)
  await server.ask({ to: [bob, carol], requestId: 'other' })

  const more = await server.ask({ to: [dave, 'erin@example.net'] })

  assert.deepEqual([more.verdict, codesOf(more)[0]], ['hold', 'LIMIT_RECIPIENTS_PER_HOUR'])
})

test('a day later the queue id names another message', async () => {
  const server = openMailServer()
  const first = await server.ask()
  server.passTime(24 * 60 * minute)

  assert.notEqual((await server.ask()).id, first.id)
})

test('a mail server that is not trusted is answered the same, and leaves no trace', async () => {
  const server = openMailServer()
  const first = await server.ask({ learn: 'never' })

  const again = await server.ask({ learn: 'never' })
  const more = await server.ask({ learn: 'never', to: [bob, carol] })

  assert.deepEqual([again.duplicate, again.id, more.duplicate, more.id], [true, first.id, false, first.id])
  assert.deepEqual(server.state(), { learned: 0, messages: 0, recipients: 0 })
})

test('a message with more recipients than are remembered is known again as it was asked about', async () => {
  const server = openMailServer({ limits: { ...unlimited } })
  const to = Array.from({ length: 1_200 }, (_, index) => `r${index}@example.com`)
  await server.ask({ to })

  assert.equal((await server.ask({ to })).duplicate, true)
  assert.equal((await server.ask({ to: to.slice(0, 500) })).duplicate, true)
  assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 1_200 })
})

const unlimited = {
  messagesPerHour: 1e6,
  messagesPerDay: 1e6,
  recipientsPerHour: 1e6,
  recipientsPerDay: 1e6,
  newRecipientsPerDay: 1e6
}

test('people stand in the store as keyed hashes only', async () => {
  const kept: unknown[] = []
  const senders = createMemorySenderStore({ key })
  const remember: typeof senders.remember = (...all) => {
    kept.push(all)
    senders.remember(...all)
  }
  const server = openMailServer({ senders: { ...senders, remember } })
  await server.ask({ to: [bob] })

  assert.equal(kept.length, 1)
  assert.ok(!JSON.stringify(kept).includes('bob'))
})

test('what a way of asking in shadow mode was told is no answer for one that enforces, nor the other way round', async () => {
  assert.deepEqual(await told(true, false), ['allow', 'hold', 9])
  assert.deepEqual(await told(false, true), ['hold', 'allow', 9])
  assert.deepEqual(await told(true, false, true, false), ['allow', 'hold', 'allow', 'hold', 9])
})

/** Asks once a mode (in shadow or not); what was told, and what the sender is charged. */
async function told(...modes: readonly boolean[]) {
  const server = openMailServer()
  await teach(server)
  const verdicts = []
  for (const shadow of modes) verdicts.push((await server.ask({ to: strangers, shadow })).verdict)
  return [...verdicts, server.state().messages]
}
