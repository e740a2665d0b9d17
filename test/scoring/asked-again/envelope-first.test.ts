import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verdictAnswerSchema } from '../../../service/contracts/verdict-answer.ts'
import { codesOf } from '../house.ts'
import { openMailServer, strangers, teach } from './mail-server.ts'

const [bob, carol] = ['bob@example.net', 'carol@example.net'] as const
const scam =
  'Please wire $ 5,000 USD today to this account, send me the $900 and the €1,200 now, 500 dollars urgently.'

test('a policy service asks with the envelope, the milter of the same mail server with the message: one message', async () => {
  const server = openMailServer()
  await teach(server)

  const envelope = await server.askEnvelope({ to: [bob] })
  const afterEnvelope = server.state()
  const whole = await server.ask({ to: [bob] })

  assert.deepEqual(
    [envelope.verdict, whole.verdict, whole.id, whole.duplicate],
    ['allow', 'allow', envelope.id, false]
  )
  assert.ok(codesOf(envelope).includes('CONTENT_UNSEEN'))
  assert.ok(!codesOf(whole).includes('CONTENT_UNSEEN'))
  assert.deepEqual([envelope.scores.spam, typeof whole.scores.spam], [null, 'number'])
  assert.deepEqual(server.state(), afterEnvelope)
  const [entry] = [...server.senders.journal(server.senders.keyOf('alice@example.org'))].slice(-1)
  assert.equal(entry?.observation.shows, undefined)
  assert.ok((entry?.observation.style.authoredWords ?? 0) > 0)
  assert.equal(server.senders.verdict(whole.id)?.messageId, '<m1@example.org>')
})

test('the content is judged by the habits before the message, not by what its envelope has taught', async () => {
  const server = openMailServer()
  // A newcomer: whatever it shows is learned
  await server.askEnvelope({
    to: strangers,
    client: { ip: '192.0.2.1', helo: 'new.example', port: null, tls: null }
  })

  await server.ask({ to: strangers })

  const answers = server.concluded.map(({ record }) => verdictAnswerSchema.parse(record.answer))
  assert.deepEqual(
    answers.map(({ sender }) => sender.messagesSeen),
    [0, 0]
  )
})

test('content that is bad is refused after its envelope was let pass, and teaches nothing', async () => {
  const server = openMailServer()
  await teach(server)
  const envelope = await server.askEnvelope({ to: [bob] })

  const whole = await server.ask({ to: [bob], text: scam })

  assert.deepEqual([envelope.verdict, whole.verdict, whole.id], ['allow', 'block', envelope.id])
  assert.equal(server.state().learned, 8)
})

test('an envelope that was held is not let pass by its content', async () => {
  const server = openMailServer()
  await teach(server)
  await server.askEnvelope({ to: strangers })

  const whole = await server.ask({ to: strangers, text: 'All is well, see you on Monday as we agreed.' })

  assert.equal(whole.verdict, 'hold')
  assert.deepEqual(server.state(), { learned: 8, messages: 9, recipients: 17 })
})

test('an envelope-only question after the content gets the known verdict', async () => {
  const server = openMailServer()
  const whole = await server.ask({ to: [bob, carol] })

  const envelope = await server.askEnvelope({ to: [carol] })

  assert.deepEqual([envelope.id, envelope.duplicate], [whole.id, true])
})

test('with more recipients it is judged again, and what the content taught stays', async () => {
  const server = openMailServer()
  await server.ask({ to: [bob] })

  const more = await server.askEnvelope({ to: [carol] })
  const again = await server.ask({ to: [bob, carol] })

  assert.deepEqual([more.duplicate, again.duplicate, again.id], [false, true, more.id])
  assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 2 })
  assert.equal(server.senders.verdict(more.id)?.messageId, '<m1@example.org>')
})

test('recipient by recipient, at RCPT, only new recipients are charged', async () => {
  const server = openMailServer()

  for (let count = 1; count <= strangers.length; count += 1)
    await server.askEnvelope({ to: strangers.slice(0, count) })

  assert.deepEqual(server.state(), { learned: 1, messages: 1, recipients: 9 })
})

test('where no bytes tell, an hour later the queue id names another message', async () => {
  const server = openMailServer()
  const first = await server.askEnvelope({ to: [bob] })
  server.passTime(59 * 60_000)
  assert.equal((await server.askEnvelope({ to: [bob] })).duplicate, true)
  server.passTime(60_000)

  const later = await server.askEnvelope({ to: [bob] })

  assert.deepEqual([later.duplicate, later.id === first.id], [false, false])
  assert.equal(server.state().messages, 2)
})
