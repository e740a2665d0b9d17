import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedScore } from '../helpers/fixed-score.ts'
import { openActs } from '../helpers/open-acts.ts'
import { openPipeline, routeTo } from '../helpers/open-pipeline.ts'
import { connectSmtp, plainAuth } from '../helpers/smtp-client.ts'
import { startSink } from '../helpers/smtp-sink.ts'

test('a held message leaves when it is released, not before', async (t) => {
  const sink = await startSink()
  t.after(() => sink.close())
  const pipeline = await openPipeline(t, {
    routes: [routeTo(sink.port)],
    score: fixedScore('hold')
  })
  const client = await connectSmtp(pipeline.ports.submission)
  await client.reply()
  for (const line of [
    'EHLO x',
    plainAuth('alice@example.org', 'right horse'),
    'MAIL FROM:<alice@example.org>',
    'RCPT TO:<bob@example.net>',
    'DATA'
  ])
    await client.say(line)
  const reply = await client.say('Subject: odd\r\n\r\nhello\r\n.')
  client.close()
  const id = /^250 2\.0\.0 queued for review as (\S+)$/u.exec(reply)?.[1] ?? assert.fail(reply)
  assert.equal(sink.mails.length, 0)

  const { releaseHold, vouching } = openActs(pipeline)
  t.after(() => vouching.settled())
  await releaseHold(id, { by: 'operator', note: null })

  const [mail] = await sink.received(1)
  assert.match(mail?.data ?? '', /Subject: odd/u)
})
