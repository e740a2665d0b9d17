import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPipeline, routeTo } from '../../helpers/open-pipeline.ts'
import { connectSmtp, plainAuth } from '../../helpers/smtp-client.ts'
import { startSink } from '../../helpers/smtp-sink.ts'

test('a message of an authenticated user is scored, stored, answered and delivered', async (t) => {
  const sink = await startSink()
  t.after(() => sink.close())
  const { ports, queue } = await openPipeline(t, { routes: [routeTo(sink.port)] })
  const client = await connectSmtp(ports.submission)
  assert.match(await client.reply(), /^220 mx\.test ESMTP/u)
  assert.match(await client.say('EHLO laptop.local'), /STARTTLS/u)
  assert.match(await client.say('STARTTLS'), /^220 /u)
  await client.startTls()
  assert.match(await client.say('EHLO laptop.local'), /AUTH PLAIN LOGIN/u)
  assert.match(await client.say(plainAuth('Alice@example.org', 'right horse')), /^235 2\.7\.0/u)
  assert.match(await client.say('MAIL FROM:<alice@example.org>'), /^250 2\.1\.0/u)
  assert.match(await client.say('RCPT TO:<bob@example.net>'), /^250 2\.1\.5/u)
  assert.match(await client.say('DATA'), /^354 /u)
  const answer = await client.say(
    'From: alice@example.org\r\nBcc: eve@example.net\r\nSubject: lunch\r\n\r\nAt one?\r\n..dot\r\n.'
  )
  const id = /^250 2\.0\.0 Ok: queued as (\S+)$/u.exec(answer)?.[1] ?? assert.fail(answer)

  const [mail = assert.fail()] = await sink.received(1)

  assert.deepEqual([mail.from, mail.to], ['alice@example.org', ['bob@example.net']])
  const received = `^Received: from authenticated-user \\(hidden\\)\r\n\tby mx\\.test \\(Sluice\\) with ESMTPSA id ${id}`
  assert.match(mail.data, new RegExp(received, 'u'))
  assert.match(mail.data, new RegExp(`\r\nMessage-ID: <${id}@mx\\.test>\r\nDate: `, 'u'))
  assert.doesNotMatch(mail.data, /bcc|127\.0\.0\.1|laptop/iu)
  assert.match(mail.data, /Subject: lunch\r\n\r\nAt one\?\r\n\.dot\r\n$/u)
  assert.equal(queue.get(id)?.senderId, 'alice@example.org')
  assert.match(await client.say('QUIT'), /^221 /u)
})
