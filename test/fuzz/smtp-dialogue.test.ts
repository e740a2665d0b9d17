import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  array,
  assert as check,
  asyncProperty,
  constantFrom,
  integer,
  oneof,
  tuple,
  uint8Array
} from 'fast-check'
import '../helpers/fixed-chance.ts'
import type { ScoreSubmission } from '../../service/scoring/scoring-ports.ts'
import { fixedScore } from '../helpers/fixed-score.ts'
import { openPipeline } from '../helpers/open-pipeline.ts'
import { connectSmtp, plainAuth } from '../helpers/smtp-client.ts'

const line = (text: string): Buffer => Buffer.from(`${text}\r\n`, 'latin1')

/** What moves a conversation on. */
const proper = constantFrom(
  'RSET\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nSubject: x\r\n\r\nbody\r\n.',
  'MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>',
  'MAIL FROM:<a@b.test>',
  'RCPT TO:<c@d.test>',
  'DATA\r\nSubject: x\r\n\r\nbody\r\n.',
  'DATA\r\n.',
  'RSET',
  'NOOP',
  plainAuth('alice', 'right horse')
).map(line)

/** What is answered with a refusal. */
const wrong = constantFrom(
  'MAIL FROM:<>',
  'MAIL FROM:<a@b.test> SIZE=99999999999',
  'MAIL FROM:<a@b.test> BODY=X',
  'RCPT TO:<@@>',
  'RCPT TO:<"a b"@c>',
  'RCPT TO:<x@d.test> NOTIFY=NEVER,DELAY',
  'DATA\r\nbare\nline\r\n.',
  'STARTTLS x',
  'BDAT 5',
  'HELO',
  'MAIL',
  '',
  '.',
  plainAuth('alice', 'wrong'),
  'AUTH LOGIN',
  'AUTH PLAIN ====',
  'AUTH XOAUTH2 x',
  '*',
  'YWxpY2U='
).map(line)

/** What may end the conversation at once. */
const absurd = oneof(
  constantFrom('NOOP\n', '\n.\n', 'GET / HTTP/1.1\r\n', 'NOOP\r\n'.repeat(300)).map((text) =>
    Buffer.from(text)
  ),
  uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  tuple(integer({ min: 1, max: 20_000 }), constantFrom('a', 'NOOP ', '\0', '\xff')).map(([length, what]) =>
    line(what.repeat(length))
  )
)

const word = oneof(
  { weight: 12, arbitrary: proper },
  { weight: 6, arbitrary: wrong },
  { weight: 1, arbitrary: absurd }
)

const ending = constantFrom('quit', 'half', 'drop')

async function open(t: TestContext) {
  const scored = { count: 0 }
  const pipeline = await openPipeline(t, {
    smtp: { maxMessageBytes: 5_000 },
    score: (storage) => {
      const score: ScoreSubmission = fixedScore('allow')(storage)
      return (submission, alongside) => {
        scored.count += 1
        return score(submission, alongside)
      }
    }
  })
  return { ...pipeline, scored }
}

test(
  'whatever a client says, it gets well-formed replies or is cut off; the server lives and nothing gets in unjudged',
  { timeout: 60_000 },
  async (t) => {
    const { ports, queue, scored } = await open(t)
    let accepted = 0
    let replies = 0
    await check(
      asyncProperty(
        array(word, { maxLength: 20 }),
        ending,
        constantFrom(ports.submission, ports.relay),
        async (words, end, port) => {
          const client = await connectSmtp(port)
          assert.match(await client.reply(), /^220 /u)
          client.send(Buffer.concat([line('EHLO x'), ...words]))
          if (end === 'drop') {
            client.close()
            return
          }
          if (end === 'half') client.half()
          // A text that never ends has to be ended for it: a dot closes DATA, and is one more wrong command elsewhere
          else client.send('\r\n.\r\nRSET\r\nQUIT\r\n')
          for (let reply = await client.reply(); reply !== ''; reply = await client.reply()) {
            assert.match(reply, /^(?:[2-5]\d\d-[^\r\n]*\n)*[2-5]\d\d(?: [^\r\n]*)?$/u)
            replies += 1
            if (reply.includes('queued as')) accepted += 1
          }
          assert.equal(client.closed, true)
        }
      ),
      { numRuns: 200 }
    )
    const probe = await connectSmtp(ports.relay)
    assert.match(await probe.reply(), /^220 /u)
    probe.close()
    t.diagnostic(`${replies} replies, ${accepted} messages accepted, ${scored.count} judged`)
    assert.ok(accepted > 0, `${accepted} messages got as far as 250`)
    assert.ok(queue.counts().queued <= scored.count, 'every message in the queue was judged')
    assert.ok(accepted <= queue.counts().queued, 'every message that was answered with 250 is in the queue')
  }
)

test('a client that speaks one byte at a time is understood', async (t) => {
  const { ports, queue } = await open(t)
  const client = await connectSmtp(ports.relay)
  await client.reply()
  const said = 'EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\n'
  for (const byte of said) client.send(byte)
  for (let count = 0; count < 4; count += 1) assert.match(await client.reply(), /^(?:250|354)/u)
  for (const byte of '..\r\n.\r') client.send(byte)
  client.send('\n')
  assert.match(await client.reply(), /^250 2\.0\.0/u)
  const [entry] = queue.ready(Date.now())
  const message = queue.get(entry?.id ?? '') ?? assert.fail()
  assert.equal(Buffer.from(await queue.body(message)).toString(), '.\r\n')
  client.close()
})
