import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectSmtp, type SmtpClient } from '../../../helpers/smtp-client.ts'
import { openWorld } from '../../../operations/feedback/open-world.ts'

async function greeted(port: number): Promise<SmtpClient> {
  const client = await connectSmtp(port)
  await client.reply()
  await client.say('EHLO mx.example.net')
  return client
}

async function addressed(port: number): Promise<SmtpClient> {
  const client = await greeted(port)
  await client.say('MAIL FROM:<>')
  return client
}

test('only addresses that were signed here are taken, and whoever guesses is shown the door', async (t) => {
  const { feedbackPort } = await openWorld(t)
  const client = await addressed(feedbackPort)
  for (const to of ['alice@example.org', 'postmaster', 'bob@example.net', 'sb-x@bounces.example.org', 'a@b'])
    assert.match(await client.say(`RCPT TO:<${to}>`), /^550 5\.1\.1 /u)

  assert.match(await client.say('RCPT TO:<one@more.example>'), /^421 4\.7\.0 /u)
})

test('there is no AUTH, no relaying, and STARTTLS is offered', async (t) => {
  const { feedbackPort } = await openWorld(t)
  const client = await connectSmtp(feedbackPort)
  await client.reply()
  const offered = await client.say('EHLO mx.example.net')
  assert.doesNotMatch(offered, /AUTH/u)
  assert.match(offered, /STARTTLS/u)
  assert.match(await client.say('AUTH PLAIN AGEAYg=='), /^5/u)
  client.close()
})

test('a report comes over TLS, too', async (t) => {
  const { feedbackPort, addresses } = await openWorld(t)
  const client = await greeted(feedbackPort)
  assert.match(await client.say('STARTTLS'), /^220/u)
  await client.startTls()
  assert.match(await client.say('EHLO mx.example.net'), /^250/u)
  await client.say('MAIL FROM:<>')
  const to = addresses.forReporter('loop', Date.now())
  assert.match(await client.say(`RCPT TO:<${to}>`), /^250/u)
  client.close()
})

test('one recipient a report', async (t) => {
  const { feedbackPort, addresses } = await openWorld(t)
  const client = await addressed(feedbackPort)
  const to = addresses.forReporter('loop', Date.now())
  await client.say(`RCPT TO:<${to}>`)
  assert.match(await client.say(`RCPT TO:<${to}>`), /^452 4\.5\.3 /u)
  client.close()
})

test('a report that is too large, said or sent, or has bare line ends is refused', async (t) => {
  const { feedbackPort, addresses } = await openWorld(t)
  const to = addresses.forReporter('loop', Date.now())
  const said = await greeted(feedbackPort)
  assert.match(await said.say('MAIL FROM:<> SIZE=100001'), /^552 /u)
  said.close()
  const cases = [
    ['x\r\n'.repeat(40_000), /^552 5\.3\.4 /u],
    ['a: b\r\n\r\nbare\nline\r\n', /^554 5\.6\.0 /u]
  ] as const
  for (const [body, expected] of cases) {
    const client = await addressed(feedbackPort)
    await client.say(`RCPT TO:<${to}>`)
    await client.say('DATA')
    client.send(body)
    assert.match(await client.say('.'), expected)
    client.close()
  }
})

test('one address gets half of the connections', async (t) => {
  const { feedbackPort } = await openWorld(t)
  const open = [await greeted(feedbackPort), await greeted(feedbackPort)]
  const third = await connectSmtp(feedbackPort)
  assert.match(await third.reply(), /^421 4\.3\.2 /u)
  for (const client of [...open, third]) client.close()
})
