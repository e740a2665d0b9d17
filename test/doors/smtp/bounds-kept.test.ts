import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedScore } from '../../helpers/fixed-score.ts'
import { openPipeline } from '../../helpers/open-pipeline.ts'
import { connectSmtp, plainAuth, type SmtpClient } from '../../helpers/smtp-client.ts'

async function logIn(
  port: number,
  password = 'right horse'
): Promise<{ client: SmtpClient; answer: string }> {
  const client = await connectSmtp(port)
  await client.reply()
  await client.say('EHLO x')
  return { client, answer: await client.say(plainAuth('alice@example.org', password)) }
}

test('a user may have so many connections at once', async (t) => {
  const { ports } = await openPipeline(t, { bounds: { maxPerUser: 1 } })
  const first = await logIn(ports.submission)
  const second = await logIn(ports.submission)
  assert.match(first.answer, /^235 /u)
  assert.match(second.answer, /^421 4\.7\.0 /u)
  first.client.close()
  second.client.close()
})

test('an address that guesses is banned at the door of the submission ports, and may still relay', async (t) => {
  const { ports } = await openPipeline(t, {
    bounds: { maxFailuresPerAddress: 2, maxFailuresPerConnection: 9 }
  })
  const { client } = await logIn(ports.submission, 'wrong')
  await client.say(plainAuth('alice@example.org', 'wrong'))
  assert.match(await client.say(plainAuth('alice@example.org', 'right horse')), /^421 4\.7\.0 /u)
  const next = await connectSmtp(ports.submission)
  assert.match(await next.reply(), /^421 4\.7\.0 /u)
  const relay = await connectSmtp(ports.relay)
  assert.match(await relay.reply(), /^220 /u)
  for (const one of [client, next, relay]) one.close()
})

test('a command that trickles in has no more time than one that comes at once', async (t) => {
  const { ports } = await openPipeline(t, { smtp: { idleTimeoutMs: 150 } })
  const client = await connectSmtp(ports.relay)
  await client.reply()
  const timer = setInterval(() => client.send('N'), 20)
  t.after(() => clearInterval(timer))
  assert.match(await client.reply(), /^421 4\.4\.2 /u)
  client.close()
})

test('while few connections are left, those who say nothing make room', async (t) => {
  const { ports } = await openPipeline(t, { smtp: { maxConnections: 1 }, bounds: { tightIdleTimeoutMs: 50 } })
  const client = await connectSmtp(ports.relay)
  await client.reply()
  assert.match(await client.reply(), /^421 4\.4\.2 /u)
  client.close()
})

test('what a client asked for stays with its message', async (t) => {
  const { ports, queue } = await openPipeline(t, { score: fixedScore('allow') })
  const { client } = await logIn(ports.submission)
  await client.say('MAIL FROM:<alice@example.org> RET=FULL ENVID=a+2Bb MT-PRIORITY=3 SMTPUTF8')
  await client.say('RCPT TO:<bob@example.net> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@example.com')
  await client.say('RCPT TO:<bob@example.net>')
  await client.say('RCPT TO:<carol@example.net>')
  await client.say('DATA')
  const id = /as (\S+)$/u.exec(await client.say('Subject: x\r\n\r\nbody\r\n.'))?.[1]
  assert.deepEqual(queue.get(id ?? assert.fail())?.parameters, {
    ret: 'FULL',
    envid: 'a+b',
    requireTls: false,
    smtpUtf8: true,
    mtPriority: 3,
    recipients: { 'bob@example.net': { notify: ['SUCCESS', 'FAILURE'], orcpt: 'rfc822;bob@example.com' } }
  })
  client.close()
})

test('a service that ends says goodbye to those who wait and lets a message end', async (t) => {
  const { ports, closeDoor } = await openPipeline(t, { score: fixedScore('allow') })
  const idle = await connectSmtp(ports.relay)
  await idle.reply()
  const busy = await connectSmtp(ports.relay)
  await busy.reply()
  for (const line of ['EHLO x', 'MAIL FROM:<a@b.test>', 'RCPT TO:<c@d.test>', 'DATA']) await busy.say(line)
  const closed = closeDoor()
  assert.match(await idle.reply(), /^421 4\.3\.2 /u)
  assert.match(await busy.say('Subject: x\r\n\r\nbody\r\n.'), /^250 /u)
  assert.match(await busy.reply(), /^421 4\.3\.2 /u)
  await closed
})

test('a client that shuts down its side after the message still hears what became of it', async (t) => {
  const { ports, queue } = await openPipeline(t, { score: fixedScore('allow') })
  const client = await connectSmtp(ports.relay)
  client.send(
    'EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nSubject: x\r\n\r\nbody\r\n.\r\n'
  )
  client.half()
  const replies: string[] = []
  for (let reply = await client.reply(); reply !== ''; reply = await client.reply()) replies.push(reply)
  assert.match(replies.at(-1) ?? '', /^250 2\.0\.0 Ok: queued as /u)
  assert.equal(queue.counts().queued, 1)
  assert.equal(client.closed, true)
})
