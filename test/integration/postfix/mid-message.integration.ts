import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectSmtp, plainAuth, type SmtpClient } from '../../helpers/smtp-client.ts'
import { password, users } from '../harness/client-cases.ts'
import { habitualMail, type Mail } from '../harness/mails.ts'
import { openPostfix } from './open-postfix.ts'

/** `content_timeout` of deploy/mta/postfix/milter, and some for a busy machine. */
const limitMs = 25_000

test('Postfix’s milter, when Sluice goes between DATA and the end of the message', async (t) => {
  const under = await openPostfix(t, 'Postfix', {
    variant: 'milter',
    mainCf: (ports) => ({ 10041: ports.milter })
  })
  if (under === undefined) return
  const { sluice, sink, postfix } = under

  await t.test('killed: the message leaves at once', async () => {
    const mail = habitualMail(users.killed)
    const client = await sayUpToData(mail, postfix.submissionPort)
    await sluice.kill()
    assert.match(await sayText(mail, client), /^250 /u)
    await sink.arrival(mail)
    await sluice.restart()
  })

  await t.test('hanging: the message leaves after content_timeout', async () => {
    const mail = habitualMail(users.slow)
    const client = await sayUpToData(mail, postfix.submissionPort)
    sluice.pause()
    const startedAt = performance.now()
    assert.match(await sayText(mail, client), /^250 /u)
    assert.ok(performance.now() - startedAt < limitMs)
    await sink.arrival(mail)
    sluice.resume()
  })

  await t.test('a client that goes away in mid-message leaves nothing behind', async () => {
    const mail = habitualMail(users.honest)
    const gone = await sayUpToData(mail, postfix.submissionPort)
    gone.send(mail.raw.slice(0, 200))
    gone.close()
    const next = habitualMail(users.honest)
    assert.match(await sayText(next, await sayUpToData(next, postfix.submissionPort)), /^250 /u)
    await sink.arrival(next)
    assert.equal(sink.copiesOf(mail).length, 0)
  })
})

async function sayUpToData(mail: Mail, port: number): Promise<SmtpClient> {
  const client = await connectSmtp(port)
  assert.match(await client.reply(), /^220 /u)
  const lines = [
    'EHLO laptop.example.org',
    plainAuth(mail.user, password),
    `MAIL FROM:<${mail.from}>`,
    ...mail.to.map((to) => `RCPT TO:<${to}>`)
  ]
  for (const line of lines) assert.match(await client.say(line), /^2/u, line)
  assert.match(await client.say('DATA'), /^354 /u)
  return client
}

async function sayText(mail: Mail, client: SmtpClient): Promise<string> {
  client.send(mail.raw)
  const reply = await client.say('.')
  client.close()
  return reply
}
