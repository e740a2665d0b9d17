import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPipeline } from '../helpers/open-pipeline.ts'
import { connectSmtp } from '../helpers/smtp-client.ts'

/** A MIME tree deeper than anybody writes. */
function nested(depth: number): string {
  const open = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`
  )
  return `Subject: matryoshka\r\n${open.join('')}Content-Type: text/plain\r\n\r\nhello\r\n`
}

test('a message that cannot be read is held for review, and says so', async (t) => {
  const { ports, queue } = await openPipeline(t)
  const client = await connectSmtp(ports.relay)
  await client.reply()
  for (const line of ['EHLO x', 'MAIL FROM:<alice@example.org>', 'RCPT TO:<bob@example.net>', 'DATA'])
    await client.say(line)
  const reply = await client.say(`${nested(500)}.`)
  client.close()

  assert.match(reply, /^250 2\.0\.0 queued for review as /u)
  const page = queue.page({ state: 'held', limit: 10 })
  assert.ok(page.kind === 'page')
  assert.deepEqual(
    page.items.map(({ hold }) => hold?.reasons.includes('MESSAGE_UNREADABLE')),
    [true]
  )
})
